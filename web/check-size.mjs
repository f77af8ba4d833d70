// Fails where the first load (index.html and what it names, with all static imports) weighs over 250 KB gzipped.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const MOST = 250_000;
const page = process.env.DESK_OUT ?? join(fileURLToPath(new URL(".", import.meta.url)), "../src/dragoman/_web");
const weigh = (name) => gzipSync(readFileSync(join(page, name)), { level: 9 }).length;

const first = new Set(["index.html"]);
const waiting = [...readFileSync(join(page, "index.html"), "utf8").matchAll(/(?:src|href)="\/([^"]+)"/g)].map((m) => m[1]);
while (waiting.length) {
  const name = waiting.pop();
  if (first.has(name) || !name.includes(".")) continue;
  first.add(name);
  if (!name.endsWith(".js")) continue;
  const code = readFileSync(join(page, name), "utf8");
  for (const found of code.matchAll(/(?:from|import)\s*"\.\/([^"]+)"/g)) waiting.push(`assets/${found[1]}`);
}
let sum = 0;
for (const name of first) sum += weigh(name);
let rest = 0;
for (const name of readdirSync(join(page, "assets"))) if (!first.has(`assets/${name}`)) rest += weigh(`assets/${name}`);
console.log(`first load ${(sum / 1000).toFixed(1)} KB gzipped (${first.size} files); loaded when needed ${(rest / 1000).toFixed(1)} KB`);
if (sum > MOST) {
  console.error(`over ${MOST / 1000} KB`);
  process.exit(1);
}
