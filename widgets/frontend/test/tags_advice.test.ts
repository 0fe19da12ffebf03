// A machine's suggestion: which one a key takes, and where the key stands.
import { page } from "./dom.ts";
import { domain, scale } from "./tags_world.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Scheme, Tag } from "../src/core/nouns.ts";
import { enterTakes } from "../src/tags/advice.ts";
import { planKeys } from "../src/tags/assign.ts";
import { TagPane } from "../src/tags/pane.ts";

const machine = (scheme: string, value: Tag["value"], more: Partial<Tag> = {}): Tag => ({
  sample: "s1", scheme, value, author: "model", at: 5, machine: true, confidence: 0.8, ...more,
});
const first: Scheme = { ...domain, suggestion: "prefill" };
const second: Scheme = { ...scale, suggestion: "prefill" };

test("Enter takes the first suggestion that is not answered, and the one in focus before it", () => {
  const tags = [machine("domain", "health"), machine("naturalness", "4")];
  const about = { ids: ["s1"], turn: null, tags };
  assert.equal(enterTakes([first, second], about, "ana")!.value, "health");
  assert.equal(enterTakes([first, second], about, "ana", "naturalness")!.value, 4, "in the scheme's own type");
  const answered = [...tags, { ...machine("domain", "health"), author: "ana", machine: false }];
  assert.equal(enterTakes([first, second], { ...about, tags: answered }, "ana", "domain")!.scheme.name, "naturalness");
});

test("no key takes what is no suggestion of this question here", () => {
  const about = { ids: ["s1"], turn: null, tags: [machine("domain", "health")] };
  const none = (scheme: Scheme, more: object = {}): void => assert.equal(enterTakes([scheme], { ...about, ...more }, "ana"), undefined);
  none({ ...first, suggestion: "after_answer" });
  none({ ...first, suggestion: "never" });
  none(domain);
  none(first, { ids: ["s1", "s2"] });
  none(first, { ids: ["s2"] });
  none(first, { turn: "t1" });
  none(first, { tags: [{ ...machine("domain", "health"), machine: false, author: "ben" }] });
  assert.equal(enterTakes([second], { ...about, turn: "t1", tags: [machine("naturalness", 2, { turn: "t1" })] }, "ana")!.value, 2);
});

test("the key stands on the suggestion it takes, and on no other", () => {
  const pane = new TagPane({ author: "ana", onAnswer: () => {}, onChooser: () => {}, onWhole: () => {}, adviceKey: "⏎" });
  page.replaceChildren(pane.element);
  const tags = [machine("domain", "health"), machine("naturalness", 4), { ...machine("naturalness", 3), author: "ben", machine: false }];
  pane.show([first, second], planKeys([first, second]), { ids: ["s1"], turn: null, tags, label: "" });
  const caps = (): (string | undefined)[] => [...pane.element.querySelectorAll<HTMLElement>(".wb-take-key")].map((cap) => cap.closest<HTMLElement>("[data-scheme]")!.dataset.scheme);
  assert.deepEqual([caps(), pane.advice!.value], [["domain"], "health"]);
  pane.show([first, second], planKeys([first, second]), { ids: ["s1"], turn: null, tags: [...tags, { ...tags[0]!, author: "ana", machine: false }], label: "" });
  assert.deepEqual([caps(), pane.advice!.value], [["naturalness"], 4]);
  pane.show([first, second], planKeys([first, second]), null);
  assert.equal(pane.advice, undefined);
});
