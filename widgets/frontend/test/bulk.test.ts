import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./dom.ts";
import { AnswerPick, askable, type Picked } from "../src/bulk/answer.ts";
import { back, countsOf, judge, misfits, nothingJudged, sureness, type Estimate } from "../src/bulk/check.ts";
import { Look } from "../src/bulk/look.ts";
import { estimateView, planLines, rangeWords } from "../src/bulk/plan.ts";
import type { Sample, Scheme } from "../src/core/nouns.ts";

const domain: Scheme = {
  name: "domain",
  kind: "hierarchical",
  on: "sample",
  open: false,
  choices: [{ value: "health", label: "Health" }, { value: "health/lab", label: "Laboratory" }, { value: "law", label: "Law" }],
};
const topics: Scheme = { name: "topics", kind: "multi", on: "both", open: false, choices: [{ value: "bill" }, { value: "late" }] };
const plan = { total: 20, changes: 9, same: 1, differ: 10, kept: 10, others: 2 };
const estimate = (low: number, high: number): Estimate => ({ fits: 18, misses: 1, unsure: 1, precision: 18 / 19, interval: [low, high], confidence: 0.95 });

test("verdicts can be taken back and given again", () => {
  let state = judge(judge(nothingJudged(), "a", "fits"), "b", "misses");
  assert.deepEqual([state.at, misfits(state)], [2, ["b"]]);
  state = judge(back(state), "b", "unsure");
  assert.deepEqual(countsOf(state), { fits: 1, misses: 0, unsure: 1 });
  assert.equal(back(nothingJudged()).at, 0);
});

test("the lower end of the range decides how sure one may be", () => {
  assert.equal(sureness(estimate(0.84, 1)), "good");
  assert.equal(sureness(estimate(0.7, 0.9)), "fair");
  assert.equal(sureness(estimate(0.2, 0.9)), "poor");
  assert.match(rangeWords(estimate(0.753, 0.99)), /probably 75 to 99 of 100 fit/);
  assert.match(rangeWords({ ...estimate(0, 1), interval: null }), /Nothing is known/);
});

test("the estimate tells what is left out, and nothing without verdicts", () => {
  assert.match(estimateView(estimate(0.75, 0.99), 1)?.textContent ?? "", /18 of 19 fit.*does not fit is left out/);
  assert.equal(estimateView({ ...estimate(0, 1), fits: 0, misses: 0, unsure: 0 }, 0), null);
});

test("a plan says what stays, what is replaced, and what is added to", () => {
  assert.deepEqual(planLines(plan, domain, false), [
    "1 has this answer of yours already.",
    "10 keep another answer of yours.",
    "2 have answers of other people, which stay.",
  ]);
  assert.match(planLines(plan, domain, true).join(), /10 other answers of yours are replaced/);
  assert.match(planLines(plan, topics, false).join(), /this one is added/);
});

test("questions about turns and questions without choices cannot be answered for all", () => {
  const turns: Scheme = { ...topics, name: "tone", on: "turn" };
  const free: Scheme = { name: "why", kind: "text", on: "sample", open: true };
  assert.deepEqual(askable([domain, turns, free, topics]).map((scheme) => scheme.name), ["domain", "topics"]);
});

test("an answer is found by typing, and Enter goes on", () => {
  const picked: Picked[] = [];
  let entered = 0;
  const pick = new AnswerPick([domain, topics], (item) => picked.push(item), () => (entered += 1));
  document.body.append(pick.element);
  const input = pick.element.querySelector("input")!;
  input.value = "lab";
  input.dispatchEvent(new Event("input"));
  assert.deepEqual([picked.at(-1)?.value, picked.at(-1)?.words], ["health/lab", "Health › Laboratory"]);
  press(input, "Enter");
  assert.equal(entered, 1);
  const question = pick.element.querySelector("select")!;
  question.value = "topics";
  question.dispatchEvent(new Event("change"));
  press(input, "ArrowDown");
  assert.deepEqual(picked.at(-1)?.value, ["late"]);
});

test("a sample is judged by one key each, and ends after the last", () => {
  const samples = ["<img src=x onerror=alert(1)>", "two"].map((content, at) => ({ id: `s${at}`, turns: [{ id: "t1", role: "user", content }] })) as Sample[];
  let judged = nothingJudged();
  let ended = 0;
  const look = new Look({ samples, judged, words: "Health", onChange: (now) => (judged = now), onEnd: () => (ended += 1) });
  const key = (name: string): void => void look.shortcuts().find((item) => item.keys.includes(name))!.run({} as KeyboardEvent);
  assert.ok(look.element.textContent?.includes("<img src=x"));
  assert.equal(look.element.querySelector("img"), null);
  key("d");
  assert.equal(ended, 0);
  key("Backspace");
  key("f");
  key("c");
  assert.deepEqual([ended, countsOf(judged)], [1, { fits: 1, misses: 0, unsure: 1 }]);
});
