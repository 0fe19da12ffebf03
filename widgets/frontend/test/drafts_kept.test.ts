// Drafts come in, are given opinions and are changed while a person reads one: what they unfolded, selected and scrolled
// to stays as it is.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { page } from "./dom.ts";
import type { Ctx } from "../src/core/ctx.ts";
import { ProposalList } from "../src/panels/approve_list.ts";
import type { Item, Proposed } from "../src/panels/approve_types.ts";
import { decider } from "../src/panels/generate_decide.ts";
import { queueList } from "../src/panels/generate_list.ts";
import { EMPTY, merged } from "../src/panels/generate_queue.ts";
import type { Line } from "../src/panels/generate_types.ts";

const closing: (() => void)[] = [];
after(() => closing.forEach((close) => close()));
const settle = (ms = 15): Promise<void> => new Promise((done) => setTimeout(done, ms));
const line = (id: string, more: Partial<Line> = {}): Line => ({ id, run: "r", row: 0, recipe: "noise", group: "g", rank: null, turns: 4, start: id, worst: "", findings: 0, changed: 0, ...more });
const LONG = "y".repeat(300_000);
const TURNS = ["Hello.", "Yes?", "So it is.", LONG, "Bye."].map((content, at) => ({ id: `t${at + 1}`, role: at % 2 ? "assistant" : "user", content }));
const MADE = TURNS.map((turn, at) => (at === 4 ? { ...turn, content: "Good bye." } : turn));
const trust = { run: "j", model: "m", state: "done", drafts: 1, flagged: 1, caught: [9, 10], caught_range: null, alarms: [0, 10], alarms_range: null, people: [0, 0], length: null, least: 0.5, reliable: true };

/** The page, with its first draft open: its long message shown to its end, and its unchanged turns unfolded. */
async function reading() {
  const world = { lines: [line("d1"), line("d2")], opinion: null as unknown, turns: MADE, state: "running", wait: Promise.resolve() };
  let changed = (): void => {};
  const answers: Record<string, (args: any) => unknown> = {
    "run.list": () => [{ id: "r", recipe: "noise", version: "1", author: "ana", state: world.state, here: false, requested: 9, counts: { drafted: world.lines.length }, waiting: 0, reasons: {}, message: "", model: "", query: "", started_at: 1, ended_at: 2, cost: { calls: 0, tokens: 0, usd: 0 } }],
    "draft.queue": () => ({ drafts: world.lines, more: false, order: "run", look: { can: false, trust: null } }),
    "draft.open": ({ id }) => ({ draft: { ...line(id), turns: world.turns, made: MADE, changes: [{ author: "ben", rule: { find: "a", by: "b" } }], version: "1", depth: 1, state: "draft", seed: 0 }, parent: { id: "s", turns: TURNS }, parent_title: "", parents: 1, opinion: world.opinion, live: "" }),
  };
  const call = async (name: string, args: any = {}): Promise<unknown> => (await world.wait, (answers[name] ?? (() => ({})))(args));
  const ctx = { call, on: (event: string, hear: () => void) => (event === "changed" && (changed = hear), () => {}), notice: (what: unknown) => assert.fail(String(what)), navigate: () => {}, remember: () => {}, author: "ana" };
  const decide = decider(ctx as unknown as Ctx);
  closing.push(() => decide.close());
  page.replaceChildren(decide.element);
  await settle();
  const pane = page.querySelector<HTMLElement>(".wb-draft")!;
  pane.querySelector<HTMLElement>(".wb-fold")!.click();
  pane.querySelector<HTMLElement>(".wb-text > .wb-button")!.click();
  pane.querySelector(".wb-same-changed")!.setAttribute("open", "");
  pane.scrollTop = 700;
  return { world, pane, come: async () => (changed(), settle(430)), message: () => pane.querySelector<HTMLElement>("[data-turn-id=t4] .wb-text")! };
}

