// The way through a queue, and how fast it is gone. No element is touched.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PaceMeter } from "../src/review/pace.ts";
import { Walk } from "../src/review/walk.ts";

const walk = (items: number, done: number[] = [], skipped: number[] = [], next: number | null = 0): Walk =>
  new Walk({ items: Array.from({ length: items }, (_, at) => ({ sample: `s${at}` })), done, skipped, next });

test("what is done and what was put off is passed over, and comes back at the end", () => {
  const here = walk(5, [1], [2]);
  assert.equal(here.following(0), 3);
  here.mark(3, true);
  here.mark(4, true);
  assert.equal(here.following(0), 2);
  here.mark(2, true);
  assert.equal(here.following(0), null);
  assert.equal(here.left, 1);
});

test("what comes next is listed in the order in which it will come", () => {
  assert.deepEqual(walk(5, [1], [2]).coming(3, 9), [4, 0, 2]);
});

test("skipping again puts to the very end, and an answer taken back opens an item", () => {
  const here = walk(3, [], [0, 1], 2);
  here.skip(0);
  assert.deepEqual(here.coming(2, 9), [1, 0]);
  here.mark(2, true);
  here.mark(2, false);
  assert.equal(here.doneCount, 0);
});

test("pace leaves breaks out, and goes on from what Python knew", () => {
  const meter = new PaceMeter({ decisions: 0, seconds: 0, per_minute: null });
  for (const at of [0, 10, 20, 30, 1000]) meter.tick(at * 1000);
  assert.equal(meter.perMinute, 6);
  assert.equal(meter.minutesFor(12), 2);
  const later = new PaceMeter({ decisions: 7, seconds: 60, per_minute: 6 });
  assert.equal(later.perMinute, 6);
  assert.equal(later.decisions, 7);
});
