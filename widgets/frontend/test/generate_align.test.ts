// Two versions of a conversation side by side. No element is touched.
import assert from "node:assert/strict";
import { test } from "node:test";
import { aligned, changesInWords, folded } from "../src/panels/generate_align.ts";

const turn = (id: string, role: string, content: string) => ({ id, role, content });

test("turns with the same id stand side by side, whatever their order", () => {
  const before = [turn("t1", "user", "Hello"), turn("t2", "assistant", "Hi")];
  const pairs = aligned(before, [turn("t1", "user", "Hallo"), turn("t2", "assistant", "Hi"), turn("t3", "user", "Bye")]);
  assert.deepEqual(pairs.map((pair) => pair.kind), ["changed", "same", "added"]);
  assert.equal(changesInWords(pairs), "1 of 3 turns changed, 1 added");
});

test("a turn that was left out stays at its place", () => {
  const pairs = aligned([turn("t1", "user", "A"), turn("t2", "assistant", "B"), turn("t3", "user", "C")], [turn("t1", "user", "A"), turn("t3", "user", "C")]);
  assert.deepEqual(pairs.map((pair) => pair.kind), ["same", "removed", "same"]);
});

test("a new answer stands beside the one it replaces, without a word diff when nothing stayed", () => {
  const [, pair] = aligned([turn("t1", "user", "A"), turn("t2", "assistant", "No, it is closed")], [turn("t1", "user", "A"), turn("t3", "assistant", "Gladly")]);
  assert.equal(pair!.kind, "changed");
  assert.equal(pair!.before?.id, "t2");
  assert.equal(pair!.after?.id, "t3");
  assert.equal(pair!.parts, undefined);
});

test("without common ids the place counts", () => {
  const pairs = aligned([turn("t1", "user", "A")], [turn("x1", "user", "A"), turn("x2", "assistant", "B")]);
  assert.deepEqual(pairs.map((pair) => pair.kind), ["same", "added"]);
});

test("unchanged turns are folded, except the one before a change", () => {
  const before = ["1", "2", "3", "4"].map((id) => turn(id, "user", id));
  const after = before.map((item) => (item.id === "4" ? { ...item, content: "new" } : item));
  const parts = folded(aligned(before, after));
  assert.deepEqual(parts.map((part) => ("hidden" in part ? part.hidden.length : part.after?.id)), [2, "3", "4"]);
});

test("nothing is folded where everything changed", () => {
  const pairs = aligned([turn("1", "user", "a")], [turn("1", "user", "b")]);
  assert.equal(folded(pairs).length, 1);
});
