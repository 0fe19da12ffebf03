import assert from "node:assert/strict";
import { test } from "node:test";
import type { Turn } from "../src/core/nouns.ts";
import {
  added,
  anyChange,
  changes,
  draftOf,
  inWords,
  moved,
  removed,
  turnsOf,
  withRole,
  withText,
} from "../src/edit/draft.ts";

const saved: Turn[] = [
  { id: "t1", role: "user", content: "a" },
  { id: "t2", role: "assistant", content: "b" },
];

test("nothing typed is no change", () => {
  assert.equal(anyChange(changes(draftOf(saved), saved)), false);
});

test("typing the old text again is no change", () => {
  const draft = withText(withText(draftOf(saved), "t1", "x"), "t1", "a");
  assert.equal(anyChange(changes(draft, saved)), false);
});

test("text, role, new, deleted and moved turns are told", () => {
  let draft = withRole(withText(draftOf(saved), "t1", "x"), "t2", "system");
  draft = added(draft, "t2");
  assert.equal(inWords(changes(draft, saved)), "2 changed, 1 new");
  assert.equal(inWords(changes(moved(draftOf(saved), "t2", -1), saved)), "order changed");
  assert.equal(inWords(changes(removed(draftOf(saved), "t1"), saved)), "1 deleted");
});

test("a new turn has no id and the role whose turn it is", () => {
  const draft = added(draftOf(saved), "t1");
  assert.deepEqual(turnsOf(draft)[1], { id: "", role: "assistant", content: "" });
  assert.equal(turnsOf(added(draftOf(saved), null))[0]!.role, "user");
});

test("a deleted new turn leaves no trace", () => {
  const draft = added(draftOf(saved), "t2");
  assert.equal(anyChange(changes(removed(draft, "new-1"), saved)), false);
});

test("the ends do not move further", () => {
  const draft = draftOf(saved);
  assert.equal(moved(draft, "t1", -1), draft);
  assert.equal(moved(draft, "t2", 1), draft);
});
