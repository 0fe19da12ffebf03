import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.ts";
import { press } from "./dom.ts";
import { aligned, changesInWords, folded } from "../src/panels/generate_align.ts";
import { lines, price } from "../src/panels/generate_estimate.ts";
import { kindOf, parameterForm, parsed } from "../src/panels/generate_form.ts";
import { decideKeys } from "../src/panels/generate_keys.ts";
import { limitOf } from "../src/panels/generate_limits.ts";
import * as q from "../src/panels/generate_queue.ts";
import { fits } from "../src/panels/generate_recipes.ts";
import { REASONS, askReason } from "../src/panels/generate_reject.ts";
import { lostRows } from "../src/panels/generate_lost.ts";
import { RunTable, cost, countsInWords } from "../src/panels/generate_runs.ts";
import type { Line, Recipe, Run } from "../src/panels/generate_types.ts";

const line = (id: string, more: Partial<Line> = {}): Line => ({ id, run: "r", row: 1, recipe: "noise", group: "", rank: null, turns: 2, start: id, worst: "", findings: 0, ...more });
const queueOf = (...ids: string[]): q.Queue => q.merged(q.EMPTY, ids.map((id) => line(id)));
const turn = (id: string, role: string, content: string) => ({ id, role, content });

test("the first draft opens by itself", () => {
  assert.equal(queueOf("a", "b").open, "a");
  assert.equal(queueOf().open, "");
});

test("drafts that come while one is open do not disturb it", () => {
  const queue = q.opened(queueOf("a", "b"), "b");
  assert.equal(q.merged(queue, ["a", "b", "c", "d"].map((id) => line(id))).open, "b");
});

test("when somebody else decided the open draft, the one at its place opens", () => {
  const queue = q.opened(queueOf("a", "b", "c"), "b");
  assert.equal(q.merged(queue, [line("a"), line("c")]).open, "c");
});

test("moving stops at both ends", () => {
  const queue = queueOf("a", "b");
  assert.equal(q.moved(queue, -1).open, "a");
  assert.equal(q.moved(q.moved(queue, 1), 1).open, "b");
});

test("after a decision the next draft opens, at the end the one before", () => {
  assert.equal(q.decided(q.opened(queueOf("a", "b", "c"), "b"), ["b"]).open, "c");
  assert.equal(q.decided(q.opened(queueOf("a", "b"), "b"), ["b"]).open, "a");
  assert.equal(q.decided(queueOf("a"), ["a"]).open, "");
});

test("a skipped draft is passed over until only skipped ones are left", () => {
  const queue = q.skipped(queueOf("a", "b", "c"));
  assert.equal(queue.open, "b");
  const rest = q.decided(queue, ["b"]);
  assert.equal(rest.open, "c");
  assert.equal(q.decided(rest, ["c"]).open, "a");
});

test("ranks are for candidates of one request", () => {
  const queue = q.merged(q.EMPTY, [line("a", { group: "g", rank: 1 }), line("b", { group: "g" }), line("c", { group: "h" })]);
  assert.deepEqual(q.ranksWith(queue, "b", 2), { a: 1, b: 2 });
  assert.equal(q.ranksWith(queue, "b", 3), null);
  assert.equal(q.ranksWith(queue, "c", 1), null);
  assert.match(q.whyNoRank(queue, "c"), /several candidates/);
});

test("turns with the same id stand side by side, whatever their order", () => {
  const before = [turn("t1", "user", "Hello"), turn("t2", "assistant", "Hi")];
  const pairs = aligned(before, [turn("t1", "user", "Hallo"), turn("t2", "assistant", "Hi"), turn("t3", "user", "Bye")]);
  assert.deepEqual(pairs.map((pair) => pair.kind), ["changed", "same", "added"]);
  assert.equal(changesInWords(pairs), "1 of 3 turns changed, 1 added");
});

test("a turn that was left out stays at its place", () => {
  const pairs = aligned([turn("t1", "user", "A"), turn("t2", "assistant", "B"), turn("t3", "user", "C")], [turn("t1", "user", "A"), turn("t3", "user", "C")]);
  assert.deepEqual(pairs.map((pair) => pair.kind), ["same", "removed", "same"]);
});

test("a new answer stands beside the one it replaces, without a word diff when nothing stayed", () => {
  const [, pair] = aligned([turn("t1", "user", "A"), turn("t2", "assistant", "No, it is closed")], [turn("t1", "user", "A"), turn("t3", "assistant", "Gladly")]);
  assert.equal(pair!.kind, "changed");
  assert.equal(pair!.before?.id, "t2");
  assert.equal(pair!.after?.id, "t3");
  assert.equal(pair!.parts, undefined);
});

