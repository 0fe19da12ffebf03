import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { beginnings, suggestions } from "../src/query/complete.ts";
import { QueryBar } from "../src/query/bar.ts";
import { chosenTerms, hasTerm, partsOf, toggled, valuesOf, withTerm, withTree } from "../src/query/parts.ts";

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
const values = (field: string) => 
  (field === "domain" ? ["health", "health/lab", "finance"] : []).map((value) => ({ value, label: value }));

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

test("a comparison and a group of values are completed as well", () => {
  assert.equal(suggestions("domain=fin", 10, fields, values)[0]!.insert, "finance ");
  const text = "domain:(health OR fin";
  const [first] = suggestions(text, text.length, fields, values);
  assert.equal(text.slice(0, first!.start) + first!.insert, "domain:(health OR finance ");
  assert.equal(suggestions("domain@ana:he", 13, fields, values)[0]!.insert, "health ");
});

test("a label is enough to find its value", () => {
  const named = () => [{ value: "health/lab", label: "Blood tests" }];
  assert.equal(suggestions("domain:blood", 12, fields, named)[0]!.insert, "health/lab ");
});

test("an empty bar offers what was asked lately and what is saved", () => {
  const found = beginnings("", ["refund"], [{ name: "lab results", query: "domain:health/*" }]);
  assert.deepEqual(
    found.map((item) => item.insert),
    ["refund", 'in:"lab results"'],
  );
  assert.ok(found.every((item) => item.whole));
});

test("in a tree a branch gives way to what is chosen below it, and the other way round", () => {
  assert.equal(withTree("x domain:health/*", "domain", "domain:health/lab"), "x domain:health/lab");
  assert.equal(withTree("domain:(health/lab OR law)", "domain", "domain:health/*"), "domain:(law OR health/*)");
  assert.equal(withTree("domain:health/*", "domain", "domain:health/*"), "");
});

test("chosen values are known by their terms", () => {
  assert.deepEqual(chosenTerms('source:("a b" OR c) turns:>4', "source"), [
    { value: "a b", term: 'source:"a b"' },
    { value: "c", term: "source:c" },
  ]);
});

test("a saved query is removed from the bar's list by the Delete key on it, or by its sign; nothing else is", () => {
  const removed: string[] = [];
  let saved = [{ name: "lab", query: "lab" }, { name: "all", query: "" }];
  const bar = new QueryBar({
    onQuery: () => assert.fail("nothing is asked"), onLeave: () => {}, onSave: () => {}, fields: () => [], values: () => [],
    recent: () => ["refund"], saved: () => saved,
    onRemove: (name) => (removed.push(name), (saved = saved.filter((item) => item.name !== name)), bar.savedChanged()),
  });
  page.replaceChildren(bar.element);
  bar.input.focus();
  const chosen = (): string | undefined => bar.element.querySelector("[aria-selected=true] code")?.textContent ?? undefined;
  press(bar.input, "ArrowDown");
  press(bar.input, "Delete");
  assert.deepEqual([chosen(), removed], ["refund", []], "what was only asked lately is not a saved query");
  press(bar.input, "ArrowDown");
  assert.equal(chosen(), "lab");
  press(bar.input, "Delete");
  assert.deepEqual([chosen(), removed], ["all", ["lab"]]);
  const sign = bar.element.querySelector<HTMLElement>(".wb-suggestion-remove")!;
  sign.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  assert.deepEqual(removed, ["lab", "all"]);
  assert.equal(bar.element.querySelectorAll(".wb-suggestion-remove").length, 0);
  assert.equal(bar.input.value, "");
});

test("queries saved elsewhere are listed in a bar that had nothing to list; a list that was closed stays closed", () => {
  let saved: { name: string; query: string }[] = [];
  const bar = new QueryBar({ onQuery: () => {}, onLeave: () => {}, onSave: () => {}, fields: () => [], values: () => [], recent: () => [], saved: () => saved });
  page.replaceChildren(bar.element);
  const listed = (): number => bar.element.querySelectorAll("[role=option]").length;
  saved = [{ name: "lab", query: "lab" }];
  bar.savedChanged();
  assert.equal(listed(), 0, "nobody is in the bar");
  saved = [];
  bar.input.focus();
  saved = [{ name: "lab", query: "lab" }];
  bar.savedChanged();
  assert.equal(listed(), 1);
  press(bar.input, "Escape");
  bar.savedChanged();
  assert.equal(listed(), 0);
});
