// The open draft: what could not be read again is tried again.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { DraftPane } from "../src/panels/generate_pane.ts";

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

test("a draft that could not be read again stays, and is read when it is shown next", async () => {
  let [text, broken] = ["Hello", false];
  const notices: unknown[] = [];
  const line = { id: "d1", run: "r", row: 0, recipe: "noise", group: "", rank: null, turns: 1, start: "", worst: "", findings: 0, changed: 0 };
  const call = async (): Promise<unknown> => {
    if (broken) throw new Error("no connection");
    return { draft: { ...line, turns: [{ id: "t1", role: "user", content: text }], version: "1", depth: 1, state: "draft", seed: 0 }, parent: null, parent_title: "", parents: 0, decided: false, live: "" };
  };
  const ctx = { call, on: () => () => {}, notice: (what: unknown) => void notices.push(what), navigate: () => {}, author: "ana" } as never;
  const around = { queue: () => ({ lines: [line], open: "d1" }), runs: () => [], run: () => "r", drawHead: () => {} };
  const pane = new DraftPane(ctx, around as never);
  page.replaceChildren(pane.element);
  await pane.show();
  assert.match(pane.element.textContent!, /Hello/);
  [text, broken] = ["Good day", true];
  pane.stale(["d1"]);
  await pane.show();
  assert.equal(notices.length, 1);
  assert.match(pane.element.textContent!, /Hello/);
  broken = false;
  await pane.show();
  await settle();
  assert.match(pane.element.textContent!, /Good day/);
  assert.equal(notices.length, 1);
});