test("without common ids the place counts", () => {
  const pairs = aligned([turn("t1", "user", "A")], [turn("x1", "user", "A"), turn("x2", "assistant", "B")]);
  assert.deepEqual(pairs.map((pair) => pair.kind), ["same", "added"]);
});

test("unchanged turns are folded, except the one before a change", () => {
  const before = ["1", "2", "3", "4"].map((id) => turn(id, "user", id));
  const after = before.map((item) => (item.id === "4" ? { ...item, content: "new" } : item));
  const parts = folded(aligned(before, after));
  assert.deepEqual(parts.map((part) => ("hidden" in part ? part.hidden.length : part.after?.id)), [2, "3", "4"]);
});

test("nothing is folded where everything changed", () => {
  const pairs = aligned([turn("1", "user", "a")], [turn("1", "user", "b")]);
  assert.equal(folded(pairs).length, 1);
});

test("a field's kind follows from what the recipe declares", () => {
  assert.equal(kindOf({ name: "a", kind: "boolean" }), "flag");
  assert.equal(kindOf({ name: "a", kind: "integer" }), "integer");
  assert.equal(kindOf({ name: "a", kind: "long_text" }), "text");
  assert.equal(kindOf({ name: "a", kind: "choice", choices: ["x"] }), "choice");
});

test("numbers are read with their limits, in either writing", () => {
  const share = { name: "share", kind: "number", minimum: 0, maximum: 1 };
  assert.deepEqual(parsed(share, "0,5"), { value: 0.5 });
  assert.ok("problem" in parsed(share, "1.5"));
  assert.ok("problem" in parsed(share, ""));
  assert.ok("problem" in parsed({ name: "n", kind: "integer" }, "1.5"));
});

test("a choice keeps the type of its value", () => {
  assert.deepEqual(parsed({ name: "n", choices: [1, 2] }, "2"), { value: 2 });
});

test("a form gives all values, or none and marks the wrong one", () => {
  let changes = 0;
  const form = parameterForm([{ name: "n", kind: "integer", default: 2 }, { name: "on", kind: "boolean", default: true }], () => (changes += 1));
  assert.deepEqual(form.values(), { n: 2, on: true });
  const input = form.element.querySelector<HTMLInputElement>("[data-param=n]")!;
  input.value = "two";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  assert.equal(form.values(), null);
  assert.ok(input.classList.contains("wb-invalid"));
  assert.equal(changes, 1);
});

test("an estimate says unknown where nothing is known", () => {
  assert.equal(price(undefined), "unknown");
  assert.equal(price(0), "nothing");
  assert.equal(price(0.00042), "$0.0004");
  assert.deepEqual(lines({ rows: 3, drafts: 3 }).at(-1), ["Model calls", "none"]);
  assert.deepEqual(["sample", "document", "nothing"].map((start) => lines({ rows: 3, drafts: 3 }, start)[0]![0]), ["Conversations", "Documents", "Drafts, most"]);
  assert.deepEqual(lines({ rows: 3, drafts: 3, calls: 2, prompt_tokens: 10, completion_tokens: 5 }).slice(-2), [["Tokens, about", "15"], ["Price", "unknown"]]);
});

test("an empty limit is no limit", () => {
  assert.deepEqual(limitOf(" ", true), { value: null });
  assert.deepEqual(limitOf("2,5", false), { value: 2.5 });
  assert.ok("problem" in limitOf("2.5", true));
  assert.ok("problem" in limitOf("-1", false));
});

test("recipes are found by any of their words", () => {
  const recipe: Recipe = { name: "noise", version: "1", title: "As people type", explanation: "Slips and haste", needs_model: false };
  assert.ok(fits(recipe, "slips type"));
  assert.ok(!fits(recipe, "slips model"));
});

test("a run's rows are told so that they add up", () => {
  assert.equal(countsInWords({ counts: { drafted: 3, failed: 1, accepted: 0 }, waiting: 6, requested: 10 }), "3 to decide, 1 came to nothing, 6 waiting of 10");
  assert.equal(countsInWords({ counts: {}, waiting: 0, requested: 2 }), "nothing yet of 2");
});

