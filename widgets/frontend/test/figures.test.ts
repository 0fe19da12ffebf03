import assert from "node:assert/strict";
import { test } from "node:test";
import { page, press } from "./dom.ts";
import { figureTable, valueOf } from "../src/panels/generate_figures.ts";
import { openYield } from "../src/panels/generate_yield.ts";
import type { Run } from "../src/panels/generate_types.ts";
import type { Figure, Figures, RunYield } from "../src/panels/yield_types.ts";

const NONE = { drafts: 0, accepted: 0, rejected: 0, undecided: 0 };
const EVERYTHING = { gate: "", title: "", explanation: "", passed: { ...NONE, drafts: 3 }, unsure: NONE, failed: NONE };
const GIVEN: RunYield = { run: "run1", requested: 3, made: 3, lost: [], usd: null, usd_in_doubt: 0, minutes: 3, accepted: 0, judged: null, gates: [{ ...EVERYTHING, gate: "privacy", title: "privacy" }], everything: EVERYTHING, each: { usd: null, minutes: null }, figures: true };
const RUN = { id: "run1", recipe: "private_twin", version: "1", author: "ana", state: "done", here: false, requested: 3, counts: { drafted: 3 }, waiting: 0, reasons: {}, message: "", model: "", query: "", started_at: 1, ended_at: 2, cost: { calls: 0, tokens: 0, usd: 0 } } as Run;
const figure = (more: Partial<Figure> = {}): Figure => ({ title: "Planted secrets that came out", value: 0, unit: "secrets", meaning: "None may come out", of: 1512, ...more });
const LEAKED = figure({ value: 1, wrong: true, limit: 0, parts: [["row 2 gives away a password: <b>Zeb</b>!4711", null]] });
const SHARES = figure({ title: "Nearer", value: 0.5283, of: null, unit: "share", interval: [0.471, 0.59], measured: [1000, 4000], note: "this is no proof" });
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function opened(answers: Record<string, unknown>): { root: HTMLElement; asked: string[]; told: unknown[]; listeners: ((jobs: unknown[]) => void)[] } {
  const root = document.createElement("div");
  root.className = "wb-root";
  page.replaceChildren(root);
  const asked: string[] = [];
  const told: unknown[] = [];
  const listeners: ((jobs: unknown[]) => void)[] = [];
  const call = async (name: string): Promise<unknown> => {
    asked.push(name);
    const answer = answers[name];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const on = (_name: string, listener: (jobs: unknown[]) => void) => (listeners.push(listener), () => listeners.splice(listeners.indexOf(listener), 1));
  openYield(root, { call, on, notice: (what: unknown) => told.push(what), navigate: () => {} } as any, RUN, { decide: () => {}, lost: () => {} });
  return { root, asked, told, listeners };
}

test("a figure is its name, what it means, its value with its unit, and what stands beside it", () => {
  const table = figureTable({ drafts: 252, figures: [figure(), SHARES, figure({ value: null, of: null, note: "nothing was planted" }), figure({ value: 33, to: 34, of: null, unit: "variants" })] });
  assert.match(table.querySelector("caption")!.textContent!, /252 drafts/);
  const cells = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children].map((cell) => cell.textContent));
  assert.deepEqual(cells[0], ["Planted secrets that came outNone may come out", "0 of 1,512secrets", "–"]);
  assert.deepEqual(cells[1]!.slice(1), ["52.8 %", "95 % interval: 47.1 % to 59 %1,000 of 4,000 looked at, drawn at randomthis is no proof"]);
  assert.deepEqual(cells[2]!.slice(1), ["not measured", "nothing was planted"]);
  assert.equal(cells[3]![1], "33 to 34variants");
  assert.deepEqual([...table.querySelectorAll("th")].map((one) => one.getAttribute("scope")), ["col", "col", "col", "row", "row", "row", "row"]);
  assert.equal(valueOf(figure({ value: 0.899, of: null, unit: "share" })), "89.9 %", "just under its limit");
});

test("what is wrong is said in words and named, and its name is only text", () => {
  const table = figureTable({ drafts: 3, figures: [LEAKED] });
  const row = table.querySelector("tbody tr")!;
  assert.match(row.textContent!, /1 of 1,512secretsLook at thisat most 0row 2 gives away a password: <b>Zeb<\/b>!4711$/);
  assert.equal(row.className, "wb-figure-wrong");
  assert.equal(row.querySelector("li b"), null);
});

test("a run with figures shows them first, g turns to its gates and back, and they are asked for once", async () => {
  const given: Figures = { drafts: 3, figures: [figure()] };
  const { root, asked } = opened({ "run.yield": GIVEN, "run.figures": given });
  await later();
  assert.ok(root.querySelector(".wb-figure-table"));
  assert.equal(root.querySelector("[data-view=figures]")!.getAttribute("aria-pressed"), "true");
  assert.equal((document.activeElement as HTMLElement).getAttribute("aria-label"), "Figures");
  press(document.activeElement!, "g");
  assert.ok(root.querySelector(".wb-yield-table"));
  assert.equal(root.querySelector(".wb-figure-table"), null);
  press(document.activeElement!, "g");
  assert.ok(root.querySelector(".wb-figure-table"));
  assert.deepEqual(asked, ["run.yield", "run.figures"]);
});

test("of many drafts a job works them out; closed meanwhile, nothing listens any more", async () => {
  const job = { id: "job_1", title: "Work out the figures", state: "running", done: 0, total: 0, message: "" };
  const answers: Record<string, unknown> = { "run.yield": GIVEN, "run.figures": { job: "job_1" }, "job.list": [job], "run.figured": { drafts: 3, figures: [LEAKED] } };
  const { root, listeners } = opened(answers);
  await later();
  assert.match(root.querySelector(".wb-figures")!.textContent!, /Working out the figures/);
  listeners[0]!([{ ...job, state: "done" }]);
  await later();
  assert.ok(root.querySelector(".wb-figure-wrong"));
  const other = opened(answers);
  await later();
  assert.equal(other.listeners.length, 1);
  press(other.root.querySelector(".wb-figures")!, "Escape");
  assert.equal(other.listeners.length, 0);
});

test("figures that cannot be worked out are told in their place, and the gates are there all the same", async () => {
  const { root } = opened({ "run.yield": GIVEN, "run.figures": new Error("the figures of loud cannot be worked out") });
  await later();
  assert.match(root.querySelector(".wb-figures [role=alert]")!.textContent!, /cannot be worked out/);
  press(root.querySelector(".wb-figures")!, "g");
  assert.ok(root.querySelector(".wb-yield-table"));
});
