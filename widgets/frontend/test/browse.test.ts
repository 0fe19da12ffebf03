import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { makeEmitter } from "../src/core/emitter.ts";
import { CommandError } from "../src/core/rpc.ts";
import { browseKeys } from "../src/browse/shortcuts.ts";
import { mount } from "../src/panels/browse.ts";

const SCHEMES = [
  {
    name: "naturalness",
    kind: "ordinal",
    on: "both",
    open: false,
    choices: [1, 2, 3, 4, 5].map((point) => ({ value: String(point), key: String(point) })),
  },
  {
    name: "domain",
    kind: "hierarchical",
    on: "sample",
    open: false,
    choices: [
      { value: "health", label: "Health" },
      { value: "finance", label: "Finance" },
    ],
  },
];

const kept = new Map<string, unknown>();

const row = (at: number) => ({
  id: `s${at}`,
  title: `<b>title ${at}</b>`,
  preview: "",
  language: "en",
  turns: 1,
  origin: "imported",
  from: "x",
  depth: 0,
  synthetic: false,
  revision: 1,
  state: "active",
  tags: [],
  why: [],
});
const sample = (id: string) => ({
  sample: {
    id,
    turns: [{ id: "t1", role: "user", content: `<img src=x> ${id}` }],
    origin: { kind: "imported", file: "f", row: 1 },
    source: "src",
    revision: 1,
    state: "active",
    created_at: 0,
    updated_at: 0,
  },
  synthetic: false,
  depth: 0,
  source: null,
  tags: [],
  notes: [],
  parents: [],
  children: [],
  branch_of: null,
  titles: {},
});

function open(answers: Record<string, (args: any) => unknown> = {}) {
  const calls: [string, any][] = [];
  const said: unknown[] = [];
  const events = makeEmitter<any>();
  const table: Record<string, (args: any) => unknown> = {
    "browse.start": () => ({
      schemes: SCHEMES,
      fields: [{ name: "domain", kind: "hierarchical", description: "" }],
      samples: 3,
    }),
    "browse.rows": () => ({ rows: [row(0), row(1), row(2)], total: 3 }),
    "browse.facets": () => [
      { field: "language", label: "language", values: [{ value: "en", label: "en", count: 3, term: "language:en" }] },
    ],
    "sample.open": ({ id }) => sample(id),
    "tag.set": ({ ids, scheme, value }) => ({
      changed: 1,
      tags: [{ sample: ids[0], scheme, value, author: "ana", at: 0, machine: false }],
    }),
    "sample.languages": () => ({ t1: "fr" }),
    "browse.place": () => null,
    "step.undo": () => ({ step: { label: "tag naturalness", samples: 1 } }),
    ...answers,
  };
  const ctx = {
    call: async (name: string, args: unknown = {}) => (calls.push([name, args]), table[name]!(args)),
    on: events.on,
    author: "ana",
    navigate: () => {},
    notice: (what: unknown) => said.push(what),
    remember: (name: string, value: unknown) => kept.set(name, value),
    recall: async (name: string) => kept.get(name) ?? null,
    trait: { get: () => undefined, set: () => {}, on: () => () => {} },
  } as unknown as Ctx;
  const frame = document.createElement("div");
  frame.className = "wb-root";
  const root = document.createElement("div");
  frame.append(root);
  page.append(frame);
  const close = mount(root, ctx);
  const named = (name: string) => calls.filter((call) => call[0] === name).map((call) => call[1]);
  const list = () => root.querySelector<HTMLElement>(".wb-list")!;
  return { root, frame, calls, said, named, list, close, events };
}

/** Wait until the page has painted its data, and then for what was started meanwhile. */
const settle = async (ms = 50) => {
  for (let left = 200; left > 0 && !page.querySelector('[data-ready="true"]'); left--) await later(10);
  await later(ms);
};
const later = (ms: number) => new Promise((done) => setTimeout(done, ms));

beforeEach(() => {
  page.replaceChildren();
  window.localStorage.clear();
  window.location.hash = "";
  kept.clear();
});

