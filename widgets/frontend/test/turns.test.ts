// The conversation that is open, drawn anew while a person reads it: what did not change stays as it is.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { Conversation } from "../src/browse/conversation.ts";
import type { Opened } from "../src/core/nouns.ts";

const CALL = { id: "c", name: "look_up", arguments: '{"order": 4}' };
const TURNS = [
  { id: "t1", role: "user", content: "Where is my order?" },
  { id: "t2", role: "assistant", content: "y".repeat(300_000), tool_calls: [CALL, CALL] },
  { id: "t3", role: "user", content: "Thank you." },
];

function opened(more: Record<string, unknown> = {}, turns: unknown[] = TURNS, around: Record<string, unknown> = {}): Opened {
  const sample = { id: "s_1", title: "", turns, extra: { source: "desk" }, origin: { kind: "collected" }, ...more };
  return { sample, tags: [], notes: [], parents: [], children: [], titles: {}, depth: 0, source: null, synthetic: false, branch_of: null, ...more, ...around } as unknown as Opened;
}

function drawn(): Conversation {
  const conversation = new Conversation({ onTurn: () => {}, onOpen: () => {}, actions: () => [] });
  page.replaceChildren(conversation.element);
  conversation.show(opened(), [], null, []);
  return conversation;
}

const turn = (id: string): HTMLElement => page.querySelector<HTMLElement>(`[data-turn-id=${id}]`)!;
const tag = { turn: "t2", scheme: "naturalness", value: 4, author: "ana", at: "2026-01-01T00:00:00Z" };

test("a turn that says the same stays the element it was; one with a new tag is drawn anew in its place", () => {
  const conversation = drawn();
  const before = ["t1", "t2", "t3"].map(turn);
  conversation.show(opened({ tags: [tag] }), [], null, []);
  const after = [...page.querySelectorAll("[data-turn-id]")];
  assert.deepEqual([0, 1, 2].map((at) => before[at] === after[at]), [true, false, true]);
  assert.match(after[1]!.querySelector(".wb-turn-tags")!.textContent!, /naturalness/);
});

test("a message shown to its end, and one of two calls unfolded, stay so when its turn is drawn anew", () => {
  const conversation = drawn();
  turn("t2").querySelector<HTMLElement>(".wb-text > .wb-button")!.click();
  turn("t2").querySelectorAll("details")[1]!.setAttribute("open", "");
  page.querySelector(".wb-extra")!.setAttribute("open", "");
  conversation.show(opened({ tags: [tag] }), [], null, []);
  assert.equal(turn("t2").querySelector(".wb-text")!.textContent!.length, 300_000);
  assert.deepEqual([...turn("t2").querySelectorAll("details")].map((call) => call.open), [false, true]);
  assert.ok(page.querySelector<HTMLDetailsElement>(".wb-extra")!.open);
});

test("another conversation begins folded", () => {
  const conversation = drawn();
  conversation.show(opened({}, undefined, { parents: ["s_0"] }), [], null, []);
  page.querySelector(".wb-lineage")!.setAttribute("open", "");
  turn("t2").querySelector<HTMLElement>(".wb-text > .wb-button")!.click();
  turn("t2").querySelector("details")!.setAttribute("open", "");
  conversation.show(opened({ id: "s_2" }, undefined, { parents: ["s_0"] }), [], null, []);
  assert.ok(turn("t2").querySelector(".wb-text")!.textContent!.length < 201_000);
  assert.equal(page.querySelectorAll("details[open]").length, 0);
});

test("turns that are added, moved, changed or taken out are where they belong, also two under one id", () => {
  const conversation = drawn();
  const [one, two, three] = TURNS as [(typeof TURNS)[0], (typeof TURNS)[0], (typeof TURNS)[0]];
  for (const turns of [[three, one], [one, { ...two, content: "Soon." }, three], [], [one, { ...one }, three], [two, three, one]]) {
    conversation.show(opened({}, turns), [], null, []);
    const said = [...page.querySelectorAll(".wb-turns > *")].map((item) => item.querySelector(".wb-bubble > .wb-text")?.textContent?.slice(0, 5) ?? item.className);
    assert.deepEqual(said, [...turns.map((item) => item.content.slice(0, 5)), "wb-conversation-foot"]);
  }
});

test("whoever scrolled away from the current turn is taken to it again by choosing another one only", () => {
  const conversation = drawn();
  const pane = page.querySelector<HTMLElement>(".wb-turns")!;
  let moved = 0;
  Object.defineProperty(pane, "scrollTop", { get: () => 0, set: () => (moved += 1) });
  pane.getBoundingClientRect = () => ({ top: 0, bottom: 100 }) as DOMRect;
  for (const id of ["t1", "t3"]) turn(id).getBoundingClientRect = () => ({ top: 500, bottom: 520 }) as DOMRect;
  conversation.markTurn("t1");
  conversation.show(opened({ tags: [tag] }), [], "t1", []);
  assert.equal(moved, 1);
  conversation.markTurn("t3");
  assert.equal(moved, 2);
});

test("after the editor stood in its place, the conversation is shown again", () => {
  const conversation = drawn();
  conversation.element.replaceChildren("the editor");
  conversation.show(opened(), [], null, []);
  assert.equal(page.querySelectorAll(".wb-conversation > .wb-turns > [data-turn-id]").length, 3);
  assert.ok(page.querySelector(".wb-conversation > .wb-conversation-head h3"));
  assert.doesNotMatch(page.textContent!, /the editor/);
});

test("the conversation says to a press which one it is", () => {
  const conversation = drawn();
  assert.equal(conversation.element.dataset.about, "s_1");
  conversation.none(false);
  assert.equal(conversation.element.dataset.about, undefined);
});
