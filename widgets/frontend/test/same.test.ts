import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./dom.ts";
import type { Ctx } from "../src/core/ctx.ts";
import * as q from "../src/panels/generate_queue.ts";
import type { Draft, Line } from "../src/panels/generate_types.ts";
import { changedBefore, wholeRule } from "../src/same/changed.ts";
import { RuleForm } from "../src/same/form.ts";
import { fitting } from "../src/same/offer.ts";
import { fitRows } from "../src/same/rows.ts";
import { doneInWords, hasSlots, inOneLine, inWords, whatItDoes } from "../src/same/sentence.ts";
import { openSame } from "../src/same/sheet.ts";
import type { Rule } from "../src/replace/types.ts";
import type { Correction, Fit, Report } from "../src/same/types.ts";

const rule = (find: string, by = "", more: Partial<Rule> = {}): Rule => wholeRule({ find, by, roles: ["assistant"], slots: true, ...more });
const correction = (fits: number, ...rules: Rule[]): Correction => ({ removed: "", added: "", rules, best: rules.length - 1, fits });
const fit = (id: string, more: Partial<Fit> = {}): Fit => ({
  id, kind: "draft", title: "", recipe: "answer", row: 0, run: "r", stale: false, hits: 1, emptied: 0, checked: true, worse: [], better: [],
  turns: [{ turn: 2, role: "assistant", parts: [{ kind: "removed", text: "Certainly! " }, { kind: "same", text: "<b>Yes.</b>" }] }],
  ...more,
});
const report = (more: Partial<Report> = {}): Report => ({ read: 9, found: 3, hits: 4, beyond: 0, emptied: 0, live: 0, broken: [], unsure: 0, rows: [], ...more });

test("a rule is a sentence", () => {
  assert.equal(inWords(rule("Certainly!  ", "", { at: "start" })), "Assistant, at the start of a turn: leave out “Certainly!”");
  assert.equal(inWords(rule("kids", "children", { roles: [] })), "everybody: “kids” becomes “children”");
  assert.equal(whatItDoes(rule("", "Bye.", { at: "end" })), "add “Bye.”");
  assert.ok(hasSlots(rule("for {number2} euros")));
  assert.ok(!hasSlots(rule("for {numbers} euros")));
  assert.ok(!hasSlots(rule("{name}", "", { slots: false })));
});

test("what fits most is offered, and nothing when nothing fits", () => {
  const few = correction(1, rule("a b"));
  const many = correction(3, rule("c d"));
  assert.equal(fitting({ run: "r", corrections: [few, many] }), many);
  assert.equal(fitting({ run: "r", corrections: [correction(0, rule("a b"))] }), null);
  assert.equal(fitting({ run: "r", corrections: [] }), null);
});

test("the form begins with the correction that fits most, by its best rule", () => {
  const form = new RuleForm([correction(1, rule("a b")), correction(3, rule("x c d y"), rule("c d"))], "r", false, () => {});
  assert.equal(form.value.find, "c d");
  assert.deepEqual(form.asked, { run: "r", samples: false });
  assert.ok(!form.nothing);
});

test("narrower and wider stop at the ends and ask again only when something changed", () => {
  let asked = 0;
  const form = new RuleForm([correction(3, rule("x c d y"), rule("c d"))], "r", false, () => (asked += 1));
  form.step(1);
  assert.equal(asked, 0);
  form.step(-1);
  form.step(-1);
  assert.equal(form.value.find, "x c d y");
  assert.equal(asked, 1);
  assert.match(form.element.textContent ?? "", /“x c d y”/);
});

test("a rule in one's own words keeps what else it says", () => {
  const form = new RuleForm([correction(3, rule("c d", "e", { once: true }))], "r", false, () => {});
  const [find] = form.element.querySelectorAll<HTMLInputElement>("input[type=text]");
  find!.value = "c";
  find!.dispatchEvent(new Event("input", { bubbles: true }));
  assert.deepEqual(form.value, rule("c", "e", { once: true }));
  form.element.querySelectorAll<HTMLInputElement>(".wb-same-options input[type=checkbox]").forEach((box) => {
    box.checked = false;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  });
  assert.ok(form.nothing, "nobody's turns are left");
});

