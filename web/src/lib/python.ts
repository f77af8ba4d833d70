// The question of a panel in Python: code that runs as it stands where `archive` is the folder of the archive.

/** Filters of events, claims and reports, as keywords of `archive.events(...)`. */
export const FILTERS = "actor recipient either dyad type quad mode status claimant outlet since until place min_confidence text report".split(" ");
const STATES = "from dragoman.archive.parties import find_state_codes";
const DOSSIER = "from dragoman.archive.dossiers import make_dossier";
const SERIES = "from dragoman.relations.series import";

/** A value as Python has it: what JSON writes as text is a text in Python too. */
const text = (value: string) => JSON.stringify(value);

function keywords(query: URLSearchParams, more: [string, string[]][] = []): string {
  const named = new Set(more.map(([name]) => name));
  const names = [...new Set(query.keys())].filter((name) => FILTERS.includes(name) && !named.has(name));
  const given = [...more, ...names.map((name): [string, string[]] => [name, query.getAll(name)])];
  return given
    .map(([name, values]) => {
      const told = values.map((value) => (name === "min_confidence" ? String(Number(value)) : text(value)));
      return `${name}=${told.length > 1 ? `[${told.join(", ")}]` : told[0]}`;
    })
    .join(", ");
}

function write(imports: string[], within: string[], after: string[] = []): string {
  const standard = imports.filter((line) => !line.includes("dragoman"));
  const own = imports.filter((line) => line.includes("dragoman")).sort();
  return [
    ...(standard.length ? [...standard, ""] : []), "import dragoman", ...own, "", 'with dragoman.open("archive") as archive:', ...within.map((line) => `    ${line}`), ...after,
  ].join("\n");
}

/** Rows of a table of the archive. */
export function makePython(query: URLSearchParams, table = "events"): string {
  return write([], [`${table} = archive.${table}(${keywords(query)}).df()`]);
}

export function makePythonOfEvent(id: string): string {
  return write([], [`event = archive.get_event(${text(id)})`, "sentences = [archive.get_claim(claim).sentence.text for claim in event.claims]"], ["print(event.counts, sentences)"]);
}

/** Acts of events, among states unless all parties are asked for. */
function findActs(query: URLSearchParams, more: [string, string[]][] = []): string[] {
  const acts = `acts = archive.events(${keywords(query, more)}).acts()`;
  if (query.get("parties") === "all") return [acts];
  return [acts, "states = find_state_codes()", "acts = [act for act in acts if act.actor in states and act.recipient in states]"];
}

function writePlaces(query: URLSearchParams): string {
  const known = query.getAll("precision");
  return write(
    [],
    [`events = archive.events(${keywords(query)}).df()`],
    [...(known.length ? [`events = events[events["place_precision"].isin([${known.map(text).join(", ")}])]`] : []), 'print(events.groupby(["place", "place_country"], dropna=False).size().sort_values(ascending=False))'],
  );
}

function writeActors(query: URLSearchParams): string {
  const words = query.get("q");
  return write(
    ["from collections import Counter"],
    ["names, counts = {}, Counter()", `for event in archive.events(${keywords(query)}):`, "    parties = {party.id: party.name for party in (*event.actors, *event.recipients)}", "    names |= parties", "    counts.update(parties.keys())"],
    [...(words ? [`counts = {id: n for id, n in counts.items() if ${text(words.toLowerCase())} in names[id].lower()}`] : []), "for id, events in sorted(counts.items(), key=lambda item: -item[1])[:20]:", "    print(names[id], id, events)"],
  );
}

function writePartners(name: string, query: URLSearchParams): string {
  return write(
    [`${SERIES} count_acts, find_dyads, is_counted, sum_intensity`],
    [`code = archive.directory.get_code(${text(name)})`, `acts = archive.events(${keywords(query, [["either", ["CODE"]]]).replace('"CODE"', "code")}).acts()`],
    ["pairs = find_dyads(act for act in acts if is_counted(act))", "for pair, own in sorted(pairs.items(), key=lambda item: -len(item[1])):", "    if code in pair:", "        print(pair, count_acts(own), sum_intensity(own))"],
  );
}

