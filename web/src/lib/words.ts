// Numbers, days and states in plain words.

import type { Counts, EventBrief, Named, Quad, Status } from "./types";

export const STATUSES: Status[] = ["occurred", "ongoing", "planned", "conditional", "denied", "historical"];
export const QUADS: Quad[] = ["material cooperation", "verbal cooperation", "verbal conflict", "material conflict"];
export const TYPES = (
  "AID COOPERATE SUPPORT CONCEDE RETREAT AGREE CONSULT REQUEST REJECT ACCUSE THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split(" ");
/** What a mark of each status looks like, in words: told to whoever can't see it. */
export const DRAWN: Record<Status, string> = {
  occurred: "solid",
  ongoing: "solid with a bar",
  planned: "hollow",
  conditional: "hatched",
  denied: "struck through",
  historical: "dotted outline",
};

const NUMBER = new Intl.NumberFormat("en-GB");
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });

export function sayNumber(value: number, digits = 1): string {
  return NUMBER.format(Math.round(value * 10 ** digits) / 10 ** digits);
}

export function saySigned(value: number): string {
  if (Math.abs(value) < 0.05) return "0";
  return (value > 0 ? "+" : "−") + sayNumber(Math.abs(value));
}

/** `2024-06-19` → `19 Jun 2024`; `2024-06` → `Jun 2024`; a year or week stays as it is. */
export function sayDay(day: string | null | undefined): string {
  if (!day) return "no day";
  const date = new Date(`${day.length === 7 ? `${day}-01` : day}T00:00:00Z`);
  if (!/^\d{4}-\d\d(-\d\d)?$/.test(day) || Number.isNaN(date.getTime())) return day;
  return (day.length === 7 ? MONTH : DAY).format(date);
}

const DATED: Record<string, string> = { record: "as its record dates it", feed: "as its feed dates it", page: "as its page dates it", text: "as its own text dates it", option: "as it was dated when added" };

/** Where a report's day comes from: `record: date`, `text: dateline` … in words. */
export function sayDateHow(how: string): string {
  return DATED[how.split(":")[0] ?? ""] ?? how;
}

export function plural(count: number, word: string): string {
  return `${NUMBER.format(count)} ${word}${count === 1 ? "" : "s"}`;
}

export function sayCounts(counts: Partial<Counts> | undefined): string {
  const told = (["events", "reports", "outlets"] as const).filter((name) => counts?.[name] !== undefined);
  return told.map((name) => plural(counts?.[name] ?? 0, name.slice(0, -1))).join(", ");
}

export function isCooperative(quad: Quad): boolean {
  return quad.endsWith("cooperation");
}

/** Below it an event is more likely wrong than right. */
const DOUBTFUL = 0.5;

export function sayConfidence(value: number): string {
  const word = value >= 0.9 ? "high" : value >= 0.7 ? "fair" : value >= DOUBTFUL ? "low" : "very low";
  return `${word} (${value > 0.99 ? "over 0.99" : value.toFixed(2)})`;
}

export function nameParty(party: Named): string {
  const name = party.name || "unnamed party";
  return party.code && party.code !== name ? `${name} (${party.code})` : name;
}

export function sayType(type: string, mode: string | null | undefined): string {
  return type.charAt(0) + type.slice(1).toLowerCase() + (mode ? `: ${mode.replaceAll("-", " ")}` : "");
}

/** Why a reader should be careful with an event, beyond what its counts, its day and its confidence say themselves. */
export function findDoubts(event: EventBrief): string[] {
  const doubts: string[] = [];
  if (event.contested) doubts.push("contested");
  if (event.counts.reports > 1 && event.texts === 1) doubts.push("copies of one text");
  return doubts;
}

/** When an event was, no more exactly than is told: a day, a month, a year, a span; or that only its first report has a day. */
export function sayWhen(event: Pick<EventBrief, "day" | "day_how" | "earliest" | "latest">): string {
  const { day, earliest, latest } = event;
  if (!day) return "no day told";
  if (event.day_how === "report") return `reported ${sayDay(day)}`;
  if (!earliest || !latest || earliest === latest) return sayDay(day);
  if (earliest.endsWith("-01-01") && latest === `${earliest.slice(0, 4)}-12-31`) return earliest.slice(0, 4);
  const after = new Date(Date.parse(latest) + 864e5).toISOString();
  const isMonth = earliest.endsWith("-01") && after.slice(8, 10) === "01" && latest.startsWith(earliest.slice(0, 8));
  return isMonth ? sayDay(earliest.slice(0, 7)) : `${sayDay(earliest)} to ${sayDay(latest)}`;
}

export function sayPeriod(period: string): string {
  return sayDay(period);
}

/** First and last day of a period named `2024`, `2024-06`, `2024-W23` or `2024-06-19`. */
export function findPeriod(period: string): { since: string; until: string } {
  const week = /^(\d{4})-W(\d\d)$/.exec(period);
  if (!week) return { since: period, until: period };
  const fourth = new Date(Date.UTC(Number(week[1]), 0, 4));
  const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * 864e5 + (Number(week[2]) - 1) * 7 * 864e5;
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  return { since: day(monday), until: day(monday + 6 * 864e5) };
}

/** Middle of a period as UTC milliseconds: where it stands on a time axis. */
export function findTime(period: string): number {
  const { since } = findPeriod(period);
  const full = since.length === 4 ? `${since}-07-01` : since.length === 7 ? `${since}-15` : since;
  return Date.parse(`${full}T00:00:00Z`);
}

/** A moment, `2026-11-26T20:42:00+00:00` → `26 Nov 2026, 20:42 UTC`. */
export function sayMoment(moment: string): string {
  const clock = /T(\d\d:\d\d)/.exec(moment)?.[1];
  return `${sayDay(moment.slice(0, 10))}${clock ? `, ${clock} UTC` : ""}`;
}
