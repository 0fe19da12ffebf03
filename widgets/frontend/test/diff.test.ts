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
