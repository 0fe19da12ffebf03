// The browser's own memory: what a page keeps there, and for whom.
import assert from "node:assert/strict";
import { test } from "node:test";
import { keeper, MOST, type Shelf } from "../src/core/kept.ts";

function shelf(): Shelf & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

test("what is kept is found again by the same person on the same page only", () => {
  const store = shelf();
  keeper(["/a", "ana", "browse"], store).keep("query", { q: "card" });
  assert.deepEqual(keeper(["/a", "ana", "browse"], store).kept("query"), { q: "card" });
  for (const other of [
    ["/a", "ben", "browse"],
    ["/b", "ana", "browse"],
    ["/a", "ana", "review"],
    ["/a", "ana:browse"],
  ])
    assert.equal(keeper(other, store).kept("query"), null);
});

test("null and a very large value are not kept, and a broken one is none", () => {
  const store = shelf();
  const place = keeper(["w"], store);
  place.keep("q", "a");
  place.keep("q", null);
  place.keep("big", "x".repeat(MOST));
  assert.equal(store.held.size, 0);
  store.setItem("workbench:w:bad", "{");
  assert.equal(place.kept("bad"), null);
});
