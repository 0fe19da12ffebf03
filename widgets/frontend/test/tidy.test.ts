import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { tidySection, type TidyReport } from "../src/panels/quality_tidy.ts";

const REPORT: TidyReport = {
  samples: 252,
  changed: 2,
  applied: false,
  steps: [{ step: "entities", title: "Left-over web codes", changes: 3 }],
  changes: [
    { sample: "s1", title: "<b>one</b>", turn: 2, step: "entities", before: "a &amp; b", after: "a & b" },
    { sample: "s2", title: "two", turn: null, step: "language", before: "", after: "fr" },
  ],
};

function open(report: TidyReport) {
  const calls: [string, any][] = [];
  const said: unknown[] = [];
  const answers: Record<string, unknown> = {
    "tidy.look": { job: "look" },
    "tidy.do": { job: "do" },
    "job.list": [{ id: "look", state: "done" }, { id: "do", state: "done" }],
    "step.undo": { step: { label: "clean 2 samples", samples: 2 } },
  };
  const call = async (name: string, args: any): Promise<any> => {
    calls.push([name, args]);
    return name === "tidy.report" ? { ...report, applied: args.job === "do" } : answers[name];
  };
  const ctx = { call, on: () => () => {}, notice: (what: unknown) => said.push(what), navigate: () => {} } as unknown as Ctx;
  const tidy = tidySection(ctx);
  page.replaceChildren(tidy.element);
  return { tidy, calls, said, text: () => tidy.element.textContent! };
}

const later = () => new Promise((done) => setTimeout(done, 20));

test("what would change is told before anything does, the texts as texts", async () => {
  const { tidy, calls, text } = open(REPORT);
  tidy.look("lab");
  await later();
  assert.match(text(), /2 of 252 conversations would change/);
  assert.match(text(), /Left-over web codes3 changes/);
  assert.match(text(), /<b>one<\/b>/);
  assert.match(text(), /French/);
  assert.deepEqual(calls[0], ["tidy.look", { query: "lab" }]);
  assert.ok(!calls.some(([name]) => name === "tidy.do"));
  tidy.close();
});

test("the button tidies up, tells how to take it back, and undo looks again", async () => {
  const { tidy, calls, said, text } = open(REPORT);
  tidy.look("lab");
  await later();
  tidy.element.querySelector<HTMLButtonElement>("[data-action=tidy-up]")!.click();
  await later();
  assert.match(text(), /2 conversations tidied up\. u takes it back\./);
  tidy.element.querySelector<HTMLButtonElement>("[data-action=tidy-undo]")!.click();
  await later();
  assert.match(String(said[0]), /^Taken back: Tidied up texts, 2 conversations/);
  assert.equal(calls.filter(([name]) => name === "tidy.look").length, 2);
  tidy.close();
});

test("clean texts need no button", async () => {
  const { tidy, text } = open({ ...REPORT, changed: 0, steps: [], changes: [] });
  tidy.look("");
  await later();
  assert.match(text(), /Nothing to tidy up/);
  assert.equal(tidy.element.querySelector("[data-action=tidy-up]"), null);
  tidy.close();
});
