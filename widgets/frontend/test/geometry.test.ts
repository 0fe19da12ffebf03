import assert from "node:assert/strict";
import { test } from "node:test";
import { geometry, MAX_SPACER, reveal, windowAt } from "../src/list/geometry.ts";

test("a short list scrolls one to one", () => {
  const g = geometry(100, 50, 500);
  assert.equal(g.spacer, 5000);
  assert.equal(g.scale, 1);
});

test("a million rows stay below the browsers' limit and reach the last row", () => {
  const g = geometry(1_000_000, 66, 700);
  assert.equal(g.spacer, MAX_SPACER);
  assert.ok(Math.abs((g.spacer - 700) * g.scale - g.end) < 1e-3);
  assert.equal(windowAt(g, g.end).last, 1_000_000);
});

test("only the rows in view and a margin are drawn", () => {
  const { first, last } = windowAt(geometry(1000, 50, 500), 5000, 5);
  assert.equal(first, 95);
  assert.equal(last, 115);
});

test("an empty list draws nothing", () => {
  assert.deepEqual(windowAt(geometry(0, 50, 500), 0), { first: 0, last: 0 });
});

test("revealing a visible row does not move", () => {
  assert.equal(reveal(geometry(1000, 50, 500), 1000, 24), 1000);
});

test("revealing moves just far enough, up and down", () => {
  const g = geometry(1000, 50, 500);
  assert.equal(reveal(g, 1000, 10), 450);
  assert.equal(reveal(g, 0, 20), 600);
});

test("revealing the ends stays inside", () => {
  const g = geometry(1000, 50, 500);
  assert.equal(reveal(g, 1000, 0), 0);
  assert.equal(reveal(g, 0, 999), g.end);
});
