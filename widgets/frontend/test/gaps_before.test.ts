// The grid on the form of the recipe that fills gaps, before anything is written.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page, press } from "./dom.ts";
import { maker } from "../src/panels/generate_make.ts";
import { gapsBefore, plannedInWords, type GapsBefore } from "../src/panels/generate_gaps_before.ts";
import type { Recipe } from "../src/panels/generate_types.ts";
import type { PlannedCell, PlannedGaps } from "../src/panels/yield_types.ts";

const cell = (language: string, length: string, before: number, planned = 0): PlannedCell => ({ cell: { language, length }, before, target: 2, short: Math.max(0, 2 - before), planned, query: `language:${language} ${length}` });
const GRID: PlannedGaps = {
  axes: [{ name: "language", values: ["en", "<b>fr</b>"] }, { name: "length", values: ["short", "long"] }],
  questions: [],
  cells: [cell("en", "short", 3), cell("en", "long", 1, 1), cell("<b>fr</b>", "short", 0, 2), { ...cell("<b>fr</b>", "long", 0), query: "" }],
  selected: 4, wanting: 3, lacking: 5, planned: 3, notes: [],
};
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

interface Shown {
  box: GapsBefore;
  gone: unknown[][];
  asked: unknown[];
  text(): string;
}

function shown(answer: () => unknown, args: () => Record<string, unknown> | null = () => ({ where: "", params: {} })): Shown {
  const asked: unknown[] = [];
  const gone: unknown[][] = [];
  const call = async (name: string, sent: unknown): Promise<unknown> => (asked.push([name, sent]), answer());
  const box = gapsBefore({ call, navigate: (...to: unknown[]) => gone.push(to) } as any, args);
  page.replaceChildren(box.element);
  return { box, gone, asked, text: () => box.element.textContent! };
}

test("each cell says what it has of its target and what would be added, as a number and as a shade", async () => {
  const { box, asked } = shown(() => GRID);
  box.now();
  assert.match(box.element.textContent!, /Counting the cells/, "while it waits it says so");
  await later();
  const cells = [...box.element.querySelectorAll<HTMLElement>(".wb-gaps-table td")];
  assert.deepEqual(cells.map((one) => one.textContent), ["3 / 2enough", "1 / 2+1", "0 / 2+2", "0 / 2nothing planned"]);
  assert.deepEqual(cells.map((one) => Number(one.style.getPropertyValue("--wb-gap-share"))), [1, 0.5, 0, 0]);
  assert.deepEqual(cells.map((one) => one.className), ["", "wb-gap-short", "wb-gap-short", "wb-gap-short"]);
  assert.match(box.element.querySelector("[role=status]")!.textContent!, /3 of 4 cells are short · 5 conversations are missing · 3 would be written/);
  assert.equal(box.element.querySelector("th b"), null, "a value is only text");
  assert.equal(box.element.getAttribute("aria-busy"), null);
  assert.deepEqual(asked, [["generate.gaps", { where: "", params: {} }]]);
  assert.equal(plannedInWords(GRID.cells[2]!), "language <b>fr</b>, length short: 0 there, 2 wanted · 2 short · 2 would be written");
});

test("arrows go through the cells, one of which can be tabbed to, and a cell opens in Browse what it has", async () => {
  const { box, gone } = shown(() => GRID);
  box.now();
  await later();
  const now = (): HTMLElement => document.activeElement as HTMLElement;
  box.element.querySelector<HTMLElement>("[data-gap][tabindex='0']")!.focus();
  press(now(), "ArrowDown");
  assert.equal(now().dataset["gap"], "2 0");
  assert.match(box.element.querySelector(".wb-gaps-told")!.textContent!, /2 would be written/);
  now().click();
  press(now(), "ArrowRight");
  now().click();
  assert.deepEqual(gone, [["browse", { query: "language:<b>fr</b> short" }]], "a cell that no query can ask for leads nowhere");
  assert.equal(box.element.querySelectorAll("[data-gap][tabindex='0']").length, 1);
});

