import assert from "node:assert/strict";
import { test } from "node:test";
import { page, press } from "./dom.ts";
import { gapFacts, sentence } from "../src/panels/generate_gaps.ts";
import { openYield } from "../src/panels/generate_yield.ts";
import type { Run } from "../src/panels/generate_types.ts";
import type { GapCell, Gaps } from "../src/panels/yield_types.ts";

const cell = (language: string, length: string, more: Partial<GapCell> = {}): GapCell => ({ cell: { language, length }, before: 0, target: 2, written: 0, inside: 0, accepted: 0, rejected: 0, after: 0, short: 2, undecided: 0, coming: 0, lost: 0, waiting: 0, elsewhere: 0, query: `language:${language} ${length}`, ...more });
const GAPS: Gaps = {
  axes: [{ name: "language", values: ["en", "<b>fr</b>"] }, { name: "length", values: ["short", "long"] }],
  cells: [
    cell("en", "short", { written: 2, inside: 2, accepted: 2, after: 2, short: 0 }),
    cell("en", "long", { before: 3, after: 3, short: 0 }),
    cell("<b>fr</b>", "short", { written: 3, inside: 2, accepted: 1, rejected: 1, undecided: 1, after: 1, short: 1 }),
    cell("<b>fr</b>", "long"),
  ],
  questions: [], wanting: 3, filled: 1, usd: null, each: null, ended: "the budget is spent",
};
const NONE = { drafts: 0, accepted: 0, rejected: 0, undecided: 0 };
const EVERYTHING = { gate: "", title: "", explanation: "", passed: { ...NONE, drafts: 5 }, unsure: NONE, failed: NONE };
const GIVEN = { run: "run1", requested: 5, made: 5, lost: [], usd: null, minutes: 3, accepted: 3, judged: null, usd_in_doubt: 2, gates: [{ ...EVERYTHING, gate: "copy", title: "copy" }], everything: EVERYTHING, each: { usd: null, minutes: 1 } };
const RUN: Run = { id: "run1", recipe: "gap_fill", version: "1", author: "ana", state: "done", here: false, requested: 5, counts: { drafted: 5 }, waiting: 0, reasons: {}, message: "", model: "m", query: "", started_at: 1, ended_at: 2, cost: { calls: 5, tokens: 0, usd: null as any } };
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

async function opened(gaps: Gaps = GAPS, run: Run = RUN): Promise<{ root: HTMLElement; asked: string[]; gone: unknown[][] }> {
  const root = document.createElement("div");
  root.className = "wb-root";
  page.replaceChildren(root);
  const asked: string[] = [];
  const gone: unknown[][] = [];
  const call = async (name: string) => (asked.push(name), name === "run.gaps" ? gaps : GIVEN);
  openYield(root, { call, notice: () => {}, navigate: (...to: unknown[]) => gone.push(to) } as any, run, { decide: () => {}, lost: () => {} });
  await later();
  return { root, asked, gone };
}

test("a cell says before, after and target in numbers, its share as a shade, and why it is short in words", async () => {
  const { root } = await opened();
  const cells = [...root.querySelectorAll<HTMLElement>(".wb-gaps-table td")];
  assert.deepEqual(cells.map((one) => one.textContent), ["0 → 2 / 2filled", "3 → 3 / 2had enough", "0 → 1 / 21 short · 1 to decide", "0 → 0 / 22 short · nothing was written for it"]);
  assert.deepEqual(cells.map((one) => Number(one.style.getPropertyValue("--wb-gap-share"))), [1, 1, 0.5, 0]);
  assert.match(root.querySelector(".wb-yield-facts")!.textContent!, /up to \$2\.00maybe charged/);
  assert.deepEqual(cells.map((one) => one.className), ["", "", "wb-gap-short", "wb-gap-short"]);
  assert.deepEqual([...root.querySelectorAll(".wb-gaps-table th")].map((one) => [one.getAttribute("scope"), one.textContent]), [["col", "language / length"], ["col", "short"], ["col", "long"], ["row", "en"], ["row", "<b>fr</b>"]]);
  assert.equal(root.querySelector(".wb-gaps-table th b"), null, "a value is only text");
  assert.match(cells[2]!.querySelector("button")!.getAttribute("aria-label")!, /0 before, 1 now, 2 wanted · 1 short · 1 to decide · 1 rejected · 1 lies outside the cell/);
});

