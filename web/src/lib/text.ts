// Text of reports: cut by code points, never taken for markup, hidden characters made visible.

import type { Role, SpanRow } from "./types";

export interface Segment {
  start: number;
  end: number;
  text: string;
  spans: (SpanRow & { claim?: string })[];
  /** Claims whose sentence covers this segment. */
  claims: string[];
}

export interface Lit {
  spans: (SpanRow & { claim?: string })[];
  /** Ranges of whole sentences and the claims they speak. */
  sentences?: { start: number; end: number; claim: string }[];
}

/** Cuts a text at all ends of spans and sentences. Offsets count code points. */
export function cutText(text: string, lit: Lit): Segment[] {
  const points = Array.from(text);
  const ends = new Set([0, points.length]);
  const ranges = [...lit.spans, ...(lit.sentences ?? [])];
  for (const { start, end } of ranges) {
    ends.add(clamp(start, points.length));
    ends.add(clamp(end, points.length));
  }
  const cuts = [...ends].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] as number;
    return {
      start,
      end,
      text: points.slice(start, end).join(""),
      spans: lit.spans.filter((span) => span.start <= start && end <= span.end),
      claims: (lit.sentences ?? []).filter((s) => s.start <= start && end <= s.end).map((s) => s.claim),
    };
  });
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(value, most));
}

const HIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/u;

/** Runs of a text, with each hidden or direction-changing character by its number. */
export function showHidden(text: string): { text: string; isHidden: boolean }[] {
  if (!HIDDEN.test(text)) return [{ text, isHidden: false }];
  const runs: { text: string; isHidden: boolean }[] = [];
  for (const point of text) {
    const isHidden = HIDDEN.test(point);
    const last = runs.at(-1);
    if (isHidden) runs.push({ text: `U+${(point.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`, isHidden });
    else if (last && !last.isHidden) last.text += point;
    else runs.push({ text: point, isHidden });
  }
  return runs;
}

export const ROLES: Role[] = ["trigger", "actor", "recipient", "claimant", "date", "place", "magnitude"];
export const ROLE_NAMES: Record<Role, string> = {
  trigger: "act",
  actor: "actor",
  recipient: "recipient",
  claimant: "claimant",
  date: "date",
  place: "place",
  magnitude: "size",
};

/** Only web addresses become links. */
export function findLink(url: string | null | undefined): string | null {
  return url && /^https?:\/\/[^\s]+$/i.test(url) ? url : null;
}

/** Marks where the words of a question stand in a text. */
export function findWords(text: string, words: string): { text: string; isFound: boolean }[] {
  const wanted = words.match(/[\p{L}\p{N}]+/gu)?.filter((word) => !/^(AND|OR|NOT)$/.test(word)) ?? [];
  if (!wanted.length) return [{ text, isFound: false }];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${wanted.join("|")})`, "giu");
  return text.split(pattern).map((piece, index) => ({ text: piece, isFound: index % 2 === 1 })).filter((piece) => piece.text);
}
