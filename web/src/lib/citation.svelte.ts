// How to cite the snapshot that is shown: asked once for each, when somebody opens a list of what can be copied.

import { ask } from "./api";
import { desk } from "./desk.svelte";

class SnapshotCitation {
  /** The paragraph that `dragoman cite` prints for it; empty until it is known. */
  text = $state("");
  bibtex = $state("");
  private of: number | null = null;

  async load(): Promise<void> {
    const number = desk.health?.snapshot ?? 0;
    if (this.of === number) return;
    this.of = number;
    try {
      const told = await ask<{ citation: string; bibtex: string }>("/v1/snapshots");
      [this.text, this.bibtex] = [told.citation, told.bibtex];
    } catch {
      this.of = null;
    }
  }
}

export const citation = new SnapshotCitation();
