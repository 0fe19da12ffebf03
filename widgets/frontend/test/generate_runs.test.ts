// The table of runs: what became of their rows, what they cost, and going on under a higher limit.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { RunTable, cost, countsInWords, forecastInWords } from "../src/panels/generate_runs.ts";
import type { Forecast, Run } from "../src/panels/generate_types.ts";

test("a run's rows are told so that they add up", () => {
  assert.equal(countsInWords({ counts: { drafted: 3, failed: 1, accepted: 0 }, waiting: 6, requested: 10 }), "3 to decide, 1 came to nothing, 6 waiting of 10");
  assert.equal(countsInWords({ counts: {}, waiting: 0, requested: 2 }), "nothing yet of 2");
});

test("what nobody knows to be paid is called maybe charged", () => {
  assert.equal(countsInWords({ counts: { drafted: 1, in_doubt: 2 }, waiting: 0, requested: 3 }), "1 to decide, 2 maybe charged of 3");
  const spent = { calls: 3, tokens: 40, usd: 0, states: { done: 1, in_doubt: 2 } };
  assert.match(cost({ model: "m", cost: spent }), /2 calls maybe charged/);
  assert.match(cost({ model: "m", cost: { ...spent, tokens_in_doubt: 900 } }), /2 calls maybe charged \(up to 900 tokens\)/);
  assert.doesNotMatch(cost({ model: "m", cost: { ...spent, states: { done: 3 } } }), /maybe/);
});

test("tokens that the endpoint did not report are called estimated", () => {
  const spent = { calls: 3, tokens: 40, usd: 0, states: { done: 3 } };
  assert.match(cost({ model: "m", cost: { ...spent, estimated: 1 } }), /tokens of 1 call estimated/);
  assert.doesNotMatch(cost({ model: "m", cost: spent }), /estimated/);
  const foreseen: Forecast = { tokens: [1, 2], minutes: [1, 2], passed: [1, 2] };
  assert.match(forecastInWords({ ...foreseen, estimated: 5 }), /tokens of 5 calls estimated/);
  assert.match(forecastInWords({ ...foreseen, unknown: ["it ends earlier", "nobody knows"] }), /checks; it ends earlier; nobody knows$/);
});

test("a run that stopped under a limit goes on under a higher one", async () => {
  const asked: [string, unknown][] = [];
  const ctx = { call: async (name: string, args: unknown) => (asked.push([name, args]), {}), notice: () => {} } as never;
  const actions = { open: () => {}, gave: () => {}, lost: () => {}, again: () => {}, leave: () => {} };
  const stopped = { id: "r", recipe: "duet", version: "1", author: "ana", requested: 4, counts: {}, waiting: 4, reasons: {}, message: "", model: "m", query: "", started_at: 1, ended_at: 2, cost: { calls: 0, tokens: 0, usd: 0 }, state: "failed", here: false, limit: { budget: { usd: 1.5, calls: 4 }, calls: 4, tokens: 10, usd: 0.2 } } as Run;
  const tableOf = (run: Run): HTMLElement => {
    const drawn = new RunTable(ctx, actions);
    drawn.draw([run], null);
    return drawn.element;
  };
  const table = tableOf(stopped);
  const field = table.querySelector<HTMLInputElement>("[data-raise=usd]")!;
  field.value = "2.5";
  field.dispatchEvent(new Event("input"));
  table.querySelector<HTMLButtonElement>("[data-action=raise-limit]")!.click();
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(asked, [["run.resume", { run: stopped.id, budget: { usd: 2.5, calls: 4 } }]]);
  for (const run of [{ ...stopped, state: "done" }, { ...stopped, here: true, state: "running" }, { ...stopped, limit: null }]) {
    assert.equal(tableOf(run).querySelector("details[data-raise]"), null);
  }
});

test("the form that raises a limit outlives the table drawn again, and an answer that is an error", async () => {
  const ctx = { call: () => Promise.reject(new Error("busy")), notice: () => {} } as never;
  const stopped = { id: "r", recipe: "duet", requested: 4, counts: {}, waiting: 4, reasons: {}, message: "", model: "m", query: "", started_at: 1, cost: { calls: 0, tokens: 0, usd: 0 }, state: "failed", here: false, limit: { budget: { calls: 4 }, calls: 4, tokens: 10, usd: 0 } } as unknown as Run;
  const table = new RunTable(ctx, { open: () => {}, gave: () => {}, lost: () => {}, again: () => {}, leave: () => {} });
  document.body.replaceChildren(table.element);
  table.draw([stopped], null);
  const box = table.element.querySelector<HTMLDetailsElement>("details[data-raise]")!;
  const field = box.querySelector("input")!;
  const go = box.querySelector<HTMLButtonElement>("[data-action=raise-limit]")!;
  box.open = true;
  field.value = "9";
  field.dispatchEvent(new Event("input"));
  go.focus();
  table.draw([{ ...stopped, waiting: 3 }], null);
  assert.equal(document.activeElement, go);
  go.blur();
  table.draw([{ ...stopped, waiting: 2 }], null);
  assert.equal(table.element.contains(field), true);
  go.click();
  assert.equal(go.disabled, true);
  await new Promise((done) => setTimeout(done));
  assert.equal(go.disabled, false);
  assert.equal(box.open, true);
  table.close();
});

test("while a run goes on, the rows of others stay as they are, and whoever scrolled away from the focus is not taken back", () => {
  const ctx = { call: async () => ({}), notice: () => {} } as never;
  const table = new RunTable(ctx, { open: () => {}, gave: () => {}, lost: () => {}, again: () => {}, leave: () => {} });
  page.replaceChildren(table.element);
  const run = (id: string, waiting: number) => ({ id, recipe: "noise", version: "1", author: "ana", state: "running", here: true, requested: 4, counts: {}, waiting, reasons: {}, message: "", model: "", query: "", started_at: 1, ended_at: null, cost: { calls: 0, tokens: 0, usd: 0 } }) as unknown as Run;
  table.draw([run("a", 4), run("b", 4)], null);
  const row = (id: string): HTMLElement => table.element.querySelector<HTMLElement>(`[data-run=${id}]`)!;
  const other = row("b");
  row("a").querySelector<HTMLElement>("[data-action='run.stop']")!.focus();
  let scrolled = 0;
  Object.defineProperty(table.element, "scrollTop", { get: () => 700, set: (top: number) => (scrolled += top === 700 ? 0 : 1) });
  (window as any).HTMLElement.prototype.getBoundingClientRect = function (this: HTMLElement) {
    return this === table.element ? { top: 0, bottom: 100 } : { top: -500, bottom: -480 };
  };
  table.draw([run("a", 3), run("b", 4)], null);
  assert.equal(row("b"), other);
  assert.equal(document.activeElement, row("a").querySelector("[data-action='run.stop']"));
  assert.equal(scrolled, 0);
  table.close();
});
