import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { CommandError } from "../src/core/rpc.ts";
import { mount } from "../src/panels/map.ts";
import { chosenCard, countWords } from "../src/map/chosen.ts";
import { chosenOf, pictureOf } from "../src/map/decode.ts";
import { legendView } from "../src/map/legend.ts";
import { Near } from "../src/map/near.ts";
import { box, hasArea, inside, thinned } from "../src/map/outline.ts";
import { regionList } from "../src/map/regions.ts";
import { mark, SHAPES, shapeOf } from "../src/map/shapes.ts";
import { around, moved, toMap, toScreen, whole, zoomed } from "../src/map/view.ts";
import type { PackedPicture, Point } from "../src/map/types.ts";

(globalThis as any).MutationObserver ??= class {
  observe(): void {}
  disconnect(): void {}
};
(window as any).HTMLCanvasElement.prototype.getContext = () => null;

const base64 = (array: ArrayBufferView): string => Buffer.from(array.buffer).toString("base64");
const PACKED: PackedPicture = {
  query: "", total: 3, placed: 3, drawn: 3, layout: 7, scale: 1000, field: "domain", title: "Domain",
  rows: base64(Int32Array.of(1, 2, 5)),
  x: base64(Int16Array.of(0, 500, -1000)),
  y: base64(Int16Array.of(0, 500, 1000)),
  groups: base64(Uint8Array.of(0, 0, 2)),
  legend: [
    { label: "<b>Health</b>", count: 2, term: "domain:health/*", kind: "value" },
    { label: "other", count: 0, term: "", kind: "rest" },
    { label: "no answer", count: 1, term: "missing:domain", kind: "none" },
  ],
  regions: [
    { number: 1, words: ["<i>train</i>", "ticket"], x: 0, y: 0, count: 2, example: "" },
    { number: 2, words: [], x: 1, y: 1, count: 1, example: "" },
    { number: 3, words: ["gone"], x: 1, y: 1, count: 0, example: "" },
    { number: 4, words: [], x: 1, y: 0, count: 1, example: "Two <b>keys</b>" },
  ],
  grid: { size: 2, counts: base64(Int32Array.of(0, 7, 2, 0)) },
};
const SIZE = { width: 800, height: 600 };

test("arrays come out of their base64 as they went in", () => {
  const picture = pictureOf(PACKED);
  assert.deepEqual([...picture.rows], [1, 2, 5]);
  assert.deepEqual([...picture.x], [0, 0.5, -1]);
  assert.equal(picture.grid!.most, 7);
  assert.deepEqual([...chosenOf(picture.rows, Int32Array.of(2, 3, 5))], [0, 1, 1]);
});

test("a place on the screen is the same place on the map, zoomed or not", () => {
  for (const view of [whole(SIZE), zoomed(SIZE, whole(SIZE), 4, 100, 80), moved(SIZE, whole(SIZE), 30, -12)]) {
    const [px, py] = toScreen(SIZE, view, 0.3, -0.4);
    const [x, y] = toMap(SIZE, view, px, py);
    assert.ok(Math.abs(x - 0.3) < 1e-9 && Math.abs(y + 0.4) < 1e-9);
  }
});

test("zooming keeps what is under the pointer, within bounds", () => {
  const before = toMap(SIZE, whole(SIZE), 300, 200);
  const near = zoomed(SIZE, whole(SIZE), 3, 300, 200);
  const after = toMap(SIZE, near, 300, 200);
  assert.ok(Math.hypot(before[0] - after[0], before[1] - after[1]) < 1e-9);
  assert.ok(zoomed(SIZE, whole(SIZE), 1e9).scale <= whole(SIZE).scale * 60);
  assert.ok(zoomed(SIZE, whole(SIZE), 1e-9).scale >= whole(SIZE).scale * 0.6);
});

