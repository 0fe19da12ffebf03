// Answering beside the open conversation, by key: painted at once, kept by Python, taken off when refused.
import { open, sample, SCHEMES, settle } from "./browse_world.ts";
import { press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError } from "../src/core/rpc.ts";
import { browseKeys } from "../src/browse/shortcuts.ts";

test("j moves on and a digit tags the one it moved to", async () => {
  const { list, named, close } = open();
  await settle();
  press(list(), "j");
  press(list(), "4");
  await settle();
  assert.deepEqual(named("tag.set"), [{ ids: ["s1"], scheme: "naturalness", value: 4 }]);
  close();
});

test("a question that was changed elsewhere, or whose change was taken back, is asked as it is now", async () => {
  let now: unknown = SCHEMES;
  const { root, events, named, close } = open({ "scheme.list": () => now });
  await settle();
  const [first, ...others] = SCHEMES;
  now = [{ ...first, choices: [...first!.choices, { value: "6", key: "6" }] }, ...others, { ...first, name: "flag" }];
  events.emit("changed", { version: 2 });
  await settle(250);
  assert.ok(root.querySelector('[data-answer="naturalness=6"]'));
  assert.equal(root.querySelector('[data-answer^="flag="]'), null);
  assert.equal(named("browse.start").length, 1);
  close();
});

test("an answer is painted before Python has given its own", async () => {
  let release = (): void => {};
  const { root, list, close } = open({
    "tag.set": () => new Promise((done) => (release = () => done({ changed: 1, tags: null }))),
  });
  await settle();
  press(list(), "5");
  assert.equal(root.querySelector('[data-answer="naturalness=5"]')!.getAttribute("aria-pressed"), "true");
  assert.match(root.querySelector(".wb-item-current")!.textContent!, /5\/5/);
  assert.equal(root.querySelector<HTMLElement>(".wb-saved")!.dataset.pending, "1");
  release();
  await settle();
  assert.equal(root.querySelector<HTMLElement>(".wb-saved")!.dataset.pending, "0");
  close();
});

test("a refused answer is told about and taken off the screen", async () => {
  const { root, list, said, close } = open({
    "tag.set": () => Promise.reject(new CommandError({ code: "store_busy", message: "busy", hint: "" })),
  });
  await settle();
  press(list(), "5");
  await settle();
  assert.equal((said[0] as CommandError).code, "store_busy");
  assert.equal(root.querySelector('[data-answer="naturalness=5"]')!.getAttribute("aria-pressed"), "false");
  close();
});

test("d opens the domain tree, typing finds, Enter answers", async () => {
  const { frame, list, named, close } = open();
  await settle();
  press(list(), "d");
  const field = frame.querySelector<HTMLInputElement>(".wb-sheet input")!;
  assert.equal(document.activeElement, field);
  field.value = "fin";
  field.dispatchEvent(new Event("input"));
  press(field, "Enter");
  await settle();
  assert.deepEqual(named("tag.set"), [{ ids: ["s0"], scheme: "domain", value: "finance" }]);
  assert.equal(document.activeElement, list());
  close();
});

test("marked conversations get one answer together", async () => {
  const { list, named, close } = open();
  await settle();
  for (const key of ["x", "j", "x", "3"]) press(list(), key);
  await settle();
  assert.deepEqual(named("tag.set"), [{ ids: ["s0", "s1"], scheme: "naturalness", value: 3 }]);
  close();
});

test("Enter presses what has the focus; elsewhere it takes a suggestion, where there is one", () => {
  let taken = 0;
  const actions = new Proxy({ suggestion: () => (taken += 1) < 2 }, { get: (known, name) => (known as any)[name] ?? (() => {}) }) as any;
  const enter = browseKeys(actions, { answers: new Map(), choosers: new Map() }, []).find((item) => item.keys.includes("Enter"))!;
  const on = (tag: string): unknown => enter.run({ target: document.createElement(tag) } as unknown as KeyboardEvent);
  for (const tag of ["button", "summary", "a", "input"]) assert.equal(on(tag), false);
  assert.equal(taken, 0);
  assert.equal(on("div"), true);
  assert.equal(on("div"), false, "nothing to take: the key is left alone");
});

test("Enter takes the suggestion that bears its cap, once, and then nothing", async () => {
  const advice = { sample: "s0", scheme: "domain", value: "health", author: "nearest samples", at: 1, machine: true, confidence: 0.8 };
  const { root, list, named, close } = open({
    "browse.start": () => ({ schemes: SCHEMES.map((item) => ({ ...item, suggestion: "prefill" })), fields: [], samples: 3 }),
    "sample.open": ({ id }) => ({ ...sample(id), tags: id === "s0" ? [advice] : [] }),
    "tag.set": ({ ids, scheme, value }) => ({ changed: 1, tags: [advice, { sample: ids[0], scheme, value, author: "ana", at: 0, machine: false }] }),
  });
  await settle();
  assert.equal(root.querySelector(".wb-take-key")!.textContent, "⏎");
  for (const key of ["Enter", "Enter", "j", "Enter"]) {
    press(list(), key);
    await settle();
  }
  assert.deepEqual(named("tag.set").map((args) => [args.ids, args.scheme, args.value]), [[["s0"], "domain", "health"]]);
  assert.equal(root.querySelector(".wb-take-key"), null);
  close();
});
