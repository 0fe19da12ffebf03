import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row, Scheme, Tag } from "../src/core/nouns.ts";
import { CommandError } from "../src/core/rpc.ts";
import { enterTakes } from "../src/tags/advice.ts";
import { TagPane } from "../src/tags/pane.ts";
import { applied, appliedToRow, inWords, mine, others } from "../src/tags/answers.ts";
import { planKeys, TAKEN } from "../src/tags/assign.ts";
import { Decisions } from "../src/tags/decisions.ts";
import { filterChoices } from "../src/tags/filter.ts";
import { Journal } from "../src/tags/journal.ts";

const domain: Scheme = {
  name: "domain",
  kind: "hierarchical",
  on: "sample",
  open: false,
  choices: [
    { value: "finance", label: "Finance" },
    { value: "finance/cards", label: "Cards" },
    { value: "health", label: "Health" },
    { value: "health/care", label: "Nursing and care" },
  ],
};
const scale: Scheme = {
  name: "naturalness",
  kind: "ordinal",
  on: "both",
  open: false,
  choices: [1, 2, 3, 4, 5].map((point) => ({ value: String(point), key: String(point) })),
};
const tier: Scheme = {
  name: "tier",
  kind: "nominal",
  on: "sample",
  open: false,
  choices: [{ value: "raw" }, { value: "knowledge" }],
};
const clash: Scheme = {
  name: "jolly",
  kind: "nominal",
  on: "sample",
  open: false,
  choices: [
    { value: "yes", key: "j" },
    { value: "no", key: "d" },
  ],
};
const tag = (author: string, value: string | number, more = {}): Tag => ({
  sample: "s1",
  scheme: "naturalness",
  value,
  author,
  at: 0,
  machine: false,
  ...more,
});

test("each scheme gets keys, and none that is taken", () => {
  const plan = planKeys([domain, scale, tier, clash]);
  assert.equal(plan.choosers.get("d"), "domain");
  assert.deepEqual(plan.answers.get("4"), { scheme: "naturalness", value: "4" });
  assert.equal(plan.choosers.get("t"), "tier");
  assert.ok([...plan.choosers.values()].includes("jolly"));
  for (const key of [...plan.answers.keys(), ...plan.choosers.keys()]) assert.ok(!TAKEN.has(key));
});

test("typing finds choices by any word of their path, own names first", () => {
  assert.equal(filterChoices(domain.choices!, "card")[0]!.choice.value, "finance/cards");
  assert.equal(filterChoices(domain.choices!, "care")[0]!.choice.value, "health/care");
  assert.deepEqual(
    filterChoices(domain.choices!, "fin car").map((found) => found.path),
    ["Finance › Cards"],
  );
  assert.equal(filterChoices(domain.choices!, "").length, 4);
});

test("answers are told in the words of the scheme", () => {
  assert.equal(inWords(domain, "finance/cards"), "Finance › Cards");
  assert.equal(inWords(scale, 4), "4");
  assert.equal(inWords(undefined, ["a", "b"]), "a, b");
});

test("my answer replaces mine and nobody else's", () => {
  const tags = [tag("ana", 2), tag("ben", 3), tag("ana", 1, { turn: "t1" })];
  const now = applied(tags, "s1", { ids: ["s1"], scheme: "naturalness", value: 5, turn: null }, "ana");
  assert.equal(mine(now, "naturalness", "ana", null)!.value, 5);
  assert.equal(mine(now, "naturalness", "ana", "t1")!.value, 1);
  assert.deepEqual(
    others(now, "naturalness", "ana", null).map((item) => item.author),
    ["ben"],
  );
});

test("a row shows an answer before Python confirms it", () => {
  const row = { id: "s1", tags: [] } as unknown as Row;
  const decision = { ids: ["s1"], scheme: "domain", value: "health", turn: null };
  assert.deepEqual(appliedToRow(row, decision).tags, [
    { scheme: "domain", value: "health", mine: true, machine: false },
  ]);
  assert.equal(appliedToRow(row, { ...decision, ids: ["s2"] }), row);
});

