// Answers and their choices as values: keys, words, what is found by typing, whose answer is whose.
import { domain, scale } from "./tags_world.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row, Scheme, Tag } from "../src/core/nouns.ts";
import { applied, appliedToRow, inWords, mine, others } from "../src/tags/answers.ts";
import { planKeys, TAKEN } from "../src/tags/assign.ts";
import { filterChoices } from "../src/tags/filter.ts";

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
