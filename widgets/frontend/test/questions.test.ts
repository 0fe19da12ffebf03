import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { browsePart, sentenceOf, tableOf, type Answer } from "../src/panels/quality_questions.ts";

const ANSWER: Answer = {
  name: "coverage", question: "What is missing?", sentence: "{empty} of {all} combinations have no conversation.", values: { empty: 1200, all: 4000 },
  shape: "grid", rows: ["<b>Health</b>", "Law"], groups: ["Natural", "Stiff"],
  parts: [
    { row: "<b>Health</b>", group: "Natural", count: 3, query: "domain:health/* naturalness:5", pick: "" },
    { row: "<b>Health</b>", group: "Stiff", count: 0, query: "domain:health/* naturalness:2", pick: "" },
    { row: "Law", group: "Natural", count: 2, query: "", pick: "day=2026-11-25=edited" },
  ],
  figure: {},
};

function desk() {
  const went: unknown[] = [];
  const ctx = {
    navigate: (_tab: string, args: unknown) => went.push(args),
    notice: (what: unknown) => went.push(what),
    call: async (_name: string, args: { pick: string }) => {
      if (args.pick === "broken") throw new Error("broken");
      return { query: `picked ${args.pick}` };
    },
  } as unknown as Ctx;
  return { ctx, went };
}

test("the sentence has its numbers as people write them", () => {
  assert.equal(sentenceOf(ANSWER), "1,200 of 4,000 combinations have no conversation.");
});

test("every number that counts something is a button to Browse, its labels only text", () => {
  const { ctx, went } = desk();
  page.replaceChildren(tableOf(ctx, ANSWER));
  assert.match(page.textContent!, /<b>Health<\/b>/);
  const buttons = [...page.querySelectorAll<HTMLButtonElement>("button")];
  assert.deepEqual(buttons.map((button) => button.textContent), ["3", "2"]);
  assert.equal(buttons[0]!.getAttribute("aria-label"), "3: browse <b>Health</b>, Natural");
  buttons[0]!.click();
  assert.deepEqual(went, [{ query: "domain:health/* naturalness:5" }]);
});

test("what only the journal knows is looked up first; a failure is told", async () => {
  const { ctx, went } = desk();
  await browsePart(ctx, ANSWER.parts[2]!);
  await browsePart(ctx, { ...ANSWER.parts[2]!, pick: "broken" });
  assert.deepEqual(went[0], { query: "picked day=2026-11-25=edited" });
  assert.match(String(went[1]), /broken/);
});
