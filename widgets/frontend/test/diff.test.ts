import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { LIMIT, wordDiff } from "../src/text/diff.ts";

const before = (parts: { kind: string; text: string }[]) =>
  parts
    .filter((part) => part.kind !== "added")
    .map((part) => part.text)
    .join("");
const after = (parts: { kind: string; text: string }[]) =>
  parts
    .filter((part) => part.kind !== "removed")
    .map((part) => part.text)
    .join("");

test("a changed word stands alone", () => {
  assert.deepEqual(wordDiff("the lab opens Monday", "the lab opens Tuesday"), [
    { kind: "same", text: "the lab opens " },
    { kind: "removed", text: "Monday" },
    { kind: "added", text: "Tuesday" },
  ]);
});

test("Chinese is compared character by character", () => {
  assert.deepEqual(wordDiff("我想退款", "我要退款"), [
    { kind: "same", text: "我" },
    { kind: "removed", text: "想" },
    { kind: "added", text: "要" },
    { kind: "same", text: "退款" },
  ]);
});

test("equal texts have one part, empty ones none", () => {
  assert.deepEqual(wordDiff("a b", "a b"), [{ kind: "same", text: "a b" }]);
  assert.deepEqual(wordDiff("", ""), []);
});

test("both texts can always be read back", () => {
  const texts = [
    "",
    "a",
    "a b c",
    "c b a",
    "l’été, il fait chaud",
    "été 夏天 summer!",
    "  spaces  kept ",
    "🙂🙂 a\n\nb",
    "\u0301x",
  ];
  for (const one of texts) {
    for (const two of texts) {
      const parts = wordDiff(one, two);
      assert.equal(before(parts), one);
      assert.equal(after(parts), two);
    }
  }
});

test("a huge rewrite is shown whole, at once", () => {
  const one = Array.from({ length: LIMIT + 2 }, (_, at) => `a${at}`).join(" ");
  const two = Array.from({ length: LIMIT + 2 }, (_, at) => `b${at}`).join(" ");
  const started = performance.now();
  assert.deepEqual(
    wordDiff(one, two).map((part) => part.kind),
    ["removed", "added"],
  );
  assert.ok(performance.now() - started < 200);
});

test("Python and the page cut the shared examples alike", () => {
  const url = `${process.cwd()}/../../../tests/contracts/word_diff.json`;
  for (const { before: one, after: two, parts } of JSON.parse(readFileSync(url, "utf8"))) {
    assert.deepEqual(
      wordDiff(one, two).map((part) => [part.kind, part.text]),
      parts,
    );
  }
});

test("a word in a megabyte is found at once, at the places where words end", () => {
  const page = "The patient asks when the laboratory opens. 化验室星期天开门吗? ".repeat(18_000);
  const before = `${page}old ${page}`;
  const began = performance.now();
  const parts = wordDiff(before, `${page}new ${page}`);
  assert.ok(performance.now() - began < 1500, `${performance.now() - began} ms`);
  assert.deepEqual(
    parts.filter((part) => part.kind !== "same").map((part) => part.text),
    ["old", "new"],
  );
});

test("a word is never cut where only its beginning is common", () => {
  assert.deepEqual(wordDiff("see the laboratory now", "see the labour now"), [
    { kind: "same", text: "see the " },
    { kind: "removed", text: "laboratory" },
    { kind: "added", text: "labour" },
    { kind: "same", text: " now" },
  ]);
  assert.deepEqual(wordDiff("a\u{1f600}", "a\u{1f601}").map((part) => part.text), ["a", "\u{1f600}", "\u{1f601}"]);
});

test("many changed lines are compared line by line, then word by word", () => {
  const lines = (word: string): string => Array.from({ length: 900 }, (_, at) => `line ${at} has a ${at % 9 ? "x" : word}\n`).join("");
  const began = performance.now();
  const parts = wordDiff(lines("cat"), lines("dog"));
  assert.ok(performance.now() - began < 2500, `${performance.now() - began} ms`);
  assert.deepEqual([before(parts), after(parts)], [lines("cat"), lines("dog")]);
  assert.ok(parts.some((part) => part.kind === "removed" && part.text === "cat"));
});

test("two long texts with nothing in common do not take long", () => {
  const began = performance.now();
  const parts = wordDiff("alpha ".repeat(90_000), "beta ".repeat(90_000));
  assert.ok(performance.now() - began < 2500, `${performance.now() - began} ms`);
  assert.equal(after(parts), "beta ".repeat(90_000));
});
