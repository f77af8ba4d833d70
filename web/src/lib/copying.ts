// What "copy" copies: an address, a citation, the same question in Python or for curl.

import type { EventBrief } from "./types";

/** What is seen and where, then the snapshot in the words of `dragoman cite`. */
export function makeCitation(title: string, snapshot: string, link: string): string {
  const day = new Date().toISOString().slice(0, 10);
  return `“${title.replace(/ – Dragoman$/, "")}.” ${link} (seen ${day}). ${snapshot || "Dragoman."}`;
}

/** What a panel asks the API as a question in Python: events unless it asks for claims or reports. */
export function makePython(query: URLSearchParams, path = "events"): string {
  const table = /^(claims|reports)\b/.exec(path)?.[1] ?? "events";
  const names = [...new Set(query.keys())].filter((name) => ASKED.has(name));
  const keywords = names.map((name) => {
    const values = query.getAll(name).map((value) => (name === "min_confidence" ? value : JSON.stringify(value)));
    return `${name}=${values.length > 1 ? `[${values.join(", ")}]` : values[0]}`;
  });
  return [
    "import dragoman",
    "",
    'with dragoman.open("archive") as archive:',
    `    ${table} = archive.${table}(${keywords.join(", ")}).df()`,
  ].join("\n");
}

/** The same of an address of the API; a dyad's path and a pair `a`, `b` are the filter `dyad`. */
export function makePythonOf(source: string): string {
  const [path = "", search = ""] = source.replace(/^.*\/v1\//, "").split("?");
  const query = new URLSearchParams(search);
  const pair = /^dyads\/([^-,]+)[-,](.+)$/.exec(decodeURIComponent(path))?.slice(1) ?? [query.get("a"), query.get("b")];
  if (pair[0] && pair[1]) query.append("dyad", pair.join(","));
  const party = /^actors\/(.+)$/.exec(decodeURIComponent(path))?.[1];
  if (party) query.append("either", party);
  return makePython(query, path);
}

export function makePythonOfEvent(event: EventBrief): string {
  return [
    "import dragoman",
    "from dragoman.archive.event_queries import get_event",
    "",
    'with dragoman.open("archive") as archive:',
    `    event = get_event(archive.engine, ${JSON.stringify(event.id)})`,
    "    sentences = [archive.get_claim(claim).sentence.text for claim in event.claims]",
  ].join("\n");
}

export function makeCurl(url: string): string {
  return `curl -H "Authorization: Bearer $DRAGOMAN_TOKEN" '${location.origin}${url.replaceAll("'", "%27")}'`;
}

const ASKED = new Set(
  "actor recipient either dyad type quad mode status claimant outlet since until place min_confidence text report".split(" "),
);
export const FILTERS = [...ASKED];

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "offscreen";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
