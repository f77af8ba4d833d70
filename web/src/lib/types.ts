// The shapes of the HTTP API, as its OpenAPI description tells them.

export interface Counts {
  events: number;
  reports: number;
  outlets: number;
}
export type Status = "occurred" | "ongoing" | "planned" | "conditional" | "denied" | "historical";
export type Quad = "verbal cooperation" | "material cooperation" | "verbal conflict" | "material conflict";

export interface Named {
  code: string;
  name: string;
}
export interface Party extends Named {
  id?: string;
  country?: string | null;
  sector?: string | null;
  share?: number;
}
export interface Place {
  name: string;
  country: string | null;
  lat: number | null;
  lon: number | null;
  precision: string;
}
export interface EventBrief {
  id: string;
  day: string | null;
  day_how: string | null;
  earliest: string | null;
  latest: string | null;
  type: string;
  mode: string | null;
  quad: Quad;
  intensity: number;
  status: Status;
  words: string;
  actors: Party[];
  recipients: Party[];
  mutual: boolean;
  place: Place | null;
  confidence: number;
  counts: Counts;
  texts?: number;
  contested: boolean;
  first_report: string | null;
  last_report: string | null;
}
export type Role = "trigger" | "actor" | "recipient" | "claimant" | "date" | "place" | "magnitude";
export interface SpanRow {
  start: number;
  end: number;
  role: Role;
  text?: string;
}
export interface ClaimBrief {
  id: string;
  report_id: string;
  event_id: string | null;
  day: string | null;
  type: string;
  mode: string | null;
  quad: Quad;
  status: Status;
  words?: string;
  actors: Named[];
  recipients: Named[];
  claimant: Named | null;
  sentence: string;
  spans: SpanRow[];
  report_spans?: SpanRow[];
  at?: [number, number];
  named_before?: { role: string; text: string }[];
  confidence: number;
  outlet: string | null;
  date: string | null;
  title: string | null;
  url: string | null;
  why?: string[];
}
export interface Figure {
  text: string;
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
  kind: string;
  claimant: string | null;
  claim_id: string;
  day: string | null;
}
export interface ToldReport {
  independent: number;
  report_id: string;
  outlet: string | null;
  date: string | null;
  title: string | null;
  url: string | null;
  copy_of: string | null;
  claims: ClaimBrief[];
}
export interface Judgement {
  first: string;
  second: string;
  verdict: "same" | "different" | "unsure";
  score: number;
  rule: string;
  reasons: string[];
  by: string | null;
  when: string | null;
}
export interface EventDetail extends EventBrief {
  type_share: number;
  context: string[];
  history: { status: Status; day: string | null; claimant: string | null; claim_id: string }[];
  figures: Figure[];
  claimants: { name: string; code: string | null; claims: number }[];
  outlets: { name: string; claims?: number; reports?: number }[];
  reports: ToldReport[];
  judgements: Judgement[];
  why: string[];
  moved_from?: string;
}
export interface ReportBrief {
  id?: string;
  report_id?: string;
  outlet: string | null;
  date: string | null;
  title: string | null;
  url: string | null;
}
export interface ReportDetail extends ReportBrief {
  id: string;
  language: string | null;
  machine_translated: boolean;
  date_how?: string | null;
  text: string | null;
  /** Runs of the text by kind; offsets in code points. */
  blocks?: { kind: string; start: number; end: number; why: string }[];
  copy_of?: string | null;
  version_of?: string | null;
  agencies?: string[];
  copies: ReportBrief[];
  versions: ReportBrief[];
  claims: ClaimBrief[];
}
export interface List<T> {
  items: T[];
  next: string | null;
  count: Partial<Counts> & { actors?: number; dyads?: number; places?: number };
  limit: number;
  snapshot: number;
}
export interface Health {
  status: string;
  version: string;
  snapshot: number;
  format: number;
  reports: number;
  claims: number;
  events: number;
  read_only: boolean;
}
export interface Weights {
  coop: number;
  conf: number;
  net?: number;
}
export interface Point extends Weights {
  period: string;
  start: string;
  a_to_b: Weights & { events: string[] };
  b_to_a: Weights & { events: string[] };
  by_quad: Partial<Record<Quad, number>>;
  by_type: Record<string, number>;
  beside: Partial<Record<Status, number>>;
  counts: Counts;
  read: number;
  per_thousand: number | null;
  events: string[];
}
export interface Series {
  unit: string;
  points: Point[];
  /** Events from before the first period, which reports recall. */
  earlier?: Counts;
  coverage: { period: string; reports: number }[];
}
export interface Level {
  word: string;
  why: string;
  since: string;
  until: string;
  counts: Counts;
  mean: number | null;
  events: string[];
}
export interface Change {
  period: string;
  start: string;
  words: string;
  events: string[];
}
export interface DyadDetail {
  a: string;
  b: string;
  a_name: string;
  b_name: string;
  level: Level | null;
  counts: Counts;
  coop: number;
  conf: number;
  /** Events that are told otherwise than as having happened, by status. */
  beside: Partial<Record<Status, number>>;
  balance: { a_to_b: Counts; b_to_a: Counts; both: Counts; share: number | null };
  series: Series;
  changes: Change[] | null;
  third_parties: { code: string; name: string; with_a: number; with_b: number; events: string[] }[];
  latest: EventBrief[];
}
export interface DyadRow extends Weights {
  actor: string;
  recipient: string;
  actor_name: string;
  recipient_name: string;
  counts: Counts;
  level: { word: string; why: string; since: string | null; until: string | null } | null;
  first_day: string;
  last_day: string;
}
export interface Tie {
  actor: string;
  recipient: string;
  weight: number;
  coop: number;
  conf: number;
  counts: Counts;
  events: string[];
}
export interface NetworkOf {
  period: string | null;
  nodes: Named[];
  ties: Tie[];
}
export interface BlocsOf {
  period: string;
  modularity: number;
  parties: number;
  alone: Named[];
  blocs: { label: string; name: string; stability: number; members: (Named & { share: number })[]; rivals: Named[][] }[];
}
export interface Mover {
  actor: string;
  recipient: string;
  actor_name: string;
  recipient_name: string;
  before: Weights;
  now: Weights;
  events: string[];
}
export interface PlaceRow extends Place {
  id: string;
  kind: string;
  counts: Counts;
}
export interface Overview {
  from: string | null;
  to: string | null;
  counts: Counts;
  sentence: string;
  movers: Mover[];
  latest: EventBrief[];
  places: (Partial<Place> & { counts: Counts })[];
  coverage: { day: string; reports: number }[];
}
export interface ActorRow extends Named {
  id?: string;
  country: string | null;
  sector: string | null;
  counts: Counts;
}
