// A machine's opinion: said as one, with what it is worth; and asking for it with a limit.
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { openJudge } from "../src/panels/generate_judge.ts";
import { opinionView, trustInWords, type Trust } from "../src/panels/generate_opinion.ts";
import { comparisonInWords, distrustInWords, type Compared } from "../src/panels/generate_comparison.ts";
import { queueList } from "../src/panels/generate_list.ts";
import * as q from "../src/panels/generate_queue.ts";
import type { Line } from "../src/panels/generate_types.ts";

const trust = (more: Partial<Trust> = {}): Trust => ({ run: "r", model: "m", state: "done", drafts: 4, flagged: 1, caught: [9, 10], caught_range: [0.596, 0.982], alarms: [1, 10], alarms_range: [0.018, 0.404], people: [0, 0], length: 0.1, least: 0.7, reliable: true, ...more });
const scores = { natural: 4, right: 2, promise: 5 };

test("an opinion says whose it is, its marks and what the model caught", () => {
  const view = opinionView({ scores, reason: "a <b>number</b> changes", flagged: true, trust: trust({ people: [3, 4] }) })!;
  assert.match(view.textContent!, /A machine's opinion.*worth a look.*right 2 of 5.*as promised 5 of 5.*a <b>number<\/b> changes/);
  assert.match(view.textContent!, /m: caught 9 of 10 planted mistakes \(60 % to 98 %\), 1 false alarm in 10, as people decided in 3 of 4\./);
  assert.equal(view.querySelector("b"), null);
  assert.equal(view.dataset["reliable"], "yes");
  assert.equal(opinionView(null), null);
});

test("a low mark for the promise is shown apart as not measured, in the opinion and in its line", () => {
  const view = opinionView({ scores: { natural: 5, right: 5, promise: 1 }, reason: "", flagged: false, off_promise: true, trust: trust() })!;
  assert.match(view.textContent!, /nothing found.*perhaps not as promised: not measured/);
  assert.equal(view.querySelector(".wb-chip-warn"), null);
  const doubtful = opinionView({ scores, reason: "", flagged: false, off_promise: true, trust: trust({ reliable: false }) })!;
  assert.doesNotMatch(doubtful.textContent!, /perhaps/);
  const list = queueList(() => {});
  const line = (id: string, opinion: "off" | "fine"): Line => ({ id, run: "r", row: 1, recipe: "x", group: "", rank: null, turns: 2, start: "", worst: "", findings: 0, changed: 0, opinion }) as Line;
  list.draw({ lines: [line("a", "off"), line("b", "fine")], open: "a", skipped: new Set() }, true, false);
  assert.deepEqual([...list.element.querySelectorAll(".wb-chip")].map((chip) => chip.textContent), ["perhaps not as promised: not measured"]);
});

test("one that missed the planted mistakes is not relied on, whatever it says", () => {
  const view = opinionView({ scores, reason: "", flagged: true, trust: trust({ caught: [2, 10], reliable: false }) })!;
  assert.match(view.textContent!, /do not rely on it/);
  assert.doesNotMatch(view.textContent!, /worth a look/);
  assert.ok(view.classList.contains("wb-opinion-doubt"));
  assert.equal(view.querySelector(".wb-chip-warn"), null);
});

test("marks that follow length are told, and missing canaries too", () => {
  assert.match(trustInWords(trust({ length: 0.7 })), /longer ones get better marks/);
  assert.match(trustInWords(trust({ length: -0.7 })), /shorter ones get better marks/);
  assert.match(trustInWords(trust({ caught: [0, 0], caught_range: null, alarms: [0, 0] })), /no planted mistake was asked about\.$/);
});

test("a draft is read again when a machine has said something of it", () => {
  const line = (opinion: Line["opinion"]): Line => ({ id: "a", run: "r", row: 1, recipe: "x", group: "", rank: null, turns: 2, start: "", worst: "", findings: 0, changed: 0, opinion }) as Line;
  assert.deepEqual(q.saidOtherwise([line("")], [line("flagged")]), ["a"]);
  assert.equal(q.sameLines([line("")], [line("doubt")]), false);
  assert.deepEqual(q.saidOtherwise([line("fine")], [line("fine")]), []);
  assert.deepEqual(q.saidOtherwise([{ ...line("doubt"), weighed: 9 }], [{ ...line("doubt"), weighed: 20 }]), ["a"], "what it is worth is known better by now");
});

test("asking tells what it takes, keeps to the limit, and says what was asked before", async () => {
  const sent: [string, any][] = [];
  const answers: Record<string, unknown> = {
    "judge.estimate": { rows: 24, drafts: 24, calls: 24, prompt_tokens: 4000, completion_tokens: 900, model: "m at host" },
    "judge.list": [trust({ reliable: false })],
    "judge.pairs": [],
    "judge.start": { job: "j", run: "run_9" },
  };
  const ctx = { call: (name: string, args: any) => (sent.push([name, args]), Promise.resolve(answers[name])), notice: (what: unknown) => assert.fail(String(what)) } as unknown as Ctx;
  page.replaceChildren();
  page.className = "wb-root";
  let begun = "";
  openJudge(ctx, page, "run_1", (run) => void (begun = run));
  await new Promise((done) => setTimeout(done, 5));
  const sheet = page.querySelector("[role=dialog]")!;
  assert.match(sheet.textContent!, /Model calls24/);
  assert.match(sheet.textContent!, /4 drafts, 1 worth a look\. m: caught 9 of 10/);
  assert.match(sheet.textContent!, /do not rely on it/);
  const calls = sheet.querySelector<HTMLInputElement>("[data-field=judge-calls]")!;
  calls.value = "many";
  press(calls, "Enter", { ctrlKey: true });
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(begun, "");
  calls.value = "30";
  press(calls, "Enter", { ctrlKey: true });
  press(calls, "Enter", { ctrlKey: true });
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(begun, "run_9");
  assert.deepEqual(sent.filter(([name]) => name === "judge.start"), [["judge.start", { run: "run_1", count: 10, budget: { calls: 30 }, pairs: false }]]);
  assert.equal(page.querySelector("[role=dialog]"), null);
});

test("the estimate waits until typing ends, the newest counts, and nothing starts where there is nothing to ask about", async () => {
  const counts: number[] = [];
  let last = (_: unknown): void => {};
  const ctx = {
    call: (name: string, args: any) => (name === "judge.list" || name === "judge.pairs" ? Promise.resolve([]) : new Promise((done) => (counts.push(args.count), (last = done)))),
    notice: (what: unknown) => assert.fail(String(what)),
  } as unknown as Ctx;
  page.replaceChildren();
  openJudge(ctx, page, null, () => assert.fail("nothing was asked"));
  const sheet = page.querySelector("[role=dialog]")!;
  const ask = sheet.querySelector<HTMLButtonElement>("[data-action=judge-start]")!;
  const field = sheet.querySelector<HTMLInputElement>("[data-field=canaries]")!;
  const first = last;
  for (const typed of ["2", "25"]) {
    field.value = typed;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  await new Promise((done) => setTimeout(done, 400));
  assert.deepEqual(counts, [10, 25]);
  last({ model: "m" });
  first({ rows: 24, calls: 24 });
  await new Promise((done) => setTimeout(done, 5));
  assert.match(sheet.textContent!, /no draft to ask about/);
  assert.ok(ask.disabled);
  press(field, "Enter", { ctrlKey: true });
  assert.deepEqual(counts, [10, 25]);
  press(field, "Escape");
});

const compared = (more: Partial<Compared> = {}): Compared => ({ run: "c", model: "m", state: "done", pairs: 6, decided: 5, hits: [9, 10], hits_range: [0.596, 0.982], flips: [1, 16], flips_range: [0.011, 0.283], first: 0.53, distrust: "", ...more });

test("comparisons say how often the better one was found and how often the order decided", () => {
  assert.equal(comparisonInWords(compared()), "m: found the better of two in 9 of 10 test pairs (60 % to 98 %), 1 of 16 verdicts changed with the order (1 % to 28 %), the one shown first preferred in 53 %.");
  assert.equal(comparisonInWords(compared({ hits: [0, 0], hits_range: null, flips: [0, 0], flips_range: null, first: null })), "m: no test pair was asked about.");
  assert.equal(distrustInWords(compared()), "");
  assert.match(distrustInWords(compared({ distrust: "flips" })), /do not rely on it: its verdict changes with the order too often/);
});

test("candidates are compared when that is chosen, priced as such, and a model that goes by place is greyed out", async () => {
  const sent: [string, any][] = [];
  const answers: Record<string, (args: any) => unknown> = {
    "judge.estimate": ({ pairs }) => (pairs ? { rows: 32, drafts: 32, calls: 32, model: "m" } : { rows: 26, drafts: 26, calls: 26, model: "m" }),
    "judge.list": () => [],
    "judge.pairs": () => [compared({ flips: [16, 16], flips_range: [0.8, 1], hits: [0, 10], hits_range: [0, 0.28], decided: 0, first: 1, distrust: "chance" })],
    "judge.start": () => ({ run: "run_c" }),
  };
  const ctx = { call: async (name: string, args: any) => (sent.push([name, args]), answers[name]!(args)), notice: (what: unknown) => assert.fail(String(what)) } as unknown as Ctx;
  page.replaceChildren();
  openJudge(ctx, page, null, () => {});
  await new Promise((done) => setTimeout(done, 5));
  const sheet = page.querySelector("[role=dialog]")!;
  const doubt = sheet.querySelector("[data-compared=c]")!;
  assert.ok(doubt.classList.contains("wb-opinion-doubt"));
  assert.match(doubt.textContent!, /6 pairs, 0 with a better one.*16 of 16 verdicts changed with the order.*do not rely on it: it may find the better one no more often than a coin/);
  const pairs = sheet.querySelector<HTMLElement>("[data-ways=pairs]")!;
  pairs.click();
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(pairs.getAttribute("aria-pressed"), "true");
  assert.match(sheet.textContent!, /Model calls32/);
  press(pairs, "Enter", { ctrlKey: true });
  await new Promise((done) => setTimeout(done, 5));
  assert.deepEqual(sent.filter(([name]) => name === "judge.start"), [["judge.start", { run: null, count: 10, budget: {}, pairs: true }]]);
});