test("rows show text only as text, and what a check speaks against is not ticked", () => {
  let changed = 0;
  const rows = fitRows(() => (changed += 1), () => {});
  rows.clear(["b"]);
  rows.add([fit("a"), fit("b", { worse: [{ check: "similar", score: 0, severity: "problem", message: "the same as draft 4" }] })], 4);
  const boxes = [...rows.element.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  assert.deepEqual(boxes.map((box) => box.checked), [true, false]);
  assert.ok(!boxes[0]!.hasAttribute("aria-label"), "the label around says which draft it is");
  assert.match(rows.element.textContent ?? "", /then: similar.*the same as draft 4/);
  assert.match(rows.element.textContent ?? "", /<b>Yes\.<\/b>/);
  assert.equal(rows.element.querySelector("b"), null);
  assert.ok(rows.element.querySelector(".wb-replace-more"), "two are not shown yet");
  boxes[0]!.checked = false;
  boxes[0]!.dispatchEvent(new Event("change", { bubbles: true }));
  assert.deepEqual([...rows.without], ["b", "a"]);
  assert.equal(changed, 1);
});

test("the keys go from tick to tick and stop at the ends", () => {
  const rows = fitRows(() => {}, () => {});
  document.body.append(rows.element);
  rows.element.querySelectorAll("article").forEach((row) => (row.scrollIntoView = () => {}));
  rows.clear();
  rows.add([fit("a"), fit("b")], 2);
  rows.element.querySelectorAll("article").forEach((row) => (row.scrollIntoView = () => {}));
  const at = (): string | undefined => document.activeElement?.closest<HTMLElement>("[data-fit]")?.dataset["fit"];
  rows.move(1);
  assert.equal(at(), "a");
  rows.move(1);
  rows.move(1);
  assert.equal(at(), "b");
  rows.move(-1);
  assert.equal(at(), "a");
  rows.element.remove();
});

test("what was found and done is one sentence", () => {
  assert.equal(inOneLine(report(), 0), "Fits 3 of 9 read");
  assert.equal(
    inOneLine(report({ broken: ["a"], emptied: 1, live: 2, beyond: 5, unsure: 1 }), 1),
    "Fits 3 of 9 read, 1 taken out, a check speaks against 1 afterwards, 1 worth a look, 5 more are beyond what one step may change, 1 turn would be left empty and stays as it is, 2 are run turn by turn and left alone",
  );
  assert.equal(doneInWords({ drafts: 2, samples: 1, hits: 4, conflicts: 1 }), "2 drafts changed, 1 conversation changed, 1 was decided or changed meanwhile and left alone. u takes it back.");
});

test("a changed draft shows who changed it, by which rule, and its first words", () => {
  const draft = {
    id: "d", run: "r", row: 0, recipe: "answer", version: "1", state: "draft", seed: 0, depth: 1,
    turns: [{ id: "t1", role: "user", content: "Q" }, { id: "t2", role: "assistant", content: "Yes." }],
    made: [{ id: "t1", role: "user", content: "Q" }, { id: "t2", role: "assistant", content: "Certainly! Yes." }],
    changes: [{ author: "ben", at: 1, rule: { find: "Certainly! ", roles: ["assistant"], at: "start" } }],
  } as Draft;
  const told = changedBefore(draft)!;
  assert.match(told.textContent ?? "", /ben: Assistant, at the start of a turn: leave out “Certainly!”/);
  assert.equal(told.querySelector("del")?.textContent, "Certainly! ");
  assert.equal(told.querySelectorAll(".wb-replace-place").length, 1, "the turn that stayed is not shown");
  assert.equal(changedBefore({ ...draft, changes: [], made: [] }), null);
});

test("lines that say something else by now are known", () => {
  const line = (id: string, changed: number): Line => ({ id, run: "r", row: 1, recipe: "n", group: "", rank: null, turns: 2, start: id, worst: "", findings: 0, changed });
  assert.deepEqual(q.saidOtherwise([line("a", 0), line("b", 0)], [line("a", 1), line("b", 0), line("c", 1)]), ["a"]);
  assert.ok(!q.sameLines([line("a", 0)], [line("a", 1)]));
});

/** The sheet over drafts that three fit; jobs end at once, `slow` commands when they are told to. */
function sheet(...slow: string[]) {
  const sent: string[] = [];
  const come: Record<string, () => void> = {};
  let done = false;
  const answers: Record<string, unknown> = { "repeat.look": { job: "look" }, "repeat.apply": { job: "write" }, "job.list": [{ id: "look", state: "done" }, { id: "write", state: "done" }], "repeat.report": report({ rows: [fit("a"), fit("b"), fit("c")] }), "repeat.done": { drafts: 3, samples: 0, hits: 3, conflicts: 0 }, "job.cancel": {} };
  const call = (name: string): Promise<unknown> => {
    sent.push(name);
    return slow.includes(name) ? new Promise((end) => (come[name] = () => end(answers[name]))) : Promise.resolve(answers[name]);
  };
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  openSame(root, { call, on: () => () => {}, notice: () => {} } as unknown as Ctx, { run: "r", corrections: [correction(3, rule("x c d y"), rule("c d"))] }, () => (done = true));
  const dialog = root.querySelector<HTMLElement>("[role=dialog]")!;
  return { sent, come, dialog, done: () => done, apply: dialog.querySelector<HTMLButtonElement>("[data-action=same-apply]")! };
}
const settle = (ms = 10): Promise<void> => new Promise((end) => setTimeout(end, ms));

test("what the old rule found is not changed under a new one", async () => {
  const { come, dialog, apply, sent } = sheet("repeat.report");
  await settle();
  const find = dialog.querySelector<HTMLInputElement>("input[type=text]")!;
  find.value = "c";
  find.dispatchEvent(new Event("input", { bubbles: true }));
  come["repeat.report"]!();
  await settle();
  assert.ok(apply.disabled);
  press(find, "Enter", { ctrlKey: true });
  assert.ok(!sent.includes("repeat.apply"));
  press(find, "Escape");
});

test("while the change is made the rule stays as it is, and its end is heard", async () => {
  const { come, dialog, apply, sent, done } = sheet("repeat.done");
  await settle();
  apply.click();
  await settle();
  press(dialog, "n");
  await settle(400);
  assert.equal(sent.filter((name) => name === "repeat.look").length, 1);
  assert.match(dialog.textContent!, /“c d”/);
  come["repeat.done"]!();
  await settle();
  assert.ok(done());
});
