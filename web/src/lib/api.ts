// Questions to the server, and what it refuses.

import { writeQuery } from "./address.svelte";

/** Days of which few enough events are told to be counted at once. */
export interface Span {
  since: string;
  until: string;
  days: number;
  events: number;
}

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly parameter?: string,
    /** Shorter spans, where too many events were asked for. */
    readonly spans?: Span[],
  ) {
    super(detail || title);
  }
}

const kept = new Map<string, unknown>();
const MOST_KEPT = 60;

export function find<T>(url: string): T | undefined {
  return kept.get(url) as T | undefined;
}

export function forget(): void {
  kept.clear();
}

/** The answer to a GET, as JSON. */
export async function ask<T>(url: string, signal?: AbortSignal): Promise<T> {
  const answer = await request(url, { signal, headers: { Accept: "application/json" } });
  const found = (await answer.json()) as T;
  kept.delete(url);
  kept.set(url, found);
  for (const first of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(first);
  }
  return found;
}

export async function send<T>(url: string, body: unknown): Promise<T> {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const answer = await request(url, { method: "POST", headers, body: JSON.stringify(body) });
  forget();
  return (await answer.json()) as T;
}

async function request(url: string, init: RequestInit): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, { credentials: "same-origin", ...init });
  } catch (error) {
    if ((error as Error).name === "AbortError") throw error;
    throw new Problem(0, "no answer", "The server doesn't answer. It may have been stopped: start it again with dragoman serve.");
  }
  if (answer.ok) return answer;
  let told: Partial<Problem> = {};
  try {
    told = await answer.json();
  } catch {
    // not a problem document: the status says it
  }
  throw new Problem(answer.status, told.title ?? answer.statusText, told.detail ?? "", told.parameter, told.spans);
}

export type Asked = Record<string, string | number | string[] | null | undefined>;

/** `/v1/…` with parameters; what is empty is left out. */
export function api(path: string, asked: Asked | URLSearchParams = {}): string {
  const query = asked instanceof URLSearchParams ? asked : new URLSearchParams();
  if (!(asked instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(asked)) {
      for (const each of [value ?? []].flat()) if (each !== "") query.append(name, String(each));
    }
  }
  const text = writeQuery(query);
  return `/v1/${path}${text ? `?${text}` : ""}`;
}
