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

test("while a job works, what is changed waits for its end: of several changes the last is asked for, and nothing old is shown", async () => {
  const asked: any[] = [];
  const listeners: ((jobs: unknown[]) => void)[] = [];
  const on = (_: string, hear: (jobs: unknown[]) => void): (() => void) => (listeners.push(hear), () => void listeners.splice(listeners.indexOf(hear), 1));
  const answers: Record<string, (args: any) => unknown> = {
    "generate.estimate": ({ recipe, params }) => (asked.push(`${recipe} ${params.target}`), recipe === "noise" ? { rows: 1, drafts: 99 } : { job: `job_${asked.length}` }),
    "generate.estimated": ({ job }) => ({ rows: 20000, drafts: Number(job.slice(4)), calls: 7, usd: 0 }),
    "job.list": () => [],
  };
  let [recipe, target] = ["gap_fill", 1];
  const box = estimateBox({ call: async (name: string, args: any) => answers[name]!(args), on, notice: () => {} } as any, () => (target < 0 ? null : { recipe, params: { target } }) as any, () => "set");
  page.replaceChildren(box.element);
  const change = async (to: number): Promise<void> => ((target = to), box.now(), later());
  const ends = async (n: number): Promise<void> => (listeners[0]!([{ ...JOB, id: `job_${n}`, state: "done" }]), later());
  for (const to of [1, 2, 3]) await change(to);
  assert.deepEqual(asked, ["gap_fill 1"]);
  await ends(1);
  assert.deepEqual(asked, ["gap_fill 1", "gap_fill 3"]);
  assert.doesNotMatch(box.element.textContent!, /Drafts, most/);
  await ends(2);
  assert.match(box.element.textContent!, /Drafts, most2/);
  await change(4);
  await change(-1);
  await ends(3);
  assert.match(box.element.textContent!, /when all fields can be read/);
  assert.equal(box.element.getAttribute("aria-busy"), null);
  await change(5);
  recipe = "noise";
  await change(5);
  assert.match(box.element.textContent!, /Drafts, most99/, "another recipe does not wait");
  assert.equal(listeners.length, 0);
  box.close();
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
