import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.ts";
import { press } from "./dom.ts";
import { bindKeys } from "../src/core/keys.ts";
import { editItem } from "../src/panels/approve_edit.ts";
import { itemView } from "../src/panels/approve_item.ts";
import { approveKeys, type ApproveActions } from "../src/panels/approve_keys.ts";
import { costInWords, nextBox } from "../src/panels/approve_next.ts";
import * as a from "../src/panels/approve_state.ts";
import type { Item, Proposed } from "../src/panels/approve_types.ts";
import { ApprovePane } from "../src/panels/generate_approve.ts";
import { decider } from "../src/panels/generate_decide.ts";
import { lines } from "../src/panels/generate_estimate.ts";
import { countsInWords } from "../src/panels/generate_runs.ts";

const item = (id: string, more: Partial<Item> = {}): Item => ({
  id,
  row: 0,
  state: "draft",
  changed: 0,
  turns: [{ id: "user_role", role: "system", content: `role of ${id}` }],
  parts: [{ id: "user_role", title: "Who asks", text: `role of ${id}`, made: `role of ${id}` }],
  findings: [],
  source: {},
  decided_by: "",
  reason: "",
  ...more,
});
const boardOf = (...ids: string[]): a.Board => a.filled(a.EMPTY, ids.map((id) => item(id)));
const proposed = (counts: Partial<Proposed["counts"]>, items: Item[] = []): Proposed => ({
  run: "r",
  what: "role cards",
  counts: { waiting: 0, ready: 0, used: 0, rejected: 0, ...counts },
  items,
  more: false,
  next: { recipe: "duet", title: "Two roles talk", needs_model: true, form: [{ name: "turns", kind: "integer", default: 6, title: "Turns" }] },
  runs: [],
});
const two = (): Record<string, () => unknown> => ({ "approve.list": () => proposed({ waiting: 2 }, [item("x"), item("y")]), "approve.estimate": () => ({ rows: 1 }), "approve.give": () => ({}) });
const settle = (ms = 0): Promise<void> => new Promise((done) => setTimeout(done, ms));

test("decided items leave and the one behind them opens, at the end the one before", () => {
  assert.equal(boardOf("x", "y").open, "x");
  assert.equal(a.without(a.opened(boardOf("x", "y", "z"), "y"), ["y"]).open, "z");
  assert.equal(a.without(a.opened(boardOf("x", "y"), "y"), ["y"]).open, "x");
  assert.equal(a.without(boardOf("x", "y"), ["x", "y"]).open, "");
});

test("items that come while one is open do not disturb it; moving stops at both ends", () => {
  const board = a.opened(boardOf("x", "y"), "y");
  assert.equal(a.filled(board, ["x", "y", "z"].map((id) => item(id))).open, "y");
  assert.equal(a.filled(board, [item("x"), item("z")]).open, "z");
  assert.equal(a.moved(board, 1).open, "y");
  assert.equal(a.moved(a.moved(board, -1), -1).open, "x");
});

test("counts follow a decision at once", () => {
  const now = a.counted(proposed({ waiting: 5, ready: 1 }), ["x", "y"], "ready");
  assert.deepEqual(now.counts, { waiting: 3, ready: 3, used: 0, rejected: 0 });
});

test("what stands where nothing waits says what can be done", () => {
  const says = (counts: Partial<Proposed["counts"]>, running = false): string => a.nothingOn("waiting", proposed(counts), running).join(" ");
  assert.match(says({}, true), /at work/);
  assert.match(says({ ready: 2 }), /2 are approved\. Start the next step/);
  assert.match(says({ used: 2 }), /was started/);
  assert.match(says({ rejected: 2 }), /Everything was rejected/);
  assert.match(says({}), /came to nothing/);
});

test("a run that proposes has rows to approve, not to decide", () => {
  const run = { counts: { drafted: 2, approved: 1 }, waiting: 0, requested: 3 };
  assert.equal(countsInWords({ ...run, proposes: "role cards" }), "2 to approve, 1 approved of 3");
  assert.equal(countsInWords(run), "2 to decide, 1 approved of 3");
});

test("what the next step costs is said in one line, and an unknown price stays unknown", () => {
  assert.equal(costInWords({ drafts: 3 }), "3 drafts at most, no model calls, no cost");
  assert.match(costInWords({ drafts: 1, calls: 6, prompt_tokens: 900, completion_tokens: 100 }), /^1 draft at most, 6 calls, about 1,000 tokens, price: unknown$/);
  assert.match(costInWords({ drafts: 1, calls: 6, usd: 0.5, usd_most: 0.9 }), /price: \$0\.50 \(at most \$0\.90\)/);
  assert.equal(lines({ rows: 3, drafts: 6 })[1]![1], "6");
});