test("the reason for which a run ended is said of the cells it did not come to, and of no other", () => {
  assert.match(sentence(GAPS.cells[3]!, GAPS.ended), /nothing was written for it · the budget is spent/);
  assert.doesNotMatch(sentence(GAPS.cells[2]!, GAPS.ended), /budget/);
});

test("what is still to come, waits for an answer or lies elsewhere is said, and whose the answer is", async () => {
  const told = sentence({ ...GAPS.cells[2]!, undecided: 0, coming: 4, lost: 3, waiting: 2, elsewhere: 1 }, "");
  assert.match(told, /4 to come · 3 came to nothing · 2 accepted and to be answered · 1 accepted and elsewhere · 1 rejected/);
  const { root } = await opened({ ...GAPS, questions: ["domain", "tone"] });
  assert.match(root.querySelector(".wb-gaps")!.textContent!, /For domain, tone an answer counts when a person has given it/);
});

test("a price that is not known is called unknown, and no filled cell is said as that", () => {
  assert.match(gapFacts(GAPS).textContent!, /unknowncost per filled cell/);
  assert.match(gapFacts({ ...GAPS, usd: 3, each: 3 }).textContent!, /\$3\.00cost per filled cell/);
  assert.match(gapFacts({ ...GAPS, filled: 0 }).textContent!, /no cell filled yetcost per filled cell/);
});

test("arrows go from cell to cell, one of them can be tabbed to, and it opens its query in Browse", async () => {
  const { root, gone } = await opened();
  const now = (): string | undefined => (document.activeElement as HTMLElement).dataset["gap"];
  assert.equal(now(), "1 0");
  press(document.activeElement!, "ArrowDown");
  press(document.activeElement!, "ArrowRight");
  press(document.activeElement!, "ArrowRight");
  assert.equal(now(), "2 1");
  assert.equal(root.querySelectorAll("[data-gap][tabindex='0']").length, 1);
  assert.match(root.querySelector(".wb-gaps-told")!.textContent!, /the budget is spent/);
  (document.activeElement as HTMLElement).click();
  assert.deepEqual(gone, [["browse", { query: "language:<b>fr</b> long" }]]);
  assert.equal(root.querySelector(".wb-overlay"), null, "the sheet is closed on the way");
});

test("further axes make a table each, and the arrows go through all of them; one axis is one column", async () => {
  const cells = ["health", "law"].flatMap((domain) => GAPS.cells.map((one) => ({ ...one, cell: { ...one.cell, domain } })));
  const { root } = await opened({ ...GAPS, axes: [...GAPS.axes, { name: "domain", values: ["health", "law"] }], cells });
  assert.deepEqual([...root.querySelectorAll("caption")].map((one) => one.textContent), ["domain: health", "domain: law"]);
  for (let n = 0; n < 2; n += 1) press(document.activeElement!, "ArrowDown");
  assert.equal((document.activeElement as HTMLElement).closest("table")!.caption!.textContent, "domain: law");
  const single = await opened({ ...GAPS, axes: [{ name: "language", values: ["en"] }], cells: [GAPS.cells[0]!] });
  assert.equal(single.root.querySelectorAll(".wb-gaps-table td").length, 1);
});

test("g turns to the gates and back; a run of another recipe has no grid", async () => {
  const { root } = await opened();
  press(document.activeElement!, "g");
  assert.ok(root.querySelector(".wb-yield-table"));
  assert.equal(root.querySelector(".wb-gaps-table"), null);
  assert.equal(root.querySelector("[data-view=gates]")!.getAttribute("aria-pressed"), "true");
  press(document.activeElement!, "g");
  assert.ok(root.querySelector(".wb-gaps-table"));
  const other = await opened(GAPS, { ...RUN, recipe: "noise" });
  assert.deepEqual(other.asked, ["run.yield"]);
  assert.equal(other.root.querySelector("[data-view]"), null);
});

test("a grid that cannot be read is told, and the gates are shown all the same", async () => {
  const root = document.createElement("div");
  root.className = "wb-root";
  page.replaceChildren(root);
  const told: unknown[] = [];
  const gone = new Error("the selection is gone");
  const call = async (name: string) => {
    if (name === "run.gaps") throw gone;
    return GIVEN;
  };
  openYield(root, { call, notice: (what: unknown) => told.push(what), navigate: () => {} } as any, RUN, { decide: () => {}, lost: () => {} });
  await later();
  assert.deepEqual(told, [gone]);
  assert.ok(root.querySelector(".wb-yield-table"));
});