function writeDyads(query: URLSearchParams): string {
  return write(
    [...(query.get("parties") === "all" ? [] : [STATES]), "from dragoman.relations.levels import find_level", `${SERIES} count_acts, find_dyads, is_counted, sum_intensity`],
    findActs(query),
    ["pairs = find_dyads(act for act in acts if is_counted(act))", "for (a, b), own in sorted(pairs.items(), key=lambda item: (-len(item[1]), item[0]))[:20]:", "    print(a, b, count_acts(own), sum_intensity(own), find_level(own, a, b).word)"],
  );
}

export interface Pair {
  a: string;
  b: string;
  unit: string;
  since: string | null;
  until: string | null;
}

/** What a panel of a relation counts: its series, when it changed, which way, who deals with both. */
export function makePythonOfPair(what: "series" | "changes" | "balance" | "third", pair: Pair): string {
  const [a, b] = [text(pair.a), text(pair.b)];
  const days = new URLSearchParams(Object.entries({ since: pair.since ?? "", until: pair.until ?? "" }).filter(([, day]) => day));
  const between = `acts = archive.events(${keywords(days, [["dyad", [`${pair.a},${pair.b}`]]])}).acts()`;
  const counted = "acts = [act for act in acts if is_counted(act)]";
  if (what === "balance") return write([`${SERIES} find_balance, is_counted`], [between, counted], [`print(find_balance(acts, ${a}, ${b}))`]);
  if (what === "third") {
    const every = `acts = archive.events(${keywords(days)}).acts()`;
    return write([`${SERIES} find_third_parties, is_counted`], [every, counted], [`for party in find_third_parties(acts, ${a}, ${b}):`, "    print(party.code, party.with_first, party.with_second, party.events)"]);
  }
  const span = pair.since ? `, since=${text(pair.since)}` : "";
  const series = `series = make_series(acts, ${a}, ${b}, unit=${text(pair.unit)}, coverage=archive.coverage(${text(pair.unit)})${span})`;
  if (what === "series") return write([`${SERIES} make_series`], [between, series], ["for point in series.points:", "    print(point.period, point.cooperation, point.conflict, point.counts, point.read, point.events)"]);
  return write(["from dragoman.relations.changes import find_changes", `${SERIES} make_series`], [between, series], ["for change in find_changes(series, acts):", "    print(change.period, change.words, change.events)"]);
}

function writeNetwork(query: URLSearchParams): string {
  const [unit, least, of] = [query.get("unit"), query.get("least") ?? "2", query.get("of")];
  const imports = [...(query.get("parties") === "all" ? [] : [STATES]), `from dragoman.relations.network import ${[...(of ? ["find_ego"] : []), unit ? "make_networks" : "make_network"].join(", ")}`];
  const made = unit ? `networks = make_networks(acts, ${text(unit)}, least=${Number(least)})` : `networks = [make_network(acts, least=${Number(least)})]`;
  const near = of ? [`code = archive.directory.get_code(${text(of)})`, "networks = [find_ego(network, code) for network in networks if code in network.nodes]"] : [];
  return write(imports, [...findActs(query), made, ...near], ["for network in networks:", "    for tie in network.ties:", "        print(network.period, tie.first, tie.second, tie.cooperation, tie.conflict, tie.events)"]);
}

function writeBlocs(query: URLSearchParams): string {
  return write(
    [...(query.get("parties") === "all" ? [] : [STATES]), "from dragoman.relations.blocs import find_blocs"],
    findActs(query),
    [`for found in find_blocs(acts, ${text(query.get("unit") ?? "year")}, least=${Number(query.get("least") ?? 2)}):`, "    for bloc in found.blocs:", "        print(found.period, bloc.label, dict(bloc.members), round(bloc.stability, 2))"],
  );
}