test("an item's text is only text, its rewriting is a word diff, and who decided is said", () => {
  const bad = "<img src=x onerror=alert(1)>";
  const changed = item("x", { state: "approved", decided_by: "ana", parts: [{ id: "facts", title: "Facts", text: `${bad} new`, made: `${bad} old` }] });
  const view = itemView(changed, "i1", () => {});
  assert.equal(view.querySelector("img"), null);
  assert.equal(view.querySelector("ins")!.textContent, "new");
  assert.equal(view.querySelector("del")!.textContent, "old");
  assert.match(view.textContent!, /approved by ana/);
  const turnedDown = itemView(item("y", { state: "rejected", decided_by: "bo", reason: "off topic" }), "i2", () => {});
  assert.match(turnedDown.textContent!, /rejected by bo: off topic/);
  const asked = itemView(item("z", { parts: [{ id: "q1", title: "", text: "Why?", made: "Why?" }], source: { kind: "passage", text: "Because." } }), "i3", () => {});
  assert.equal(asked.querySelector("blockquote")!.textContent, "Because.");
});

test("an edited item keeps its turns and their extras; an empty part is refused", () => {
  let given: unknown = null;
  const one = item("x", { turns: [{ id: "user_role", role: "system", content: "a", extra: { passage: 1 } }], parts: [{ id: "user_role", title: "Who asks", text: "a", made: "a" }] } as Partial<Item>);
  const editor = editItem(one, { approve: (turns) => (given = turns), cancel: () => {} });
  const area = editor.element.querySelector("textarea")!;
  area.value = " ";
  editor.bar.querySelector<HTMLElement>("[data-action=approve-edited]")!.click();
  assert.equal(given, null);
  assert.ok(area.classList.contains("wb-invalid"));
  area.value = "You are a nurse. ";
  editor.keys[0]!.run(new KeyboardEvent("keydown"));
  assert.deepEqual(given, [{ id: "user_role", role: "system", content: "You are a nurse.", extra: { passage: 1 } }]);
});

test("every action of the bar has its key", () => {
  const done: string[] = [];
  const does = (name: string) => () => void done.push(name);
  const act: ApproveActions = { move: (by) => void done.push(`move ${by}`), approve: does("approve"), edit: does("edit"), reject: does("reject"), all: does("all"), undo: does("undo"), next: does("next"), help: does("help") };
  const element = document.createElement("div");
  document.body.append(element);
  bindKeys(element, () => approveKeys(act));
  for (const key of ["j", "k", "a", "e", "x", "u", "g", "?"]) press(element, key);
  press(element, "A", { shiftKey: true });
  assert.deepEqual(done, ["move 1", "move -1", "approve", "edit", "reject", "undo", "next", "help", "all"]);
  element.remove();
});

/** A context that answers commands from a table and keeps what was asked. */
function asked(answers: Record<string, (args: Record<string, unknown>) => unknown>) {
  const sent: [string, Record<string, unknown>][] = [];
  const notices: unknown[] = [];
  const ctx = {
    call: async (name: string, args: Record<string, unknown> = {}) => (sent.push([name, args]), answers[name]!(args)),
    notice: (what: unknown) => void notices.push(what),
  };
  return { ctx: ctx as never, sent, notices };
}

test("the next step waits for an approval, is priced by what is approved, and starts with its settings", async () => {
  const { ctx, sent } = asked({ "approve.estimate": () => ({ rows: 2, drafts: 2, calls: 12, usd: 0.1 }), "approve.run": () => ({ run: "r2" }) });
  const started: string[] = [];
  const box = nextBox(ctx, (run) => started.push(run));
  const go = box.element.querySelector<HTMLButtonElement>("[data-action=approve-next]")!;
  box.draw(proposed({ waiting: 3 }));
  assert.ok(go.disabled);
  assert.deepEqual(box.acts(), []);
  box.start();
  await settle(250);
  assert.deepEqual(sent, [], "nothing is asked and nothing started before an approval");
  box.draw(proposed({ waiting: 1, ready: 2 }));
  assert.ok(!go.disabled);
  await settle(250);
  assert.match(box.element.querySelector("[role=status]")!.textContent!, /from 2 approved: 2 drafts at most, 12 calls/);
  box.draw(proposed({ waiting: 1, ready: 2 }));
  await settle(250);
  assert.equal(sent.length, 1, "the same state is not priced twice");
  box.element.querySelector<HTMLInputElement>("[data-param=turns]")!.value = "8";
  assert.deepEqual(box.acts(), [{ name: "approve.run", args: { run: "r", params: { turns: 8 }, budget: {} } }]);
  const turns = box.element.querySelector<HTMLInputElement>("[data-param=turns]")!;
  turns.value = "many";
  turns.dispatchEvent(new Event("input", { bubbles: true }));
  await settle(250);
  assert.match(box.element.querySelector("[role=status]")!.textContent!, /when all fields can be read/, "no old price beside a setting that cannot be read");
  turns.value = "8";
  box.start();
  await settle();
  assert.deepEqual(sent.at(-1), ["approve.run", { run: "r", params: { turns: 8 }, budget: {} }]);
  assert.deepEqual(started, ["r2"]);
  box.close();
});

