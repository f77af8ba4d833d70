// A question that follows the address: the last answer stays, dimmed, while the next is awaited.

import { ask, find, Problem } from "./api";
import { fresh } from "./fresh.svelte";

export class Asking<T> {
  data = $state.raw<T | undefined>(undefined);
  error = $state.raw<Problem | undefined>(undefined);
  isLoading = $state(false);
  isSlow = $state(false);
  url = $state<string | null>(null);
  private tries = $state(0);

  constructor(url: () => string | null) {
    $effect(() => {
      void this.tries;
      void fresh.version;
      const wanted = url();
      this.url = wanted;
      if (wanted === null) {
        this.data = undefined;
        this.error = undefined;
        return;
      }
      return this.load(wanted);
    });
  }

  retry(): void {
    this.tries++;
  }

  private load(url: string): () => void {
    const held = find<T>(url);
    if (held !== undefined) this.data = held;
    const stopper = new AbortController();
    const slow = setTimeout(() => (this.isSlow = true), 1000);
    this.isLoading = held === undefined;
    this.error = undefined;
    ask<T>(url, stopper.signal)
      .then((found) => (this.data = found))
      .catch((error: unknown) => {
        if (stopper.signal.aborted) return;
        this.data = undefined;
        this.error = error instanceof Problem ? error : new Problem(0, "this page failed", String(error));
      })
      .finally(() => {
        clearTimeout(slow);
        if (stopper.signal.aborted) return;
        this.isLoading = false;
        this.isSlow = false;
      });
    return () => {
      clearTimeout(slow);
      stopper.abort();
      this.isSlow = false;
    };
  }
}
