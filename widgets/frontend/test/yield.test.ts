import assert from "node:assert/strict";
import { test } from "node:test";
import { page, press } from "./dom.ts";
import { RunTable } from "../src/panels/generate_runs.ts";
import { openYield } from "../src/panels/generate_yield.ts";
import { facts, minutes } from "../src/panels/generate_yield_facts.ts";
import type { Run } from "../src/panels/generate_types.ts";
import type { Became, Gated, RunYield } from "../src/panels/yield_types.ts";

const became = (drafts: number, more: Partial<Became> = {}): Became => ({ drafts, accepted: 0, rejected: 0, undecided: drafts, ...more });
const gate = (name: string, passed: Became, unsure: Became, failed: Became) => ({ gate: name, title: name, explanation: "", passed, unsure, failed });
const GIVEN: RunYield = {
  run: "run1", requested: 12, made: 10, lost: [{ reason: "<b>no</b> answer", rows: 2 }], usd: null, usd_in_doubt: 0, minutes: 3, accepted: 2, judged: null,
  gates: [gate("copy", became(10), became(0), became(0)), gate("language", became(7), became(2, { accepted: 1, undecided: 1 }), became(1, { rejected: 1, undecided: 0 }))],
  everything: gate("", became(7), became(2), became(1)), each: { usd: null, minutes: 1.5 },
};
const RUN: Run = { id: "run1", recipe: "noise", version: "1", author: "ana", state: "running", here: true, requested: 12, counts: { drafted: 10 }, waiting: 2, reasons: {}, message: "", model: "", query: "", started_at: 1, ended_at: null, cost: { calls: 0, tokens: 0, usd: 0 } };
const gated = (id: string, more: Partial<Gated> = {}): Gated => ({ id, run: "run1", row: 0, recipe: "noise", group: "", rank: null, turns: 1, start: "Hello", worst: "warning", findings: 1, state: "draft", said: [{ gate: "language", title: "Language", severity: "warning", message: "written in <i>fr</i>" }], by: "", reason: "", sample: "", ...more });
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

function desk(): { root: HTMLElement; asked: [string, any][]; ctx: any; answers: Record<string, unknown>; notices: unknown[] } {
  const root = document.createElement("div");
  root.className = "wb-root";
  page.replaceChildren(root);
  const asked: [string, any][] = [];
  const notices: unknown[] = [];
  const answers: Record<string, unknown> = {
    "run.yield": GIVEN,
    "run.gated": { drafts: [gated("d1"), gated("d2", { state: "accepted", by: "ben" })], more: false },
    "draft.open": { draft: { id: "d1", turns: [{ id: "t1", role: "user", content: "Hello" }], recipe: "noise", version: "1", depth: 1 }, parent: null, parent_title: "", parents: 0, decided: false },
  };
  const ctx = { call: async (name: string, args: unknown) => (asked.push([name, args]), answers[name]), notice: (what: unknown) => void notices.push(what), navigate: () => {} };
  return { root, asked, ctx, answers, notices };
}

test("every count opens its drafts, and those only", async () => {
  const { root, asked, ctx } = desk();
  openYield(root, ctx, RUN, { decide: () => {}, lost: () => {} });
  await later();
  const cells = [...root.querySelectorAll<HTMLElement>("[data-cell]")].map((cell) => cell.dataset["cell"]);
  assert.deepEqual(cells, ["copy passed ", "language passed ", "language unsure ", "language failed ", "language unsure accepted", "language unsure undecided", "language failed rejected", " passed ", " unsure ", " failed ", " unsure undecided", " failed undecided"]);
  root.querySelector<HTMLElement>("[data-cell='language unsure accepted']")!.click();
  await later();
  assert.deepEqual(asked.find(([name]) => name === "run.gated")![1], { run: "run1", gate: "language", verdict: "unsure", became: "accepted", offset: 0 });
  assert.match(root.querySelector(".wb-gated-list")!.textContent!, /written in <i>fr<\/i>/, "evidence is only text");
  assert.equal(root.querySelector("i b, .wb-gated-list i"), null);
});

test("arrows go from count to count, Escape goes back and then closes, the place is kept", async () => {
  const { root, ctx } = desk();
  openYield(root, ctx, RUN, { decide: () => {}, lost: () => {} });
  await later();
  const now = (): string | undefined => (document.activeElement as HTMLElement).dataset["cell"];
  assert.equal(now(), "copy passed ");
  press(document.activeElement!, "ArrowDown");
  press(document.activeElement!, "ArrowRight");
  assert.equal(now(), "language unsure ");
  document.activeElement!.dispatchEvent(new MouseEvent("click", { bubbles: true }));
  await later();
  press(document.activeElement!, "Escape");
  await later();
  assert.equal(now(), "language unsure ");
  press(document.activeElement!, "Escape");
  assert.equal(root.querySelector(".wb-overlay"), null);
});

test("d decides on a draft nobody has decided on, and not on another", async () => {
  const { root, ctx } = desk();
  const decided: string[] = [];
  openYield(root, ctx, RUN, { decide: (_run, draft) => decided.push(draft), lost: () => {} });
  await later();
  root.querySelector<HTMLElement>("[data-cell=' failed ']")!.click();
  await later();
  const list = root.querySelector<HTMLElement>(".wb-gated-list")!;
  press(list, "j");
  press(list, "d");
  assert.deepEqual(decided, []);
  press(list, "k");
  press(list, "d");
  assert.deepEqual(decided, ["d1"]);
});

