// How a bloc is drawn: one letter, shape and tint for a label through all periods, so that none is told by colour alone.

import { rank } from "./networks";
import type { BlocsOf, NetworkOf } from "./types";

export interface BlocStyle {
  label: string;
  name: string;
  letter: string;
  tint: number;
  shape: number;
}
const TINTS = 8;
const SHAPES = 6;

/** A style for each label of a bloc: those that last longest first, so that the plainest shapes are theirs. */
export function findStyles(periods: BlocsOf[]): Map<string, BlocStyle> {
  const seen = new Map<string, { name: string; size: number }>();
  for (const { blocs } of periods) {
    for (const bloc of blocs) {
      const size = (seen.get(bloc.label)?.size ?? 0) + bloc.members.length;
      seen.set(bloc.label, { name: bloc.name, size });
    }
  }
  const ordered = [...seen].sort(([a, first], [b, second]) => second.size - first.size || a.localeCompare(b));
  return new Map(ordered.map(([label, { name }], index) => [label, { label, name, letter: write(index), tint: index % TINTS, shape: index % SHAPES }]));
}

/** 0 → A, 25 → Z, 26 → AA. */
function write(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : write(Math.floor(index / 26) - 1) + last;
}

/** Party → the style of its bloc in one period. */
export function findMembers(blocs: BlocsOf | undefined, styles: Map<string, BlocStyle>): Map<string, BlocStyle> {
  const found = new Map<string, BlocStyle>();
  for (const bloc of blocs?.blocs ?? []) {
    const style = styles.get(bloc.label);
    if (style) for (const member of bloc.members) found.set(member.code, style);
  }
  return found;
}

/** What to call the blocs of a period by: the letter stays through time, who leads it is said anew; strongest ties first. */
export function nameBlocs(blocs: BlocsOf | undefined, network: NetworkOf): Map<string, string> {
  const place = new Map(rank(network).map((code, index) => [code, index]));
  const at = (code: string) => place.get(code) ?? place.size;
  return new Map(
    (blocs?.blocs ?? []).map((bloc) => {
      const names = [...bloc.members].sort((a, b) => at(a.code) - at(b.code)).map((member) => member.name);
      const more = names.length - 2;
      return [bloc.label, more > 0 ? `${names.slice(0, 2).join(", ")} and ${more} more` : names.join(" and ")];
    }),
  );
}

/** The outline of a shape around 0,0. */
export function drawShape(shape: number, r: number): string {
  if (shape === 0) return `M${-r} 0a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0Z`;
  const [sides, turn, grow] = ([[4, 45, 1.25], [3, -90, 1.45], [4, 0, 1.3], [6, 0, 1.12], [5, 90, 1.2]] as const)[shape - 1] ?? [4, 45, 1.25];
  const corner = (n: number) => {
    const angle = ((turn + (360 / sides) * n) * Math.PI) / 180;
    return `${(r * grow * Math.cos(angle)).toFixed(2)} ${(r * grow * Math.sin(angle)).toFixed(2)}`;
  };
  return `M${Array.from({ length: sides }, (_, n) => corner(n)).join("L")}Z`;
}

export function sayStability(value: number): string {
  return value >= 0.9 ? "firm" : value >= 0.7 ? "fairly firm" : value >= 0.5 ? "loose" : "very loose";
}
