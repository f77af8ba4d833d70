// What the whole desk knows: the server's health, the theme, messages to the reader, the last visit.

import { ask, Problem } from "./api";
import type { Health } from "./types";

export type Theme = "system" | "light" | "dark";

class Desk {
  health = $state.raw<Health | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  theme = $state<Theme>(readTheme());
  message = $state("");
  hasKeys = $state(read("keys") !== "off");
  isHelpOpen = $state(false);
  lastSnapshot: number | null = Number(read("snapshot")) || null;

  get isWritable(): boolean {
    return this.health?.read_only === false;
  }

  async check(): Promise<void> {
    try {
      this.health = await ask<Health>("/v1/health");
      this.problem = undefined;
      write("snapshot", String(this.health.snapshot));
    } catch (error) {
      this.problem = error instanceof Problem ? error : undefined;
    }
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    write("theme", theme);
  }

  setKeys(isOn: boolean): void {
    this.hasKeys = isOn;
    write("keys", isOn ? "on" : "off");
  }

  say(message: string): void {
    this.message = "";
    setTimeout(() => (this.message = message), 20);
    setTimeout(() => {
      if (this.message === message) this.message = "";
    }, 4000);
  }
}

function readTheme(): Theme {
  const kept = read("theme");
  return kept === "light" || kept === "dark" ? kept : "system";
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(`dragoman.${name}`);
  } catch {
    return null;
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(`dragoman.${name}`, value);
  } catch {
    // no storage: nothing is remembered
  }
}

export const desk = new Desk();