/** Ledger, commitments, warnings and brief are drawn from the same dossier. */
function writeExchanges(what: string, query: URLSearchParams): string {
  const parties = [query.get("a"), query.get("b")].filter((name): name is string => Boolean(name));
  const isPair = parties.length === 2 && what !== "brief";
  const imports: Record<string, string[]> = {
    ledger: ["from dragoman.relations.ledger import draw_ledger"],
    tallies: ["from dragoman.relations.ledger import draw_ledger"],
    commitments: ["from dragoman.relations.commitments import find_commitments"],
    warnings: ["from dragoman.relations.warnings import find_threats"],
    brief: ["from dragoman.relations.brief import write_brief", "from dragoman.relations.brief_text import write_text"],
  };
  const codes = parties.map(text).join(", ");
  const after: Record<string, string[]> = {
    ledger: [`for transfer in draw_ledger(dossier, ${codes}).transfers:`, "    print(transfer.day, transfer.kind, transfer.told, transfer.event_id, transfer.evidence[0].quote)"],
    tallies: [`for tally in draw_ledger(dossier, ${codes}).tallies:`, "    print(tally.giver, tally.receiver, tally.kind, tally.passed, tally.promised, tally.denied, tally.sizes, tally.counts)"],
    commitments: ["for commitment in find_commitments(dossier):", "    print(commitment.day, commitment.kind, commitment.fate, commitment.event_id, commitment.evidence[0].quote)"],
    warnings: ["for threat in find_threats(dossier):", "    print(threat.day, threat.kind, threat.answer, threat.event_id, threat.evidence[0].quote)"],
    brief: [`print(write_text(write_brief(dossier, [${codes}])))`],
  };
  const asked = keywords(query, [isPair ? ["dyad", [parties.join(",")]] : ["either", parties]]);
  return write([DOSSIER, ...(imports[what] ?? [])], [`dossier = make_dossier(archive.engine, archive.events(${asked}))`], after[what]);
}

/** What moved: net scores of some days against as many before, what one state does to another. */
export function makePythonOfMovers(from: string, to: string): string {
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const before = new Date(Date.parse(from) - length * 86_400_000).toISOString().slice(0, 10);
  return write(
    ["from collections import defaultdict", STATES, `${SERIES} is_counted, sum_intensity`],
    findActs(new URLSearchParams({ since: before, until: to })),
    ["moves = defaultdict(lambda: ([], []))", "for act in acts:", "    if is_counted(act) and act.actor != act.recipient:", `        moves[act.actor, act.recipient][act.day >= ${text(from)}].append(act)`, "for pair, (before, now) in moves.items():", "    print(pair, sum_intensity(before), sum_intensity(now))"],
  );
}

export function makePythonOfCoverage(): string {
  return write([], ['for day in archive.coverage("day"):', "    print(day.period, day.reports, day.outlets)"]);
}

function writeSearch(query: URLSearchParams): string {
  return write([], [`for hit in archive.search(${[text(query.get("q") ?? ""), keywords(query)].filter(Boolean).join(", ")}):`, "    print(hit.date, hit.outlet, hit.report_id, hit.passage)"]);
}

/** The same of an address of the API; `null` where it asks for nothing that an archive is asked for. */
export function makePythonOf(source: string): string | null {
  const [path = "", search = ""] = source.replace(/^.*?\/v1\//, "").split("?");
  const query = new URLSearchParams(search);
  const [first = "", second] = path.split("/").map(decodeURIComponent);
  if (["events", "claims", "reports"].includes(first) && !second) return makePython(query, first);
  if (first === "events" && second) return makePythonOfEvent(second);
  if (first === "places") return writePlaces(query);
  if (first === "actors") return second ? writePartners(second, query) : writeActors(query);
  if (first === "dyads" && !second) return writeDyads(query);
  if (first === "network") return writeNetwork(query);
  if (first === "blocs") return writeBlocs(query);
  if (["ledger", "tallies", "commitments", "warnings", "brief"].includes(first)) return writeExchanges(first, query);
  return first === "search" ? writeSearch(query) : null;
}
