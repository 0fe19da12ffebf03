// The guided start: where its card stands.
import assert from "node:assert/strict";
import { test } from "node:test";
import { overlap, placeFor } from "../src/tour/place.ts";

test("the guide's card never covers what it talks about while there is room", () => {
  const room = { left: 0, top: 0, width: 1260, height: 760 };
  const card = { width: 330, height: 150 };
  for (const target of [
    { left: 10, top: 50, width: 1060, height: 44 },
    { left: 200, top: 130, width: 330, height: 620 },
    { left: 1180, top: 10, width: 70, height: 26 },
    { left: 0, top: 0, width: 1260, height: 560 },
  ]) {
    const place = placeFor(card, target, [], room);
    assert.equal(overlap(place, target), 0);
    assert.ok(place.left >= 0 && place.top >= 0 && place.left + 330 <= 1260 && place.top + 150 <= 760);
  }
});

test("in its corner, and clear of the tabs, where what it talks about is on another page", () => {
  const room = { left: 0, top: 0, width: 1260, height: 760 };
  const tabs = { left: 110, top: 0, width: 690, height: 46 };
  const place = placeFor({ width: 330, height: 150 }, { left: 1260, top: 760, width: 0, height: 0 }, [tabs], room);
  assert.deepEqual([place.left + 330 + 12, place.top + 150 + 12], [1260, 760]);
  assert.equal(overlap(place, tabs), 0);
});