test("what is not known is called unknown, and nothing accepted is said as that", () => {
  assert.match(facts(GIVEN).textContent!, /unknown/);
  assert.match(facts(GIVEN).textContent!, /7 \(70 %\)/);
  assert.equal(facts({ ...GIVEN, accepted: 0 }).textContent!.match(/nothing accepted yet/g)!.length, 2);
  assert.doesNotMatch(facts(GIVEN).textContent!, /maybe charged/);
  assert.match(facts({ ...GIVEN, usd_in_doubt: 0.5 }).textContent!, /up to \$0\.50maybe charged/);
  assert.match(facts({ ...GIVEN, usd_in_doubt: null }).textContent!, /at an unknown pricemaybe charged/);
  assert.equal(minutes(null), "unknown");
  assert.equal(minutes(0.001), "less than 0.01");
  assert.equal(minutes(1.2345), "1.2");
});

test("opinions are counted in words of their own", async () => {
  const { root, ctx } = desk();
  const opinions = { ...GIVEN, requested: 9, made: 0, lost: [], gates: [], accepted: 0, judged: 9, usd: 0.02 };
  openYield(root, { ...ctx, call: async () => opinions }, { ...RUN, recipe: "judge" }, { decide: () => {}, lost: () => {} });
  await later();
  const shown = root.querySelector(".wb-yield-stage")!.textContent!;
  assert.match(shown, /9 of 9with an opinion\$0\.02cost3minutes.*stands beside each draft/);
  assert.doesNotMatch(shown, /with a text|accepted|no gate/);
});

test("the table of runs keeps the focus when it is drawn again, and its keys press its buttons", async () => {
  const { root, asked, ctx } = desk();
  const done: string[] = [];
  const table = new RunTable(ctx, { open: () => {}, gave: (run) => done.push(run.id), lost: () => {}, again: () => {}, leave: () => done.push("leave") });
  root.append(table.element);
  table.draw([RUN, { ...RUN, id: "run0", state: "done", here: false }], null);
  table.focus(null);
  press(document.activeElement!, "ArrowDown");
  press(document.activeElement!, "ArrowUp");
  press(document.activeElement!, "y");
  press(document.activeElement!, "s");
  assert.deepEqual(done, ["run1"]);
  assert.deepEqual(asked.map(([name]) => name), ["run.stop"]);
  root.querySelector<HTMLElement>("tr[data-run=run0] [data-action=run-gave]")!.focus();
  table.draw([{ ...RUN, counts: { drafted: 11 } }, { ...RUN, id: "run0", state: "done", here: false }], null);
  const now = document.activeElement as HTMLElement;
  assert.equal(now.closest("tr")?.dataset["run"], "run0");
  assert.equal(now.dataset["action"], "run-gave");
  press(now, "Escape");
  assert.equal(done.at(-1), "leave");
  table.close();
});

test("an answer that comes late does not move the focus, and one that fails wipes nothing", async () => {
  const { root, ctx, answers, notices } = desk();
  openYield(root, ctx, RUN, { decide: () => {}, lost: () => {} });
  await later();
  const open = async (): Promise<void> => (root.querySelector<HTMLElement>("[data-cell='language unsure ']")!.click(), later());
  await open();
  answers["run.yield"] = { ...GIVEN, requested: 13 };
  press(document.activeElement!, "Escape");
  press(document.activeElement!, "ArrowUp");
  await later();
  assert.equal((document.activeElement as HTMLElement).dataset["cell"], "copy passed ");
  await open();
  answers["run.yield"] = later().then(() => Promise.reject(new Error("gone")));
  press(document.activeElement!, "Escape");
  root.querySelector<HTMLElement>("[data-cell='language failed ']")!.click();
  await later();
  await later();
  assert.equal(notices.length, 1);
  assert.equal(root.querySelectorAll("[data-gated-id]").length, 2);
});

test("j before the drafts are there does not say that they are gone", async () => {
  const { root, ctx, answers } = desk();
  openYield(root, ctx, RUN, { decide: () => {}, lost: () => {} });
  await later();
  answers["run.gated"] = new Promise(() => {});
  root.querySelector<HTMLElement>("[data-cell=' failed ']")!.click();
  press(root.querySelector(".wb-gated-list")!, "j");
  assert.doesNotMatch(root.querySelector(".wb-gated-draft")!.textContent!, /gone/);
});

test("a run of several models tells each one's part, an unknown price as unknown; one model has no list", async () => {
  const { root, ctx, answers } = desk();
  const models = [
    { model: "small-1", asked_as: "main", made: 4, accepted: 0, rejected: 1, calls: 6, tokens: 660, usd: 0.5, usd_in_doubt: 0 },
    { model: "<b>large</b>", asked_as: "<i>big</i>", made: 4, accepted: 2, rejected: 0, calls: 4, tokens: 440, usd: null, usd_in_doubt: null },
    { model: "small-1", asked_as: "", made: 0, accepted: 0, rejected: 0, calls: 2, tokens: 90, usd: 0.1, usd_in_doubt: 0 },
  ];
  answers["run.yield"] = { ...GIVEN, models };
  openYield(root, ctx, RUN, { decide: () => {}, lost: () => {} });
  await later();
  const told = [...root.querySelectorAll(".wb-yield-models li")].map((item) => item.textContent);
  assert.deepEqual(told, [
    "main small-1 texts: 4 · accepted: 0 · rejected: 1 · calls: 6 · cost: $0.50",
    "<i>big</i> <b>large</b> texts: 4 · accepted: 2 · rejected: 0 · calls: 4 · cost: unknown · maybe charged at an unknown price",
    "small-1 (at an earlier address) texts: 0 · accepted: 0 · rejected: 0 · calls: 2 · cost: $0.10",
  ]);
  const alone = desk();
  openYield(alone.root, alone.ctx, RUN, { decide: () => {}, lost: () => {} });
  await later();
  assert.equal(alone.root.querySelector(".wb-yield-models"), null);
});