test("counted again, the old grid stays until the new one is there, and the focus stays in its cell", async () => {
  let grid = GRID;
  const { box } = shown(() => grid);
  box.now();
  await later();
  box.element.querySelector<HTMLElement>("[data-gap='2 1']")!.focus();
  grid = { ...GRID, cells: GRID.cells.map((one) => ({ ...one, before: 9, short: 0, planned: 0 })), wanting: 0 };
  box.now();
  assert.equal(box.element.getAttribute("aria-busy"), "true");
  assert.match(box.element.textContent!, /3 \/ 2enough/, "nothing jumps while it is counted");
  await later();
  assert.match(box.element.textContent!, /Every cell has as many as it should/);
  assert.equal((document.activeElement as HTMLElement).dataset["gap"], "2 1");
});

test("a grid that cannot be read is told with what to do, and read again when it is mended", async () => {
  let broken = true;
  const { box, text } = shown(() => {
    if (broken) throw Object.assign(new Error("there is no length 'huge'"), { hint: "one of: short" });
    return GRID;
  });
  box.now();
  await later();
  assert.match(box.element.querySelector("[role=alert]")!.textContent!, /there is no length 'huge'/);
  assert.equal(box.element.querySelector("table"), null);
  broken = false;
  box.now();
  await later();
  assert.ok(box.element.querySelector("table"));
  assert.doesNotMatch(text(), /huge/);
});

test("the cells of many conversations are counted by a job; closed meanwhile, nothing listens any more", async () => {
  const job = { id: "job_1", title: "Count the cells", state: "running", done: 0, total: 0, message: "" };
  const listeners: ((jobs: unknown[]) => void)[] = [];
  const answers: Record<string, unknown> = { "generate.gaps": { job: "job_1" }, "job.list": [job], "generate.counted": GRID };
  const on = (_: string, hear: (jobs: unknown[]) => void): (() => void) => (listeners.push(hear), () => void listeners.splice(listeners.indexOf(hear), 1));
  const box = gapsBefore({ call: async (name: string) => answers[name], on, notice: () => {} } as any, () => ({}));
  page.replaceChildren(box.element);
  box.now();
  await later();
  assert.match(box.element.textContent!, /Counting the cells/);
  listeners[0]!([{ ...job, state: "done" }]);
  await later();
  assert.match(box.element.textContent!, /3 of 4 cells are short/);
  box.now();
  await later();
  assert.equal(listeners.length, 1);
  box.close();
  assert.equal(listeners.length, 0);
});

test("fields that cannot be read ask nothing; an empty selection says what is missing", async () => {
  const unread = shown(() => GRID, () => null);
  unread.box.now();
  await later();
  assert.deepEqual(unread.asked, []);
  assert.match(unread.text(), /when all fields can be read/);
  const none = shown(() => ({ ...GRID, selected: 0, planned: 0 }));
  none.box.now();
  await later();
  assert.match(none.text(), /No conversation is selected, and each one is written after an example/);
});

test("what people have to answer is said, and what nobody can answer", async () => {
  const { box, text } = shown(() => ({ ...GRID, questions: ["domain"], notes: ["'domain' has no such answer: helth"] }));
  box.now();
  await later();
  assert.match(text(), /For domain an answer counts when a person has given it\./);
  assert.match(text(), /'domain' has no such answer: helth/);
});

test("the form of this recipe shows its grid and offers a first try; another recipe has no grid", async () => {
  const recipe = (name: string): Recipe => ({ name, version: "1", title: name, explanation: "", needs_model: true, starts_from: "set", form: [] }) as unknown as Recipe;
  const asked: string[] = [];
  const answers: Record<string, unknown> = { "generate.gaps": GRID, "generate.estimate": {}, "generate.count": { count: 4 } };
  const ctx = { call: async (name: string) => (asked.push(name), answers[name] ?? {}), notice: () => {}, navigate: () => {}, trait: { get: () => undefined, on: () => () => {} } } as any;
  const made = maker(ctx, { recipes: [recipe("gap_fill"), recipe("other")], model: { label: "m", models: [] } } as any, () => {});
  page.replaceChildren(made.element);
  made.shown({ recipe: "gap_fill" });
  await later();
  assert.ok(made.element.querySelector(".wb-gaps-before table"));
  assert.ok(made.element.querySelector("[data-action=try-first]"), "a pilot is offered for a whole selection, too");
  const before = asked.length;
  made.shown({ recipe: "other" });
  await later();
  assert.equal(made.element.querySelector(".wb-gaps-before"), null);
  assert.ok(!asked.slice(before).includes("generate.gaps"));
  made.close();
});
