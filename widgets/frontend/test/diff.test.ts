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

/** The parts, and what takes long whatever the machine: cells of the tables that compare, and characters cut into words. */
function counted(one: string, two: string): { parts: ReturnType<typeof wordDiff>; compared: number; cut: number } {
  const [table, match] = [globalThis.Uint16Array, String.prototype.match];
  let compared = 0;
  let cut = 0;
  globalThis.Uint16Array = class extends table {
    constructor(cells: number) {
      super(cells);
      compared += cells;
    }
  } as unknown as typeof Uint16Array;
  String.prototype.match = function (this: string, by: RegExp) {
    cut += this.length;
    return match.call(this, by);
  } as typeof match;
  try {
    const parts = wordDiff(one, two);
    return { parts, compared, cut };
  } finally {
    globalThis.Uint16Array = table;
    String.prototype.match = match;
  }
}

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
  const { parts, compared } = counted(one, two);
  assert.deepEqual(
    parts.map((part) => part.kind),
    ["removed", "added"],
  );
  assert.equal(compared, 0);
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
  const { parts, compared, cut } = counted(before, `${page}new ${page}`);
  assert.ok(compared < 100 && cut < 100, `${compared} comparisons of words, ${cut} characters cut`);
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
  const { parts, compared } = counted(lines("cat"), lines("dog"));
  assert.ok(compared < 1_000_000, `${compared} comparisons`);
  assert.deepEqual([before(parts), after(parts)], [lines("cat"), lines("dog")]);
  assert.ok(parts.some((part) => part.kind === "removed" && part.text === "cat"));
});

test("two long texts with nothing in common do not take long", () => {
  const { parts, compared, cut } = counted("alpha ".repeat(90_000), "beta ".repeat(90_000));
  assert.deepEqual([compared, cut], [0, 0]);
  assert.equal(after(parts), "beta ".repeat(90_000));
});