test("after loading the list has the focus, the first conversation is open, and the root says it is ready", async () => {
  const { root, frame, list, close } = open();
  await settle();
  assert.equal(document.activeElement, list());
  assert.equal(root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s0");
  assert.equal(root.querySelector("[data-turn-id]")!.getAttribute("data-turn-id"), "t1");
  assert.equal(frame.dataset.ready, "true");
  close();
});

test("untrusted text in rows and turns makes no element", async () => {
  const { root, close } = open();
  await settle();
  assert.equal(root.querySelectorAll("b, img").length, 0);
  assert.match(root.querySelector(".wb-conversation")!.textContent!, /<img src=x> s0/);
  close();
});

test("j moves on and a digit tags the one it moved to", async () => {
  const { list, named, close } = open();
  await settle();
  press(list(), "j");
  press(list(), "4");
  await settle();
  assert.deepEqual(named("tag.set"), [{ ids: ["s1"], scheme: "naturalness", value: 4 }]);
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

test("a mistyped query keeps what was found and shows the mistake at its place", async () => {
  let bad = false;
  const { root, close } = open({
    "browse.rows": () => {
      if (bad) throw new CommandError({ code: "query", message: "a value is missing", hint: "", start: 0, end: 7 });
      return { rows: [row(0)], total: 1 };
    },
  });
  await settle();
  bad = true;
  const input = root.querySelector<HTMLInputElement>(".wb-query-input")!;
  input.value = "domain:";
  press(input, "Enter");
  await settle();
  assert.equal(root.querySelector(".wb-query-mistake em")!.textContent, "domain:");
  assert.equal(root.querySelectorAll("[data-sample-id]").length, 1);
  close();
});

test("a facet becomes a part of the query", async () => {
  const { root, named, close } = open();
  await settle();
  root.querySelector<HTMLElement>('[data-facet="language:en"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "language:en");
  assert.equal(root.querySelector<HTMLInputElement>(".wb-query-input")!.value, "language:en");
  close();
});

test("text that is typed and not saved keeps its conversation", async () => {
  const { root, said, close } = open();
  await settle();
  press(root.querySelector(".wb-list")!, "e");
  const text = root.querySelector<HTMLTextAreaElement>(".wb-turn-form textarea")!;
  text.value = "changed";
  text.dispatchEvent(new Event("input"));
  root.querySelector<HTMLElement>('[data-sample-id="s2"]')!.click();
  assert.ok(root.querySelector(".wb-turn-form"));
  assert.equal((said[0] as { code: string }).code, "unsaved");
  close();
});

test("saving sends the whole conversation with the revision it was based on", async () => {
  const { root, named, close } = open({
    "edit.save": ({ turns }) => ({ sample: { ...sample("s0").sample, turns, revision: 2 } }),
  });
  await settle();
  press(root.querySelector(".wb-list")!, "e");
  const text = root.querySelector<HTMLTextAreaElement>(".wb-turn-form textarea")!;
  text.value = "better";
  text.dispatchEvent(new Event("input"));
  press(text, "Enter", { ctrlKey: true });
  await settle();
  assert.deepEqual(named("edit.save"), [
    { id: "s0", turns: [{ id: "t1", role: "user", content: "better" }], base_revision: 1, note: "" },
  ]);
  close();
});

test("a conflict shows both texts and lets the person decide", async () => {
  const theirs = { ...sample("s0").sample, revision: 5, turns: [{ id: "t1", role: "user", content: "theirs" }] };
  let saves = 0;
  const { root, named, close } = open({
    "edit.save": ({ turns }) => {
      if (saves++ === 0) throw new CommandError({ code: "stale_revision", message: "changed", hint: "", theirs });
      return { sample: { ...theirs, turns, revision: 6 } };
    },
  });
  await settle();
  press(root.querySelector(".wb-list")!, "e");
  const text = root.querySelector<HTMLTextAreaElement>(".wb-turn-form textarea")!;
  text.value = "mine";
  text.dispatchEvent(new Event("input"));
  press(text, "Enter", { ctrlKey: true });
  await settle();
  const sides = [...root.querySelectorAll(".wb-conflict-side ins")].map((item) => item.textContent);
  assert.deepEqual(sides, ["theirs", "mine"]);
  assert.equal(named("edit.save").length, 1);
  press(root.querySelector<HTMLElement>(".wb-conflict-turn")!, "Enter", { ctrlKey: true });
  assert.equal(named("edit.save").length, 1, "nothing is saved before a choice is made");
  press(root.querySelector<HTMLElement>(".wb-conflict-turn")!, "2");
  press(root.querySelector<HTMLElement>(".wb-conflict-turn")!, "Enter", { ctrlKey: true });
  await settle();
  assert.equal(named("edit.save")[1].turns[0].content, "mine");
  assert.equal(named("edit.save")[1].base_revision, 5);
  close();
});

test("somebody else's change is fetched without leaving the open conversation", async () => {
  const { root, events, named, list, close } = open();
  await settle();
  press(list(), "j");
  await settle();
  const before = named("browse.rows").length;
  events.emit("changed", { version: 2 });
  await settle(250);
  assert.ok(named("browse.rows").length > before);
  assert.equal(root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s1");
  close();
});

test("an answered conversation that left the results does not make j skip the next one", async () => {
  let left = [row(0), row(1), row(2)];
  const { root, events, list, close } = open({ "browse.rows": () => ({ rows: left, total: left.length }) });
  await settle();
  left = [row(1), row(2)];
  events.emit("changed", { version: 2 });
  await settle(250);
  press(list(), "j");
  await settle();
  assert.equal(root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s1");
  close();
});

test("a row marks the words that were looked for, in its own text", async () => {
  const found = { ...row(0), preview: "😀 a refund, please", marks: [[4, 10]] };
  const { root, close } = open({ "browse.rows": () => ({ rows: [found], total: 1 }) });
  await settle();
  assert.equal(root.querySelector(".wb-item-preview mark")!.textContent, "refund");
  close();
});

test("the place of a mistake is counted in characters, also behind an emoji", async () => {
  let bad = false;
  const { root, close } = open({
    "browse.rows": () => {
      if (bad) throw new CommandError({ code: "query", message: "no field", hint: "", start: 2, end: 6 });
      return { rows: [row(0)], total: 1 };
    },
  });
  await settle();
  bad = true;
  const input = root.querySelector<HTMLInputElement>(".wb-query-input")!;
  input.value = "😀 nope:x";
  press(input, "Enter");
  await settle();
  assert.equal(root.querySelector(".wb-query-backdrop em")!.textContent, "nope");
  close();
});

test("reopening goes on at the query, the order and the conversation where the person was", async () => {
  const first = open();
  await settle();
  const input = first.root.querySelector<HTMLInputElement>(".wb-query-input")!;
  input.value = "card";
  press(input, "Enter");
  await settle();
  press(first.list(), "j");
  await settle(400);
  first.close();
  page.replaceChildren();
  const again = open({ "browse.place": () => 1 });
  await settle();
  assert.equal(again.named("browse.rows")[0].query, "card");
  assert.equal(again.root.querySelector(".wb-item-current")!.getAttribute("data-sample-id"), "s1");
  again.close();
});

test("a kept query that no longer reads is told about, and everything is shown", async () => {
  window.localStorage.setItem("workbench.place  ana", JSON.stringify({ query: "gone:x", sort: "best", id: null }));
  const { root, close } = open({
    "browse.rows": ({ query }) => {
      if (query) throw new CommandError({ code: "query", message: "there is no field", hint: "", start: 0, end: 4 });
      return { rows: [row(0)], total: 1 };
    },
  });
  await settle();
  assert.equal(root.querySelectorAll("[data-sample-id]").length, 1);
  assert.match(root.querySelector(".wb-query-mistake")!.textContent!, /there is no field/);
  close();
});

test("an address with a query opens on it", async () => {
  window.location.hash = `#browse=${encodeURIComponent("id:s2")}`;
  const { named, close } = open();
  await settle();
  assert.equal(named("browse.rows")[0].query, "id:s2");
  close();
});

test("Shift+X marks from the last mark, Ctrl+A everything found", async () => {
  const { root, list, close } = open({ "browse.ids": () => ({ ids: ["s0", "s1", "s2"], total: 3 }) });
  await settle();
  press(list(), "x");
  press(list(), "j");
  press(list(), "X", { shiftKey: true });
  await settle();
  assert.equal(root.querySelectorAll(".wb-item-marked").length, 2);
  press(list(), "a", { ctrlKey: true });
  await settle();
  assert.equal(root.querySelectorAll(".wb-item-marked").length, 3);
  close();
});

test("compact rows are kept for the person", async () => {
  const first = open();
  await settle();
  press(first.list(), "D", { shiftKey: true });
  assert.equal(kept.get("density"), "compact");
  first.close();
  page.replaceChildren();
  const again = open();
  await settle();
  assert.ok(again.root.querySelector(".wb-item-compact"));
  again.close();
});

test("a turn in another language than its conversation says so", async () => {
  const french = sample("s0");
  (french.sample as any).language = "en";
  const { root, close } = open({ "sample.open": () => french });
  await settle(300);
  assert.equal(root.querySelector(".wb-turn-language")!.textContent, "French");
  assert.equal(root.querySelector(".wb-bubble")!.getAttribute("lang"), "fr");
  close();
});

test("the domain tree opens, closes, and its values leave the query by the click that brought them", async () => {
  const tree = {
    field: "domain",
    label: "Domain",
    missing: 2,
    values: [
      { value: "health", label: "Health", count: 5, term: "domain:health/*" },
      { value: "health/lab", label: "Lab", count: 3, term: "domain:health/lab" },
    ],
  };
  const { root, named, close } = open({ "browse.facets": () => [tree] });
  await settle();
  assert.equal(root.querySelector('[data-facet="domain:health/lab"]'), null);
  root.querySelector<HTMLElement>(".wb-twig")!.click();
  root.querySelector<HTMLElement>('[data-facet="domain:health/lab"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "domain:health/lab");
  root.querySelector<HTMLElement>('[data-facet="domain:health/lab"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "");
  root.querySelector<HTMLElement>('[data-facet="missing:domain"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "missing:domain");
  close();
});

test("a filter that nothing found has can still be taken out", async () => {
  window.location.hash = "#browse=language%3Azh";
  const { root, named, close } = open();
  await settle();
  root.querySelector<HTMLElement>('[data-facet="language:zh"]')!.click();
  await settle();
  assert.equal(named("browse.rows").at(-1).query, "");
  close();
});

test("? shows every key", async () => {
  const { frame, list, close } = open();
  await settle();
  press(list(), "?");
  const text = frame.querySelector(".wb-sheet")!.textContent!;
  for (const word of ["Next conversation", "Undo", "Edit", "Search", "domain: choose", "naturalness: 5"])
    assert.ok(text.includes(word), word);
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
