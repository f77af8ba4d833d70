// Keys that work everywhere. None works while a person types, and all can be switched off (WCAG 2.1.4).

import { address, go } from "./address.svelte";
import { copyText } from "./copying";
import { desk } from "./desk.svelte";

export const PLACES: Record<string, [string, string]> = {
  o: ["/", "Overview"],
  m: ["/map", "Map"],
  n: ["/network", "Network"],
  s: ["/search", "Search"],
  r: ["/review", "Review"],
  f: ["/sources", "Sources"],
  d: ["/data", "Data"],
  t: ["/method", "Method"],
};
export const HELP: [string, string][] = [
  ["/", "search"],
  ["g then o m n s r f d t", "go to overview, map, network, search, review, sources (feeds), data, method"],
  ["j k", "next, previous line of a list"],
  ["Enter", "open it"],
  ["e", "to the evidence: the first lit sentence"],
  ["x", "swap the two sides of a dyad"],
  ["c", "copy the link of this page"],
  ["← →", "step through a chart's periods"],
  ["y n f s u", "in review: right, wrong, fix, split off its event, back: what is judged again replaces the old"],
  ["Ctrl Enter", "save a fix"],
  ["+ − 0", "on the map: larger, smaller, the whole; arrows move it"],
  ["?", "this help"],
  ["Esc", "close"],
];

let isGoing = false;

export function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") desk.isHelpOpen = false;
  if (!desk.hasKeys || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (isGoing) {
    isGoing = false;
    const place = PLACES[event.key];
    if (place) return act(event, () => go(place[0]));
  }
  const acts: Record<string, () => void> = {
    g: () => ((isGoing = true), setTimeout(() => (isGoing = false), 1500)),
    "/": () => document.querySelector<HTMLInputElement>("#find")?.focus(),
    "?": () => (desk.isHelpOpen = !desk.isHelpOpen),
    j: () => step(1),
    k: () => step(-1),
    e: () => focusEvidence(),
    x: () => document.querySelector<HTMLAnchorElement>("[data-swap]")?.click(),
    c: async () => desk.say((await copyText(location.href)) ? "Link copied" : "The browser allows no copying"),
  };
  const found = acts[event.key];
  if (found) act(event, found);
}

function act(event: KeyboardEvent, what: () => void): void {
  event.preventDefault();
  what();
}

export function isTyping(target: EventTarget | null): boolean {
  const element = target as HTMLElement | null;
  return Boolean(element?.closest?.("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]"));
}

function step(by: number): void {
  const lines = [...document.querySelectorAll<HTMLElement>("main [data-line]")].filter((line) => line.offsetParent);
  const at = lines.findIndex((line) => line === document.activeElement);
  lines[Math.max(0, Math.min(lines.length - 1, at + by))]?.focus();
}

function focusEvidence(): void {
  const found = document.querySelector<HTMLElement>("main [data-evidence]");
  if (found) found.focus();
  else if (address.parts[0] === "events") desk.say("No sentence here");
}
