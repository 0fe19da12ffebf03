// The queue of drafts to decide on: what is open, and what opens next. No element is touched.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as q from "../src/panels/generate_queue.ts";
import type { Line } from "../src/panels/generate_types.ts";

const line = (id: string, more: Partial<Line> = {}): Line => ({ id, run: "r", row: 1, recipe: "noise", group: "", rank: null, turns: 2, start: id, worst: "", findings: 0, ...more });
const queueOf = (...ids: string[]): q.Queue => q.merged(q.EMPTY, ids.map((id) => line(id)));

test("the first draft opens by itself", () => {
  assert.equal(queueOf("a", "b").open, "a");
  assert.equal(queueOf().open, "");
});

test("drafts that come while one is open do not disturb it", () => {
  const queue = q.opened(queueOf("a", "b"), "b");
  assert.equal(q.merged(queue, ["a", "b", "c", "d"].map((id) => line(id))).open, "b");
});

test("when somebody else decided the open draft, the one at its place opens", () => {
  const queue = q.opened(queueOf("a", "b", "c"), "b");
  assert.equal(q.merged(queue, [line("a"), line("c")]).open, "c");
});

test("moving stops at both ends", () => {
  const queue = queueOf("a", "b");
  assert.equal(q.moved(queue, -1).open, "a");
  assert.equal(q.moved(q.moved(queue, 1), 1).open, "b");
});

test("after a decision the next draft opens, at the end the one before", () => {
  assert.equal(q.decided(q.opened(queueOf("a", "b", "c"), "b"), ["b"]).open, "c");
  assert.equal(q.decided(q.opened(queueOf("a", "b"), "b"), ["b"]).open, "a");
  assert.equal(q.decided(queueOf("a"), ["a"]).open, "");
});

test("a skipped draft is passed over until only skipped ones are left", () => {
  const queue = q.skipped(queueOf("a", "b", "c"));
  assert.equal(queue.open, "b");
  const rest = q.decided(queue, ["b"]);
  assert.equal(rest.open, "c");
  assert.equal(q.decided(rest, ["c"]).open, "a");
});

test("ranks are for candidates of one request", () => {
  const queue = q.merged(q.EMPTY, [line("a", { group: "g", rank: 1 }), line("b", { group: "g" }), line("c", { group: "h" })]);
  assert.deepEqual(q.ranksWith(queue, "b", 2), { a: 1, b: 2 });
  assert.equal(q.ranksWith(queue, "b", 3), null);
  assert.equal(q.ranksWith(queue, "c", 1), null);
  assert.match(q.whyNoRank(queue, "c"), /several candidates/);
});
