// Parts of a network that can be read at once.

import type { NetworkOf, Tie } from "./types";

const add = (weights: Map<string, number>, code: string, by: number) => weights.set(code, (weights.get(code) ?? 0) + by);

/** Parties by the sum of their ties, the strongest first. */
export function rank(network: NetworkOf): string[] {
  const weights = new Map<string, number>();
  for (const tie of network.ties) for (const code of [tie.actor, tie.recipient]) add(weights, code, Math.abs(tie.weight));
  return [...weights].sort(([a, first], [b, second]) => second - first || a.localeCompare(b)).map(([code]) => code);
}

/** The parties with the strongest ties, and the ties among them. */
export function crop(network: NetworkOf, most: number): NetworkOf {
  return keep(network, new Set(rank(network).slice(0, most)));
}

/** A party, those it has ties with, and the ties among them. */
export function findEgo(network: NetworkOf, code: string, most: number): NetworkOf {
  const own = network.ties.filter((tie) => isOf(tie, code)).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return keep(network, new Set([code, ...own.slice(0, most).map((tie) => findOther(tie, code))]));
}

function keep(network: NetworkOf, codes: Set<string>): NetworkOf {
  return {
    period: network.period,
    nodes: network.nodes.filter((node) => codes.has(node.code)),
    ties: network.ties.filter((tie) => codes.has(tie.actor) && codes.has(tie.recipient)),
  };
}

export const isOf = (tie: Tie, code: string) => tie.actor === code || tie.recipient === code;
export const findOther = (tie: Tie, code: string) => (tie.actor === code ? tie.recipient : tie.actor);

export function findTie(network: NetworkOf, a: string, b: string): Tie | undefined {
  return network.ties.find((tie) => isOf(tie, a) && isOf(tie, b));
}
