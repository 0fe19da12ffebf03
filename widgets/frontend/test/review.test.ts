// The review page as a whole: answering to the end by key, others' answers, and the queue that Start would make.
import { domain, opened, question, scale, settle } from "./review_world.ts";
import { press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tag } from "../src/core/nouns.ts";
import { Form } from "../src/review/form.ts";

test("two keys answer a conversation and the next one comes by itself, to the end", async () => {
  const { root, room, tags, close } = await opened();
  for (const sample of ["s0", "s1", "s2"]) {
    assert.match(root.textContent!, new RegExp(`text of ${sample}`));
    assert.equal(question(root), "domain");
    press(room(), "1");
    await Promise.resolve(); // drawn once the key's handler is through, before any other key
    assert.equal(question(root), "naturalness");
    press(room(), "4");
    await settle();
  }
  assert.match(root.textContent!, /All done/);
  assert.deepEqual(tags.map((tag) => tag.value), ["health/lab", 4, "health/lab", 4, "health/lab", 4]);
  close();
});

test("a suggestion counts as nothing before Enter takes it", async () => {
  const advice: Tag = { sample: "s0", scheme: "domain", value: "law", author: "nearest samples", at: 1, machine: true, confidence: 0.8 };
  const { root, room, tags, close } = await opened([advice]);
  assert.match(root.querySelector(".wb-advice")!.textContent!, /Law.*80 % sure/);
  assert.equal(tags.filter((tag) => tag.author === "ana").length, 0);
  press(room(), "Enter");
  await settle();
  assert.deepEqual(tags.filter((tag) => tag.author === "ana").map((tag) => tag.value), ["law"]);
  assert.equal(question(root), "naturalness");
  close();
});

test("others' answers are shown after mine, and then I may change it", async () => {
  const other: Tag = { sample: "s0", scheme: "naturalness", value: 2, author: "ben", at: 1, machine: false };
  const { root, room, tags, close } = await opened([other]);
  press(room(), "1");
  assert.doesNotMatch(root.textContent!, /ben/);
  press(room(), "4");
  await settle();
  assert.match(root.querySelector(".wb-reveal")!.textContent!, /ben.*2/);
  press(room(), "2");
  await settle();
  assert.match(root.textContent!, /text of s1/);
  assert.deepEqual(tags.filter((tag) => tag.author === "ana" && tag.scheme === "naturalness").map((tag) => tag.value), [2]);
  close();
});

test("when the others say the same nothing holds the person up", async () => {
  const other: Tag = { sample: "s0", scheme: "naturalness", value: 4, author: "ben", at: 1, machine: false };
  const { root, room, close } = await opened([other]);
  press(room(), "1");
  press(room(), "4");
  await settle();
  await settle();
  assert.match(root.textContent!, /text of s1/);
  close();
});

test("later, back, undo and cannot say have their keys", async () => {
  const { root, room, tags, calls, close } = await opened();
  press(room(), "s");
  await settle();
  assert.match(root.textContent!, /text of s1/);
  assert.deepEqual(calls.find(([name]) => name === "review.skip")![1], { queue: "q", id: "s0" });
  press(room(), "k");
  await settle();
  assert.match(root.textContent!, /text of s0/);
  press(room(), "0");
  await settle();
  assert.equal(tags.at(-1)!.value, "cannot say");
  press(room(), "u");
  await settle();
  await settle();
  assert.equal(tags.length, 0);
  assert.equal(question(root), "domain");
  close();
});

test("what is asked again goes to its own command and shows no earlier answer", async () => {
  const mine: Tag = { sample: "s0", scheme: "domain", value: "law", author: "ana", at: 1, machine: false };
  const { room, calls, close } = await opened([mine], "again");
  press(room(), "1");
  await settle();
  const [, args] = calls.find(([name]) => name === "review.again")!;
  assert.deepEqual(args, { ids: ["s0"], scheme: "domain", value: "health/lab", queue: "q" });
  close();
});

test("keys pressed before the others' answers are there wait for the next question, and never change a blind answer", async () => {
  const other: Tag = { sample: "s0", scheme: "naturalness", value: 4, author: "ben", at: 1, machine: false };
  const { root, room, tags, close } = await opened([other]);
  for (const name of ["1", "4", "2", "5"]) press(room(), name);
  await settle();
  await settle();
  await settle();
  const mine = tags.filter((tag) => tag.author === "ana").map((tag) => [tag.sample, tag.scheme, tag.value]);
  assert.deepEqual(mine, [
    ["s0", "domain", "health/lab"],
    ["s0", "naturalness", 4],
    ["s1", "domain", "law"],
    ["s1", "naturalness", 5],
  ]);
  assert.match(root.textContent!, /text of s2/);
  close();
});

test("before a queue is open the code drawer is told the queue that Start would make", async () => {
  const form = new Form({ call: async () => ({ count: 1 }), remember: () => {}, notice: () => {} } as any, () => {});
  assert.deepEqual(form.acts(), []);
  form.show([domain, scale], { schemes: ["naturalness"], query: "lab", order: "uncertain" });
  const [act, ...more] = form.acts();
  assert.deepEqual(more, []);
  assert.equal(act!.name, "review.make");
  assert.deepEqual([act!.args.schemes, act!.args.query, act!.args.order, "seed" in act!.args], [["naturalness"], "lab", "uncertain", false]);
  form.close();
});