test("every digit ranks", () => {
  const given: number[] = [];
  const nothing = (): void => {};
  const keys = decideKeys({ move: nothing, accept: nothing, edit: nothing, reject: nothing, skip: nothing, undo: nothing, rank: (n) => given.push(n), help: nothing, compare: nothing, judge: nothing });
  for (const key of "123456789") keys.find((item) => item.keys.includes(key))!.run({ key } as KeyboardEvent);
  assert.deepEqual(given, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("a rejection is one digit, and closes the question", () => {
  document.body.replaceChildren();
  const root = document.createElement("div");
  root.className = "wb-root";
  document.body.append(root);
  const reasons: string[] = [];
  askReason(root, (reason) => reasons.push(reason));
  press(root.querySelector(".wb-reason")!, "2");
  assert.deepEqual(reasons, [REASONS[1]]);
  assert.equal(root.querySelector(".wb-overlay"), null);
});

test("what nobody knows to be paid is called maybe charged", () => {
  assert.equal(countsInWords({ counts: { drafted: 1, in_doubt: 2 }, waiting: 0, requested: 3 }), "1 to decide, 2 maybe charged of 3");
  const spent = { calls: 3, tokens: 40, usd: 0, states: { done: 1, in_doubt: 2 } };
  assert.match(cost({ model: "m", cost: spent }), /2 calls maybe charged/);
  assert.doesNotMatch(cost({ model: "m", cost: { ...spent, states: { done: 3 } } }), /maybe/);
});

const LOST = [
  { id: "d1", row: 0, state: "in_doubt", reason: "no complete answer", raw: "", repairable: false },
  { id: "d2", row: 2, state: "failed", reason: "the model did not answer with valid JSON", raw: '{"a": <b>', repairable: true },
  { id: "d3", row: 3, state: "failed", reason: "the model declined to answer", raw: "I will not", repairable: false },
];

async function lostList(answer: (name: string) => unknown = () => ({ rows: LOST, more: false })) {
  const asked: [string, unknown][] = [];
  const notices: unknown[] = [];
  let changed = 0;
  const call = async (name: string, args: unknown) => (asked.push([name, args]), answer(name));
  const list = lostRows({ call, notice: (error: unknown) => void notices.push(error) } as never, () => void (changed += 1));
  await list.show("r");
  const settle = () => new Promise((done) => setTimeout(done));
  return { list, asked, notices, settle, changed: () => changed };
}

test("a row that was maybe charged is sent again by its own button, and no other row is sent with it", async () => {
  const { list, asked, settle, changed } = await lostList();
  const buttons = [...list.element.querySelectorAll<HTMLButtonElement>("[data-action=send-again]")];
  assert.equal(buttons.length, 1);
  assert.match(list.element.textContent ?? "", /row 1.*maybe charged.*no complete answer/);
  buttons[0]?.click();
  await settle();
  assert.deepEqual(asked[1], ["run.resume", { run: "r", only: ["d1"], send_again: ["d1"] }]);
  assert.equal(changed(), 1);
});

test("a row that failed is tried again alone", async () => {
  const { list, asked, settle } = await lostList();
  list.element.querySelector<HTMLButtonElement>("[data-draft=d3] [data-action=try-again]")?.click();
  await settle();
  assert.deepEqual(asked[1], ["run.resume", { run: "r", only: ["d3"] }]);
});

test("ticked rows are tried together, and what may be paid for twice is said before", async () => {
  const { list, asked, settle } = await lostList();
  assert.equal(list.element.querySelector("[data-action=try-chosen]"), null);
  for (const id of ["d2", "d1"]) {
    const box = list.element.querySelector<HTMLInputElement>(`[data-draft=${id}] input[type=checkbox]`)!;
    box.checked = true;
    box.dispatchEvent(new Event("change"));
  }
  assert.match(list.element.textContent ?? "", /Try the 2 chosen rows again.*1 of them may be paid for twice/);
  list.element.querySelector<HTMLButtonElement>("[data-action=try-chosen]")?.click();
  await settle();
  assert.deepEqual(asked[1], ["run.resume", { run: "r", only: ["d1", "d2"], send_again: ["d1"] }]);
});

test("what the model wrote is shown as text, and read again as it was mended", async () => {
  const { list, asked, settle } = await lostList();
  const texts = [...list.element.querySelectorAll("textarea")];
  assert.deepEqual(texts.map((text) => text.value), ['{"a": <b>']);
  assert.equal(list.element.querySelector("b"), null);
  assert.equal(list.element.querySelector("pre")?.textContent, "I will not");
  (texts[0] as HTMLTextAreaElement).value = '{"a": 1}';
  list.look();
  await settle();
  assert.equal(asked.length, 1, "nobody is interrupted in writing");
  list.element.querySelector<HTMLButtonElement>("[data-action=repair]")?.click();
  await settle();
  assert.deepEqual(asked[1], ["draft.repair", { id: "d2", text: '{"a": 1}' }]);
});

test("a text that still cannot be read stays as it was typed", async () => {
  const { list, notices, settle } = await lostList((name) => (name === "draft.repair" ? Promise.reject(new Error("no JSON")) : { rows: LOST, more: true }));
  const text = list.element.querySelector("textarea") as HTMLTextAreaElement;
  text.value = "{";
  const read = list.element.querySelector<HTMLButtonElement>("[data-action=repair]");
  read?.click();
  await settle();
  assert.equal(notices.length, 1);
  assert.equal(text.value, "{");
  assert.equal(read?.disabled, false);
  assert.match(list.element.textContent ?? "", /There are more/);
});

test("the list goes away when it is asked for again, and when nothing is left in it", async () => {
  const { list } = await lostList();
  assert.equal(list.element.hidden, false);
  await list.show("r");
  assert.equal(list.element.hidden, true);
  const empty = await lostList(() => ({ rows: [], more: false }));
  assert.equal(empty.list.element.hidden, true);
});

test("no look draws the rows anew while somebody is in a text of them, also one that began before", async () => {
  const { list, asked, settle } = await lostList((name) => ({ rows: name === "draft.lost" ? LOST.map((row) => ({ ...row, reason: String(Math.random()) })) : [], more: false }));
  document.body.replaceChildren(list.element);
  const text = list.element.querySelector("textarea") as HTMLTextAreaElement;
  list.look();
  text.focus();
  await settle();
  assert.equal(asked.length, 2);
  assert.equal(document.activeElement, text);
  list.look();
  await settle();
  assert.equal(asked.length, 2);
});

test("a mended text is not dropped without a word: neither by the same run again nor by another", async () => {
  const { list, notices } = await lostList();
  const text = list.element.querySelector("textarea") as HTMLTextAreaElement;
  text.value = "{";
  await list.show("r");
  await list.show("other");
  assert.equal(notices.length, 2);
  assert.equal(list.element.contains(text), true);
  list.element.querySelector<HTMLElement>("[data-action=lost-close]")!.click();
  assert.equal(list.element.hidden, true);
});

test("a run that stopped under a limit goes on under a higher one", async () => {
  const asked: [string, unknown][] = [];
  const ctx = { call: async (name: string, args: unknown) => (asked.push([name, args]), {}), notice: () => {} } as never;
  const actions = { open: () => {}, gave: () => {}, lost: () => {}, again: () => {}, leave: () => {} };
  const stopped = { id: "r", recipe: "duet", version: "1", author: "ana", requested: 4, counts: {}, waiting: 4, reasons: {}, message: "", model: "m", query: "", started_at: 1, ended_at: 2, cost: { calls: 0, tokens: 0, usd: 0 }, state: "failed", here: false, limit: { budget: { usd: 1.5, calls: 4 }, calls: 4, tokens: 10, usd: 0.2 } } as Run;
  const tableOf = (run: Run): HTMLElement => {
    const drawn = new RunTable(ctx, actions);
    drawn.draw([run], null);
    return drawn.element;
  };
  const table = tableOf(stopped);
  const field = table.querySelector<HTMLInputElement>("[data-raise=usd]")!;
  field.value = "2.5";
  field.dispatchEvent(new Event("input"));
  table.querySelector<HTMLButtonElement>("[data-action=raise-limit]")!.click();
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(asked, [["run.resume", { run: stopped.id, budget: { usd: 2.5, calls: 4 } }]]);
  for (const run of [{ ...stopped, state: "done" }, { ...stopped, here: true, state: "running" }, { ...stopped, limit: null }]) {
    assert.equal(tableOf(run).querySelector("details[data-raise]"), null);
  }
});

test("the form that raises a limit outlives the table drawn again, and an answer that is an error", async () => {
  const ctx = { call: () => Promise.reject(new Error("busy")), notice: () => {} } as never;
  const stopped = { id: "r", recipe: "duet", requested: 4, counts: {}, waiting: 4, reasons: {}, message: "", model: "m", query: "", started_at: 1, cost: { calls: 0, tokens: 0, usd: 0 }, state: "failed", here: false, limit: { budget: { calls: 4 }, calls: 4, tokens: 10, usd: 0 } } as unknown as Run;
  const table = new RunTable(ctx, { open: () => {}, gave: () => {}, lost: () => {}, again: () => {}, leave: () => {} });
  document.body.replaceChildren(table.element);
  table.draw([stopped], null);
  const box = table.element.querySelector<HTMLDetailsElement>("details[data-raise]")!;
  const field = box.querySelector("input")!;
  const go = box.querySelector<HTMLButtonElement>("[data-action=raise-limit]")!;
  box.open = true;
  field.value = "9";
  field.dispatchEvent(new Event("input"));
  go.focus();
  table.draw([{ ...stopped, waiting: 3 }], null);
  assert.equal(document.activeElement, go);
  go.blur();
  table.draw([{ ...stopped, waiting: 2 }], null);
  assert.equal(table.element.contains(field), true);
  go.click();
  assert.equal(go.disabled, true);
  await new Promise((done) => setTimeout(done));
  assert.equal(go.disabled, false);
  assert.equal(box.open, true);
  table.close();
});
