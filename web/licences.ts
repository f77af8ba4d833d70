// The licences of what the build holds of others' work, as one text beside it: their terms ask for that.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

/** Writes assets/licences.txt from the packages whose modules ended up in the build. */
export function licences(): Plugin {
  return {
    name: "licences",
    generateBundle(_, bundle) {
      const names = new Set<string>();
      for (const piece of Object.values(bundle)) {
        if (piece.type !== "chunk") continue;
        for (const id of piece.moduleIds) {
          const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id);
          if (found?.[1]) names.add(found[1]);
        }
      }
      const texts = [...names].sort().map(tell);
      this.emitFile({ type: "asset", fileName: "assets/licences.txt", source: texts.join("\n\n") + "\n" });
    },
  };
}

function tell(name: string): string {
  const folder = join(import.meta.dirname, "node_modules", name);
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  const text = file && existsSync(join(folder, file)) ? readFileSync(join(folder, file), "utf8").trim() : `Its package holds no text of the licence: https://www.npmjs.com/package/${name}`;
  return `${name} ${about.version} (${about.license})\n${"-".repeat(60)}\n${text}`;
}
