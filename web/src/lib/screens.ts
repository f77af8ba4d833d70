// Which screen an address shows. Only what opens first is loaded with the page.

import type { Component } from "svelte";

type Loaded = Promise<{ default: Component }>;
export interface Screen {
  name: string;
  load: () => Loaded;
}

const ways: Record<string, () => Loaded> = {
  "": () => import("../screens/Overview.svelte"),
  dyads: () => import("../screens/Dyad.svelte"),
  events: () => import("../screens/Event.svelte"),
  claims: () => import("../screens/Claim.svelte"),
  reports: () => import("../screens/Report.svelte"),
  actors: () => import("../screens/Actor.svelte"),
  network: () => import("../screens/Network.svelte"),
  map: () => import("../screens/Map.svelte"),
  search: () => import("../screens/Search.svelte"),
  review: () => import("../screens/Review.svelte"),
  sources: () => import("../screens/Sources.svelte"),
  data: () => import("../screens/Data.svelte"),
  method: () => import("../screens/Method.svelte"),
};
const lists: Record<string, () => Loaded> = {
  events: () => import("../screens/Data.svelte"),
  dyads: () => import("../screens/Dyads.svelte"),
  reports: () => import("../screens/Sources.svelte"),
  actors: () => import("../screens/Actors.svelte"),
};
const loaded = new Map<string, Loaded>();

export function findScreen(parts: string[]): Screen {
  const first = parts[0] ?? "";
  const isList = parts.length === 1 && first in lists;
  const way = (isList ? lists[first] : ways[first]) ?? (() => import("../screens/Nowhere.svelte"));
  const name = isList ? `${first} list` : first;
  return {
    name,
    load: () => {
      const held = loaded.get(name);
      if (held) return held;
      const coming = way();
      loaded.set(name, coming);
      coming.catch(() => loaded.delete(name));
      return coming;
    },
  };
}
