// The rows of a run that came to nothing: tried again, or mended, and never paid for twice without a word.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { lostRows } from "../src/panels/generate_lost.ts";

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
