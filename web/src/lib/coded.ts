// A claim as the coding guide has it, what a person may change of it, and what is wrong with a change.

import type { Status } from "./types";

export interface CodedParty {
  text: string;
  code: string;
  name: string;
}
export interface Coded {
  trigger: string;
  event_type: string;
  status: Status;
  actors: CodedParty[];
  recipients: CodedParty[];
  claimant: CodedParty | null;
  date: string | null;
  place: { text: string; country: string | null } | null;
}
export type Fix = Partial<Coded>;
const FIELDS = ["trigger", "event_type", "status", "actors", "recipients", "claimant", "date", "place"] as const;

/** A copy to be changed. */
export function copyCoded(coded: Coded): Coded {
  const kept = JSON.parse(JSON.stringify(coded)) as Coded;
  return Object.fromEntries(FIELDS.map((name) => [name, kept[name]])) as unknown as Coded;
}

/** The fields that were changed. */
export function findFix(before: Coded, after: Coded): Fix {
  return Object.fromEntries(FIELDS.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name])).map((name) => [name, after[name]])) as Fix;
}

/** What is wrong with a change, in words; words must stand in the sentence, as training reads them there. */
export function findFaults(coded: Coded, sentence: string): string[] {
  const faults: string[] = [];
  const check = (what: string, words: string, isNeeded = false) => {
    if (words ? !sentence.includes(words) : isNeeded) faults.push(words ? `${what}: “${words}” doesn't stand in the sentence` : `${what}: no words are given`);
  };
  check("act", coded.trigger, true);
  const parties: [string, CodedParty][] = [
    ...coded.actors.map((party) => ["actor", party] as [string, CodedParty]),
    ...coded.recipients.map((party) => ["recipient", party] as [string, CodedParty]),
    ...(coded.claimant ? [["claimant", coded.claimant] as [string, CodedParty]] : []),
  ];
  for (const [what, party] of parties) {
    check(what, party.text);
    if (!/^[A-Z0-9][A-Z0-9-]{1,29}$/.test(party.code)) faults.push(`${what}: choose a party, or UNK where it is unknown`);
  }
  if (!coded.actors.length) faults.push("actor: a claim needs one; UNK where none is named");
  if (coded.date && !/^\d{4}(-\d\d){0,2}$/.test(coded.date)) faults.push("day: 2024-06-19, 2024-06 or 2024");
  if (coded.place) check("place", coded.place.text, true);
  return faults;
}
