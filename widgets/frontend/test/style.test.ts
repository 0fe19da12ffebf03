// One class, one place: two pages that give one name to two things would dress each other's.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const folder = join(process.cwd(), "../src/style");

test("a class gets its looks in one style sheet only", () => {
  const homes = new Map<string, Set<string>>();
  for (const name of readdirSync(folder)) {
    for (const match of readFileSync(join(folder, name), "utf8").matchAll(/^(\.wb-[\w-]+) \{/gm)) {
      const known = homes.get(match[1]!) ?? new Set();
      homes.set(match[1]!, known.add(name));
    }
  }
  const shared = [...homes].filter(([name, files]) => files.size > 1 && name !== ".wb-root");
  assert.deepEqual(shared.map(([name, files]) => `${name}: ${[...files].join(", ")}`), []);
});