function memory() {
  const kept = new Map<string, string>();
  return {
    kept,
    get length() {
      return kept.size;
    },
    key: (at: number) => [...kept.keys()][at] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}

function desk(call: any, store = memory()) {
  const heard: string[] = [];
  const decisions = new Decisions({
    call,
    journal: new Journal("k", store),
    onOptimistic: () => heard.push("paint"),
    onSaved: () => heard.push("saved"),
    onRefused: () => heard.push("refused"),
    onPending: (count) => heard.push(`${count}`),
  });
  return { decisions, heard, store };
}

const one = { ids: ["s1"], scheme: "domain", value: "health", turn: null };

test("a decision is painted at once and confirmed later", async () => {
  const { decisions, heard, store } = desk(async () => ({ tags: [] }));
  const saving = decisions.decide(one);
  assert.deepEqual(heard, ["paint", "1"]);
  assert.equal(store.kept.size, 1);
  assert.equal(await saving, true);
  assert.deepEqual(heard, ["paint", "1", "saved", "0"]);
  assert.equal(store.kept.size, 0);
});

test("a refused decision is told about and not kept", async () => {
  const { decisions, heard, store } = desk(async () =>
    Promise.reject(new CommandError({ code: "invalid_input", message: "no", hint: "" })),
  );
  assert.equal(await decisions.decide(one), false);
  assert.ok(heard.includes("refused"));
  assert.equal(store.kept.size, 0);
});

test("what a closed page could not save is saved by the next one", async () => {
  const store = memory();
  const closed = desk(async () => Promise.reject(new CommandError({ code: "closed", message: "", hint: "" })), store);
  await closed.decisions.decide(one);
  assert.equal(store.kept.size, 1);
  const sent: unknown[] = [];
  const next = desk(async (name: string, args: unknown) => (sent.push([name, args]), { tags: [] }), store);
  assert.equal(await next.decisions.recover(), 1);
  const [name, { age, ...args }] = sent[0] as [string, any];
  assert.deepEqual([name, args], ["tag.set", { ids: ["s1"], scheme: "domain", value: "health" }]);
  assert.ok(age >= 0 && age < 60_000);
  assert.equal(store.kept.size, 0);
});

test("an answer that was saved after all, or that a newer one stands in for, is not told as saved now", async () => {
  const store = memory();
  const closed = async () => Promise.reject(new CommandError({ code: "closed", message: "", hint: "" }));
  for (const value of ["old", "lost"]) await desk(closed, store).decisions.decide({ ...one, value });
  const next = desk(async (_name: string, args: any) => ({ changed: args.value === "lost" ? 1 : 0, tags: [] }), store);
  assert.equal(await next.decisions.recover(), 1);
  assert.equal(store.kept.size, 0);
});

test("two journals of a page neither lose nor take what the other keeps", async () => {
  const store = memory();
  const never = () => new Promise<never>(() => {});
  const here = desk(never, store);
  void here.decisions.decide(one);
  const beside = desk(async () => ({ tags: [] }), store);
  assert.equal(await beside.decisions.recover(), 0);
  assert.equal(await beside.decisions.decide({ ...one, ids: ["s2"] }), true);
  assert.equal(store.kept.size, 1);
});

test("what several pages left is sent in the order it was given, before what is answered now", async () => {
  const store = memory();
  const closed = async () => Promise.reject(new CommandError({ code: "closed", message: "", hint: "" }));
  for (const value of ["first", "second", "third"]) await desk(closed, store).decisions.decide({ ...one, value });
  const sent: unknown[] = [];
  const next = desk(async (_name: string, args: any) => (sent.push(args.value), { tags: [] }), store);
  await Promise.all([next.decisions.recover(), next.decisions.decide({ ...one, value: "now" })]);
  assert.deepEqual(sent, ["first", "second", "third", "now"]);
  assert.equal(store.kept.size, 0);
});

test("removing an answer is a command of its own", async () => {
  const sent: unknown[] = [];
  const { decisions } = desk(async (name: string) => (sent.push(name), { tags: [] }));
  await decisions.decide({ ...one, value: null });
  assert.deepEqual(sent, ["tag.clear"]);
});

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
