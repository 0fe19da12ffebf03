import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { offerFor } from "../src/panels/quality_alike.ts";
import { browsePart, sentenceOf, tableOf, type Answer } from "../src/panels/quality_questions.ts";

const ANSWER: Answer = {
  name: "coverage", question: "What is missing?", sentence: "Combinations without a conversation: {empty} of {all}.", values: { empty: 1200, all: 4000 },
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
  assert.equal(sentenceOf(ANSWER), "Combinations without a conversation: 1,200 of 4,000.");
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

test("where near-duplicates are not measured there is an offer to, and afterwards all is counted again", async () => {
  const said: string[] = [];
  let state = "running";
  let measured = 0;
  let hear = (_: unknown): void => {};
  const ctx = {
    call: async (name: string) => (said.push(name), name === "quality.alike" ? { job: "j1" } : [{ id: "j1", state, title: "", done: 0, total: 0, message: "" }]),
    on: (_event: string, listener: any) => ((hear = listener), () => {}),
    notice: (what: unknown) => said.push(String((what as { message: string }).message)),
  } as unknown as Ctx;
  const offer = (values: Record<string, number>, name = "alike") => offerFor(ctx, { name, values }, () => (measured += 1));
  assert.equal(offer({ unknown: 0 }), null);
  assert.equal(offer({ unknown: 3 }, "domains"), null);
  const element = offer({ unknown: 3 })!;
  page.replaceChildren(element);
  const press = (): void => element.querySelector<HTMLButtonElement>("[data-action=measure-alike]")!.click();
  press();
  await new Promise((done) => setTimeout(done, 10));
  assert.equal(element.querySelector("[data-action=measure-alike]"), null, "one measuring at a time");
  hear([{ id: "j1", state: "failed", error: { code: "x", message: "no room", hint: "" } }]);
  assert.deepEqual([said.at(-1), measured], ["no room", 0]);
  state = "done";
  press();
  await new Promise((done) => setTimeout(done, 10));
  assert.equal(measured, 1);
});