test("the view around points shows all of them", () => {
  const points: Point[] = [[0.1, 0.1], [0.5, -0.3]];
  const view = around(SIZE, points);
  for (const point of points) {
    const [x, y] = toScreen(SIZE, view, ...point);
    assert.ok(x > 0 && x < SIZE.width && y > 0 && y < SIZE.height);
  }
});

test("inside and outside of an outline, also of one with a notch", () => {
  const notch: Point[] = [[0, 0], [4, 0], [4, 4], [2, 1], [0, 4]];
  assert.ok(inside(notch, 1, 1));
  assert.ok(!inside(notch, 2, 3));
  assert.ok(inside(box([0, 0], [1, 1]), 0.5, 0.5));
});

test("a click is no outline and a long one is thinned", () => {
  assert.ok(!hasArea([[0, 0], [0.0001, 0], [0, 0.0001]], 0.002));
  assert.equal(thinned(Array.from({ length: 5000 }, (_, at): Point => [at, at])).length, 240);
});

test("the nearest point is found, and none where there is none", () => {
  const near = new Near(pictureOf(PACKED));
  assert.equal(near.at(0.49, 0.52, 0.05), 1);
  assert.equal(near.at(-0.5, -0.5, 0.05), -1);
  assert.equal(near.at(-0.99, 1.01, 0.05), 2);
});

test("each group has a shape of its own, and every shape draws something", () => {
  assert.equal(new Set(Array.from({ length: 10 }, (_, at) => shapeOf(at, 10))).size, 10);
  for (const shape of SHAPES) {
    const calls: string[] = [];
    const pen = new Proxy({}, { get: (_, name) => () => calls.push(String(name)), set: () => true });
    mark(pen as any, shape, 0, 0, 4, "red");
    assert.ok(calls.includes("fill") || calls.includes("stroke"), shape);
  }
});

test("the legend is buttons with text, counts, and a way to Browse", () => {
  const hidden: Set<number>[] = [];
  const browsed: string[] = [];
  const legend = legendView((groups) => hidden.push(groups), (term) => browsed.push(term));
  page.replaceChildren(legend.element);
  legend.show(pictureOf(PACKED));
  assert.match(page.textContent!, /<b>Health<\/b>/);
  assert.match(page.textContent!, /No answer yet/);
  const [first] = page.querySelectorAll<HTMLElement>(".wb-map-group");
  first!.click();
  assert.deepEqual([...hidden[0]!], [0]);
  assert.equal(page.querySelector(".wb-map-group")!.getAttribute("aria-pressed"), "false");
  page.querySelectorAll<HTMLElement>("button.wb-map-go")[1]!.click();
  assert.deepEqual(browsed, ["missing:domain"]);
});

test("regions are listed in words and selected by button", () => {
  const asked: [number, string][] = [];
  const list = regionList((region, how) => asked.push([region.number, how]));
  page.replaceChildren(list.element);
  list.show(pictureOf(PACKED));
  assert.match(page.textContent!, /<i>train<\/i>, ticket/);
  assert.match(page.textContent!, /Region 2: no words set it apart/);
  assert.match(page.textContent!, /4: like “Two <b>keys<\/b>”/);
  assert.doesNotMatch(page.textContent!, /gone/);
  page.querySelector<HTMLElement>(".wb-map-region")!.click();
  page.querySelector<HTMLElement>("[data-region='2'] .wb-icon-button")!.click();
  assert.deepEqual(asked, [[1, "new"], [2, "add"]]);
});

test("a selection says what it is, what came since, and leads to the other pages", () => {
  const went: [string, any][] = [];
  const ctx = { navigate: (tab: string, args: any) => went.push([tab, args]) } as unknown as Ctx;
  const card = chosenCard(ctx, () => went.push(["clear", null]));
  page.replaceChildren(card.element);
  card.show(null);
  assert.match(page.textContent!, /Draw around some points/);
  card.show({ query: "in:map-selection", count: 1204, found: 1200, newer: 37, at: 0, told: "train", rows: "" });
  assert.match(page.textContent!, /1,204 conversations selected/);
  assert.match(page.textContent!, /4 of them were put aside since/);
  assert.match(page.textContent!, /37 conversations have come since and are not in it/);
  page.querySelector<HTMLElement>("[data-action=release]")!.click();
  assert.deepEqual(went[0], ["release", { query: "in:map-selection" }]);
});

