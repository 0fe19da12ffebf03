// The estimate of a recipe that looks at many conversations as a whole: it comes from a job.
import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./dom.ts";
import { estimateBox } from "../src/panels/generate_estimate.ts";

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
const JOB = { id: "job_1", title: "Estimate a run", state: "running", done: 0, total: 0, message: "" };

function desk(estimated: () => unknown): { box: ReturnType<typeof estimateBox>; listeners: ((jobs: unknown[]) => void)[]; text: () => string } {
  const listeners: ((jobs: unknown[]) => void)[] = [];
  const answers: Record<string, () => unknown> = { "generate.estimate": () => ({ job: "job_1" }), "job.list": () => [JOB], "generate.estimated": estimated };
  const on = (_: string, hear: (jobs: unknown[]) => void): (() => void) => (listeners.push(hear), () => void listeners.splice(listeners.indexOf(hear), 1));
  const box = estimateBox({ call: async (name: string) => answers[name]!(), on, notice: () => {} } as any, () => ({ params: {} }), () => "set");
  page.replaceChildren(box.element);
  return { box, listeners, text: () => box.element.textContent! };
}

test("the estimate of a job is waited for, the one before stays meanwhile, and closed nothing listens any more", async () => {
  let drafts = 7;
  const { box, listeners, text } = desk(() => ({ rows: 20000, drafts, calls: 7, usd: 0 }));
  box.now();
  await later();
  assert.match(text(), /The whole selection is looked at/);
  assert.equal(box.element.getAttribute("aria-busy"), "true");
  listeners[0]!([{ ...JOB, state: "done" }]);
  await later();
  assert.match(text(), /Drafts, most7/);
  assert.equal(box.element.getAttribute("aria-busy"), null);
  drafts = 8;
  box.now();
  await later();
  assert.match(text(), /Drafts, most7/);
  assert.deepEqual([box.element.getAttribute("aria-busy"), listeners.length], ["true", 1]);
  listeners[0]!([{ ...JOB, state: "done" }]);
  await later();
  assert.match(text(), /Drafts, most8/);
  box.now();
  await later();
  box.close();
  assert.equal(listeners.length, 0);
});

test("what a job cannot estimate is told as what it is", async () => {
  const { box, listeners, text } = desk(() => {
    throw { code: "invalid_input", message: "there is no length 'huge'", hint: "one of: short" };
  });
  box.now();
  await later();
  listeners[0]!([{ ...JOB, state: "failed" }]);
  await later();
  assert.match(text(), /there is no length 'huge'/i);
  assert.equal(box.element.getAttribute("aria-busy"), null);
});
