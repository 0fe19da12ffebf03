import assert from "node:assert/strict";
import { test } from "node:test";
import { suggestions } from "../src/query/complete.ts";
import { hasTerm, partsOf, toggled, valuesOf, withTerm } from "../src/query/parts.ts";

test("parts are cut outside quotes and parentheses", () => {
  assert.deepEqual(partsOf('a "b c" domain:(x OR "y z") -d'), ["a", '"b c"', 'domain:(x OR "y z")', "-d"]);
});

test("a facet's value comes in, is joined by a second, and goes again", () => {
  const one = toggled("refund", "language", "en");
  assert.equal(one, "refund language:en");
  const two = toggled(one, "language", "zh");
  assert.equal(two, "refund language:(en OR zh)");
  assert.equal(toggled(toggled(two, "language", "en"), "language", "zh"), "refund");
});

test("values with spaces are quoted and read back", () => {
  const query = toggled("", "source", "calls 2026");
  assert.equal(query, 'source:"calls 2026"');
  assert.deepEqual(valuesOf(query, "source"), ["calls 2026"]);
});

test("a branch of a tree keeps its star", () => {
  assert.equal(withTerm("", "domain", "domain:health/*"), "domain:health/*");
  assert.equal(hasTerm("x domain:health/*", "domain", "domain:health/*"), true);
});

test("a comparison is added and taken away whole", () => {
  assert.equal(withTerm("a", "turns", "turns>=9 turns<=16"), "a turns>=9 turns<=16");
  assert.equal(withTerm("a turns>=9 turns<=16", "turns", "turns>=9 turns<=16"), "a");
});

const fields = [
  { name: "domain", kind: "hierarchical", description: "" },
  { name: "depth", kind: "number", description: "" },
];
const values = (field: string) => (field === "domain" ? ["health", "health/lab", "finance"] : []);

test("field names are completed at the caret", () => {
  assert.deepEqual(
    suggestions("refund d", 8, fields, values).map((item) => item.insert),
    ["domain:", "depth:"],
  );
});

test("values are completed after the colon, beginnings first", () => {
  const [first] = suggestions("domain:he", 9, fields, values);
  assert.equal(first!.insert, "health ");
  assert.equal(first!.start, 7);
});

test("plain words and finished values offer nothing", () => {
  assert.deepEqual(suggestions("xyz", 3, fields, values), []);
  assert.deepEqual(suggestions("domain:finance", 14, fields, values), []);
});