test("the count says when not everything is drawn", () => {
  assert.equal(countWords(252, 252, 252), "252 conversations");
  assert.equal(countWords(100_000, 99_999, 30_000), "100,000 conversations · 30,000 drawn as points; the shading counts all · 1 says too little to have a place");
});

void press;

test("u takes the selection back to what it was, and a cleared one is told with its way back", async () => {
  (globalThis as any).ResizeObserver ??= (window as any).ResizeObserver ??= class {
    observe(): void {}
    disconnect(): void {}
  };
  const selection = { query: "in:map-selection", count: 2, found: 2, newer: 0, at: 1, told: "", rows: base64(Int32Array.of(1, 5)) };
  let now: any = selection;
  const said: unknown[] = [];
  const answers: Record<string, () => unknown> = {
    "map.start": () => ({ ready: true, fields: [], selection: now }), "map.ready": () => ({ job: null }), "map.picture": () => PACKED,
    "map.selection": () => now, "map.clear": () => (now = null),
    "step.undo": () => ((now = selection), { step: { label: "clear the map selection", samples: 0 } }),
    "step.redo": () => ((now = null), { step: { label: "clear the map selection", samples: 0 } }),
  };
  const ctx = { call: async (name: string) => answers[name]!(), on: () => () => {}, recall: async () => null, remember: () => {}, navigate: () => {}, notice: (what: unknown) => said.push(what), trait: { get: () => undefined } } as unknown as Ctx;
  const root = document.createElement("div");
  page.replaceChildren(root);
  const close = mount(root, ctx);
  const later = () => new Promise((done) => setTimeout(done, 40));
  const words = (): string => root.querySelector(".wb-map-chosen")!.textContent!;
  await later();
  const seen = [words()];
  for (const [key, more] of [["Escape", {}], ["u", {}], ["U", { shiftKey: true }], ["u", {}]] as const) {
    press(root, key, more);
    await later();
    seen.push(words());
  }
  assert.deepEqual(seen.map((text) => /2 conversations selected/.test(text)), [true, false, true, false, true]);
  assert.deepEqual(said.slice(0, 2), ["The selection is cleared. u brings it back.", "Taken back: Cleared the selection on the map."]);
  close();
});

test("a region of a picture that was laid out anew selects nothing, and the new picture is drawn", async () => {
  const asked: unknown[] = [];
  let drawn = 0;
  const answers: Record<string, (args: unknown) => unknown> = {
    "map.start": () => ({ ready: true, fields: [], selection: null }), "map.ready": () => ({ job: null }),
    "map.picture": () => ({ ...PACKED, layout: 7 + drawn++ }),
    "map.select": (args) => {
      asked.push(args);
      throw new CommandError({ code: "stale_map", message: "the map was laid out anew", hint: "pick again" });
    },
  };
  const said: any[] = [];
  const ctx = { call: async (name: string, args: unknown) => answers[name]!(args), on: () => () => {}, recall: async () => null, remember: () => {}, navigate: () => {}, notice: (what: unknown) => said.push(what), trait: { get: () => undefined } } as unknown as Ctx;
  const root = document.createElement("div");
  page.replaceChildren(root);
  const close = mount(root, ctx);
  const later = () => new Promise((done) => setTimeout(done, 40));
  await later();
  for (const layout of [7, 8]) {
    root.querySelector<HTMLElement>(".wb-map-region")!.click();
    await later();
    assert.deepEqual(asked.at(-1), { query: PACKED.query, layout, region: PACKED.regions[0]!.number, how: "new" });
  }
  assert.deepEqual([drawn, said.map((error) => error.code)], [3, ["stale_map", "stale_map"]]);
  close();
});
