// Proposed items as values and as elements: which one is open, what the words say, the form of one, the keys.
import { boardOf, item, proposed } from "./approve_world.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { press } from "./dom.ts";
import { bindKeys } from "../src/core/keys.ts";
import { editItem } from "../src/panels/approve_edit.ts";
import { itemView } from "../src/panels/approve_item.ts";
import { approveKeys, type ApproveActions } from "../src/panels/approve_keys.ts";
import { costInWords } from "../src/panels/approve_next.ts";
import * as a from "../src/panels/approve_state.ts";
import type { Item, Proposed } from "../src/panels/approve_types.ts";
import { lines } from "../src/panels/generate_estimate.ts";
import { countsInWords } from "../src/panels/generate_runs.ts";

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
