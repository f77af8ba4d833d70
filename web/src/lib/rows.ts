// Anything that the API tells, as rows of a table and as CSV: one rule for every panel.

import type { Party } from "./types";

export type Cell = string | number | boolean | null;
/** Cells by column. `link` is no column of the table: its first cell leads there. */
export type Row = Record<string, Cell>;

const SKIPPED = new Set(["spans", "report_spans", "snippets", "at", "marks", "text", "html", "markdown"]);
const NUMBER = /^-?[\d.]+(e-?\d+)?$/;

/** Records as rows: parties by name, lists joined, counts as three columns. */
export function flatten(records: readonly object[] | undefined): Row[] {
  return (records ?? []).map((record) => {
    const row: Row = {};
    const link = findLink(record as Record<string, unknown>);
    for (const [name, value] of Object.entries(record)) put(row, name, value);
    return link ? { ...row, link } : row;
  });
}

function put(row: Row, name: string, value: unknown): void {
  if (SKIPPED.has(name) && typeof value === "object") return;
  if (value === null || value === undefined) row[name] = null;
  else if (Array.isArray(value)) row[name] = value.map(label).filter(Boolean).join("; ");
  else if (typeof value !== "object") row[name] = value as Cell;
  else if (name === "counts") Object.assign(row, value);
  else if ("name" in value) row[name] = label(value);
  else for (const [key, inner] of Object.entries(value)) put(row, `${name}_${key}`, inner);
}

function label(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value ?? "");
  const told = value as Partial<Party> & Record<string, unknown>;
  return String(told.name ?? told.code ?? told.text ?? told.quote ?? told.mode ?? told.event_id ?? "");
}

function findLink(record: Record<string, unknown>): string | null {
  const of = (name: string) => (typeof record[name] === "string" ? (record[name] as string) : "");
  const [id, claim] = [of("id") || of("event_id"), of("claim_id")];
  if (id.startsWith("ev_")) return `/events/${id}`;
  if (of("report_id") && (claim || id.startsWith("cl_"))) return `/reports/${of("report_id")}?claim=${claim || id}`;
  if (of("report_id") || id.startsWith("re_")) return `/reports/${of("report_id") || id}`;
  if (of("actor") && of("recipient")) return `/dyads/${of("actor")}-${of("recipient")}`;
  return of("code") ? `/actors/${encodeURIComponent(of("code"))}` : null;
}

/** Columns in the order in which the rows bring them; empty ones are left out. */
export function findColumns(rows: readonly Row[]): string[] {
  const filled = new Set(rows.flatMap((row) => Object.keys(row).filter((name) => row[name] !== null && row[name] !== "")));
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => name !== "link" && filled.has(name));
}

const FIRST = ["words", "name", "title", "actor_name", "by", "givers", "what", "field", "word", "type", "period", "day"];
const NAMED: Record<string, string> = { actor: "actor_name", recipient: "recipient_name" };

/** What of them a reader sees: the name first, no ids (rows open) and no code beside its name. The CSV holds all. */
export function findShown(rows: readonly Row[]): string[] {
  const columns = findColumns(rows);
  const isId = (name: string) => /(^|_)id$/.test(name) || rows.every((row) => /^((ev|cl|re)_\w+(; |$))*$/.test(String(row[name] ?? "")));
  const isDouble = (name: string) => columns.includes(NAMED[name] ?? "");
  const kept = columns.filter((name) => !isId(name) && !isDouble(name));
  const first = FIRST.find((name) => kept.includes(name));
  return first ? [first, ...kept.filter((name) => name !== first)] : kept;
}

/** CSV (RFC 4180) with the address of what each row opens to. What a spreadsheet would run begins with an apostrophe. */
export function writeCsv(rows: readonly Row[], origin: string): string {
  const columns = findColumns(rows);
  const hasLinks = rows.some((row) => row.link);
  const lines = rows.map((row) => [...columns.map((name) => row[name] ?? null), ...(hasLinks ? [row.link ? origin + String(row.link) : null] : [])]);
  return [[...columns, ...(hasLinks ? ["address"] : [])], ...lines].map((cells) => cells.map(quote).join(",") + "\n").join("");
}

function quote(cell: Cell): string {
  const text = String(cell ?? "").split(/\s+/).join(" ").trim();
  const safe = /^[=+\-@]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
