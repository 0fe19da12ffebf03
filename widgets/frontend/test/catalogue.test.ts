// Every text of the screen goes through the catalogue, and every catalogue has it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
// @ts-expect-error plain JavaScript, so that it also runs by itself
import { literals } from "./literals.mjs";

const found: {
  singles: Map<string, string>;
  plurals: Map<string, { one: string; at: string }>;
  loose: [string, string][];
  wild: string[];
} = literals(join(process.cwd(), "../src"));

function screen(language: string): Record<string, string | string[]> {
  return JSON.parse(readFileSync(join(process.cwd(), `../../locale/${language}/screen.json`), "utf8"));
}

function holes(text: string): string {
  return [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join();
}

test("no text for people is drawn around the catalogue", () => {
  assert.deepEqual(found.loose, []);
});

test("a text is found also where a function of the page hands it on", () => {
  const folder = mkdtempSync(join(tmpdir(), "literals-"));
  writeFileSync(join(folder, "one.ts"), 'link("made from", id); line(x, "wb-grow wb-clip"); root.querySelector("summary button"); link(t("branch of"), id);\n');
  assert.deepEqual((literals(folder) as typeof found).loose, [["one.ts:1", "made from"]]);
  rmSync(folder, { recursive: true });
});

test("the catalogue's functions are given literal texts", () => {
  assert.deepEqual(found.wild, []);
});

for (const language of ["fr", "zh"]) {
  const words = screen(language);
  test(`${language}: every text has its translation`, () => {
    const missing = [...found.singles.keys(), ...found.plurals.keys()].filter((text) => !(text in words));
    assert.deepEqual(missing, []);
  });
  test(`${language}: no translation has lost its text`, () => {
    const lost = Object.keys(words).filter((text) => !found.singles.has(text) && !found.plurals.has(text));
    assert.deepEqual(lost, []);
  });
  test(`${language}: the holes are the same`, () => {
    const wrong = Object.entries(words).filter(([text, entry]) => {
      const forms = Array.isArray(entry) ? entry.slice(1) : [entry];
      return forms.some((form) => holes(form) !== holes(text));
    });
    assert.deepEqual(wrong, []);
  });
}

/** Words behind a number that are the same for one and for many. */
const SAME = new Set(["is", "was", "has", "fits", "keeps", "says", "lies", "afterwards"]);

test("the form for one speaks of one, the form for many is the key", () => {
  const wrong = [...found.plurals.values()].filter(({ one }) => {
    const word = /\{n\} (?:more |other )?([a-z]+s)\b/.exec(one)?.[1];
    return word && !SAME.has(word);
  });
  assert.deepEqual(wrong, []);
});