test("an opinion about the open draft, and another candidate beside it, leave its text as the person has it", async () => {
  const { world, pane, come, message } = await reading();
  const before = message();
  world.opinion = { scores: { right: 2 }, reason: "so", flagged: true, trust };
  world.lines = [line("d1", { opinion: "flagged", weighed: 1 }), line("d2")];
  await come();
  assert.match(pane.textContent!, /A machine's opinion/);
  world.lines = [...world.lines, line("d3")];
  await come();
  assert.match(pane.textContent!, /candidate of 3/);
  assert.equal(message(), before, "the same element: what is selected in it is selected still");
  assert.equal(before.textContent!.length, 300_000);
  assert.ok(pane.querySelector<HTMLDetailsElement>(".wb-same-changed")!.open);
  assert.equal(pane.scrollTop, 700);
});

test("a draft that somebody changed is read where it was, its folds open", async () => {
  const { world, pane, come, message } = await reading();
  world.turns = MADE.map((turn, at) => (at === 4 ? { ...turn, content: "Good day." } : turn));
  world.lines = [line("d1", { changed: 1 }), line("d2")];
  await come();
  assert.match(pane.textContent!, /Good day/);
  assert.equal(message().textContent!.length, 300_000);
  assert.ok(pane.querySelector<HTMLDetailsElement>(".wb-same-changed")!.open);
  assert.equal(pane.scrollTop, 700);
});

test("a draft whose new text takes long to come stays to be read meanwhile", async () => {
  const { world, come, message } = await reading();
  const before = message();
  world.lines = [line("d1", { changed: 1 }), line("d2")];
  await come();
  world.wait = settle(300); // another change, and this time the text is slow
  world.lines = [line("d1", { changed: 2 }), line("d2")];
  await come();
  await settle(420);
  assert.equal(message(), before);
});

/** How often a list is scrolled, where each row lies out of its view. */
function scrolls(element: HTMLElement): () => number {
  let times = 0;
  Object.defineProperty(element, "scrollTop", { get: () => 0, set: (top: number) => (times += top === 0 ? 0 : 1) });
  element.getBoundingClientRect = () => ({ top: 0, bottom: 100 }) as DOMRect;
  (window as any).HTMLElement.prototype.getBoundingClientRect = () => ({ top: 500, bottom: 520 });
  return () => times;
}

test("whoever scrolled through the queue is not taken back to the open draft by those that come", () => {
  const list = queueList(() => {});
  const times = scrolls(list.element);
  list.draw(merged(EMPTY, [line("a"), line("b")]), true, true);
  assert.equal(times(), 1);
  const row = list.element.children[1];
  list.draw(merged(EMPTY, [line("a"), line("b"), line("c")]), true, true);
  assert.equal(times(), 1);
  assert.equal(list.element.children[1], row);
  list.draw({ ...merged(EMPTY, [line("a"), line("b"), line("c")]), open: "c" }, false, true);
  assert.equal(times(), 2);
  assert.match(list.element.textContent!, /more are coming/);
  list.draw({ ...merged(EMPTY, [line("a"), line("b"), line("c")]), open: "c" }, false, false);
  assert.doesNotMatch(list.element.textContent!, /more are coming/, "the run ended without another draft");
});

test("an item that is read to its end stays so while others are proposed, and the list where it is scrolled to", () => {
  const item = (id: string): Item => ({ id, row: 0, state: "draft", changed: 0, turns: [], parts: [{ id: "t1", title: "", text: LONG, made: LONG }], findings: [], source: {}, decided_by: "", reason: "" }) as unknown as Item;
  const found = { counts: { waiting: 2, ready: 0, used: 0, rejected: 0 }, items: [], more: false } as unknown as Proposed;
  const list = new ProposalList({ onOpen: () => {}, onShelf: () => {} });
  const times = scrolls(list.element);
  const draw = (...ids: string[]): void => (list.draw({ items: ids.map(item), open: "a", shelf: "waiting" } as never, found, true), list.mark("a"));
  draw("a", "b");
  list.element.querySelectorAll<HTMLElement>(".wb-text > .wb-button")[1]!.click();
  draw("a", "b", "c");
  draw("a", "b");
  assert.equal(list.element.querySelectorAll(".wb-text")[1]!.textContent!.length, 300_000);
  assert.equal(times(), 1);
});