test("all that is shown is approved in one command, and a refusal leaves everything as it was", async () => {
  let refuse = false;
  const items = [item("x"), item("y")];
  const { ctx, sent, notices } = asked({
    "approve.list": () => proposed({ waiting: items.length }, items),
    "approve.estimate": () => ({ rows: 2, drafts: 2 }),
    "approve.give": () => {
      if (refuse) throw new Error("no");
      items.length = 0;
      return {};
    },
  });
  const element = document.createElement("section");
  let refreshed = 0;
  const pane = new ApprovePane(ctx, { element, follow: () => {}, refresh: () => void refreshed++, drawHead: () => {} });
  element.append(pane.element);
  assert.ok(pane.element.hidden);
  await pane.show("r", false);
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 2);
  assert.equal(pane.element.querySelector("[aria-selected=true]")!.getAttribute("data-item"), "x");
  const key = (name: string): void => void pane.keys().find((one) => one.keys.includes(name))!.run(new KeyboardEvent("keydown"));
  refuse = true;
  key("Shift+A");
  await settle();
  assert.equal(notices.length, 1);
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 2);
  refuse = false;
  key("Shift+A");
  await settle();
  assert.deepEqual(sent.filter(([name]) => name === "approve.give").at(-1)![1], { ids: ["x", "y"], seen: { x: 0, y: 0 } });
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 0);
  assert.ok(refreshed >= 1);
  await pane.show("", false);
  assert.ok(pane.element.hidden);
  assert.ok(!pane.on);
  pane.close();
});

/** A pane that shows two items of a run, with what a person does there. */
async function shown(answers: Record<string, (args: Record<string, unknown>) => unknown>) {
  const made = asked(answers);
  const element = document.createElement("section");
  document.body.replaceChildren(element);
  const pane = new ApprovePane(made.ctx, { element, follow: () => {}, refresh: () => {}, drawHead: () => {} });
  element.append(pane.element);
  await pane.show("r", true);
  const key = (name: string): void => void pane.keys().find((one) => one.keys.includes(name))!.run(new KeyboardEvent("keydown"));
  return { ...made, pane, key, area: () => pane.element.querySelector("textarea"), shelf: (name: string) => pane.element.querySelector<HTMLElement>(`[data-shelf=${name}]`)!.click() };
}

test("a text that is being rewritten is not lost to another shelf or run, and an untouched one is put away", async () => {
  const { pane, key, area, shelf, notices } = await shown(two());
  key("e");
  area()!.value = "other words";
  shelf("ready");
  await settle();
  assert.equal(area()!.value, "other words");
  assert.equal(document.activeElement, area());
  assert.match(String(notices[0]), /being rewritten/);
  assert.ok(pane.holds(), "the page around asks before it shows another run");
  area()!.value = "role of x";
  shelf("ready");
  await settle();
  assert.equal(area(), null);
  assert.equal(pane.element.querySelectorAll("[role=option]").length, 2, "the shelf is read, not loading for ever");
  assert.ok(!pane.holds());
  pane.close();
});

test("the answer to a decision on one item leaves the editor of another open", async () => {
  let come = (_: unknown): void => {};
  const { pane, key, area } = await shown({ ...two(), "approve.give": () => new Promise((done) => (come = done)) });
  key("a");
  key("e");
  assert.equal(area(), null, "the item whose decision is being saved is not rewritten");
  key("j");
  key("e");
  area()!.value = "other words";
  come({});
  await settle();
  assert.equal(area()?.value, "other words");
  pane.close();
});

test("the bar stays the same element while nothing in it changes", async () => {
  const { pane } = await shown(two());
  const bar = pane.bar();
  await pane.show("r", true);
  assert.equal(pane.bar(), bar);
  pane.close();
});

test("while a run goes on the bar keeps the button that was reached by Tab, and no other run takes the place of a typed text", async (told) => {
  const runs = ["r", "other"].map((id) => ({ id, state: "done", recipe: "roles", version: "1", author: "ana", here: true, proposes: "role cards", counts: {}, reasons: {}, waiting: 0, requested: 3, message: "", model: "", query: "", started_at: 0, ended_at: 0, cost: { calls: 0, tokens: 0, usd: null } }));
  const items = [item("x"), item("y")];
  const { ctx, sent, notices } = asked({ ...two(), "approve.list": ({ run }) => ({ ...proposed({ waiting: items.length }, [...items]), run: String(run) }), "run.list": () => runs, "draft.queue": () => ({ drafts: [], more: false }) });
  const heard: Record<string, () => void> = {};
  const page = decider(Object.assign(ctx as object, { on: (name: string, hear: () => void) => ((heard[name] = hear), () => {}) }) as never);
  told.after(() => page.close());
  document.body.replaceChildren(page.element);
  page.follow("r");
  await settle(20);
  page.element.querySelector<HTMLElement>("[data-action=approve-reject]")!.focus();
  items.push(item("z"));
  heard["changed"]!();
  await settle(20);
  assert.match(page.element.querySelector("h2")!.textContent!, /3 to approve/);
  assert.equal((document.activeElement as HTMLElement).dataset["action"], "approve-reject");
  press(document.activeElement!, "e");
  page.element.querySelector("textarea")!.value = "other words";
  page.follow("other");
  await settle(20);
  assert.equal(page.element.querySelector("textarea")?.value, "other words");
  assert.equal(notices.length, 1);
  assert.ok(!sent.some(([name, args]) => name === "approve.list" && args["run"] === "other"));
});
