// The line on which the server tells what is new. Nothing on the screen changes by itself: a reader asks for what is new.

import { api, ask, forget } from "./api";
import { desk } from "./desk.svelte";
import { fresh } from "./fresh.svelte";
import type { Health } from "./types";

export interface Alert {
  event: string;
  why: string[];
  day: string | null;
  type: string;
  status: string;
  actors: string[];
  recipients: string[];
  sentence: string;
  outlet: string | null;
}
/** Milliseconds after which a silent break is told: a server that starts anew is back sooner. */
const PATIENCE = 2500;
const [SOONEST, LATEST] = [4000, 60_000];
const REST = 300_000;
const KEY = "dragoman.watched";

class Live {
  /** Number of the newest snapshot that the server told of. */
  newest = $state<number | null>(null);
  claims = $state(0);
  alerts = $state.raw<Alert[]>([]);
  watched = $state<string[]>(read());
  brokenSince = $state.raw<Date | null>(null);
  private source: EventSource | null = null;
  private wait = SOONEST;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resting: ReturnType<typeof setTimeout> | undefined;
  private told: ReturnType<typeof setTimeout> | undefined;

  get hasNew(): boolean {
    return this.newest !== null && desk.health !== undefined && this.newest > desk.health.snapshot;
  }

  connect(): void {
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource(api("live", { watch: this.watched }));
    this.source = source;
    source.onopen = () => this.mend();
    source.onerror = () => this.fail(source);
    source.addEventListener("snapshot", (event) => {
      this.mend();
      this.newest = (JSON.parse(event.data) as { number: number }).number;
    });
    source.addEventListener("claims", (event) => (this.claims += (JSON.parse(event.data) as { count: number }).count));
    source.addEventListener("alerts", (event) => {
      const { items } = JSON.parse(event.data) as { items: Alert[] };
      const known = new Set(this.alerts.map((alert) => alert.event));
      this.alerts = [...items.filter((alert) => !known.has(alert.event)), ...this.alerts].slice(0, 50);
    });
  }

  /** A tab that nobody looks at holds the line for a while only: a browser has six to one server. */
  heedSight(): void {
    clearTimeout(this.resting);
    if (document.hidden) this.resting = setTimeout(() => this.source?.close(), REST);
    else if (this.source?.readyState === EventSource.CLOSED) this.connect();
  }

  /** Takes what is new: everything on the screen is asked anew. */
  async show(): Promise<void> {
    forget();
    this.claims = 0;
    await desk.check();
    if (desk.health) this.newest = Math.max(this.newest ?? 0, desk.health.snapshot);
    fresh.version++;
  }

  watch(whom: string): void {
    this.keep(this.watched.includes(whom) ? this.watched.filter((each) => each !== whom) : [...this.watched, whom]);
  }

  dismiss(event: string): void {
    this.alerts = this.alerts.filter((alert) => alert.event !== event);
  }

  private keep(watched: string[]): void {
    this.watched = watched;
    try {
      localStorage.setItem(KEY, JSON.stringify(watched));
    } catch {
      // no storage: watched until the page is closed
    }
    this.connect();
  }

  private mend(): void {
    clearTimeout(this.told);
    this.told = undefined;
    this.brokenSince = null;
    this.wait = SOONEST;
  }

  /** The browser tries again by itself where the line broke; where the server refused it, we do, ever more seldom. */
  private fail(source: EventSource): void {
    const at = new Date();
    this.told ??= setTimeout(() => (this.brokenSince = at), PATIENCE);
    if (source.readyState !== EventSource.CLOSED || source !== this.source) return;
    void this.look();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(LATEST, this.wait * 2);
  }

  /** Without the line, the server is asked outright whether there is more. */
  private async look(): Promise<void> {
    try {
      forget();
      const health = await ask<Health>("/v1/health");
      this.newest = health.snapshot;
    } catch {
      // it doesn't answer: that the line is broken says so
    }
  }
}

function read(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((each): each is string => typeof each === "string").slice(0, 50) : [];
  } catch {
    return [];
  }
}

export const live = new Live();
