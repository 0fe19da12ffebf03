// Answers on their way: painted at once, confirmed or refused later, and kept until Python has them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { CommandError } from "../src/core/rpc.ts";
import { Decisions } from "../src/tags/decisions.ts";
import { Journal } from "../src/tags/journal.ts";

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
