// Setting up a run: its recipe, the values it asks for, its limits and what it is about to cost.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { lines, price } from "../src/panels/generate_estimate.ts";
import { kindOf, parameterForm, parsed } from "../src/panels/generate_form.ts";
import { limitFields, limitOf } from "../src/panels/generate_limits.ts";
import { fits } from "../src/panels/generate_recipes.ts";
import type { Recipe } from "../src/panels/generate_types.ts";

test("a field's kind follows from what the recipe declares", () => {
  assert.equal(kindOf({ name: "a", kind: "boolean" }), "flag");
  assert.equal(kindOf({ name: "a", kind: "integer" }), "integer");
  assert.equal(kindOf({ name: "a", kind: "long_text" }), "text");
  assert.equal(kindOf({ name: "a", kind: "choice", choices: ["x"] }), "choice");
});

test("numbers are read with their limits, in either writing", () => {
  const share = { name: "share", kind: "number", minimum: 0, maximum: 1 };
  assert.deepEqual(parsed(share, "0,5"), { value: 0.5 });
  assert.ok("problem" in parsed(share, "1.5"));
  assert.ok("problem" in parsed(share, ""));
  assert.ok("problem" in parsed({ name: "n", kind: "integer" }, "1.5"));
});

test("a choice keeps the type of its value", () => {
  assert.deepEqual(parsed({ name: "n", choices: [1, 2] }, "2"), { value: 2 });
});

test("a form gives all values, or none and marks the wrong one", () => {
  let changes = 0;
  const form = parameterForm([{ name: "n", kind: "integer", default: 2 }, { name: "on", kind: "boolean", default: true }], () => (changes += 1));
  assert.deepEqual(form.values(), { n: 2, on: true });
  const input = form.element.querySelector<HTMLInputElement>("[data-param=n]")!;
  input.value = "two";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  assert.equal(form.values(), null);
  assert.ok(input.classList.contains("wb-invalid"));
  assert.equal(changes, 1);
});

test("an estimate says unknown where nothing is known", () => {
  assert.equal(price(undefined), "unknown");
  assert.equal(price(0), "nothing");
  assert.equal(price(0.00042), "$0.0004");
  assert.deepEqual(lines({ rows: 3, drafts: 3 }).at(-1), ["Model calls", "none"]);
  assert.deepEqual(["sample", "document", "nothing"].map((start) => lines({ rows: 3, drafts: 3 }, start)[0]![0]), ["Conversations", "Documents", "Drafts, most"]);
  assert.deepEqual(lines({ rows: 3, drafts: 3, calls: 2, prompt_tokens: 10, completion_tokens: 5 }).slice(-2), [["Tokens, about", "15"], ["Price", "unknown"]]);
});

test("an empty limit is no limit", () => {
  assert.deepEqual(limitOf(" ", true), { value: null });
  assert.deepEqual(limitOf("2,5", false), { value: 2.5 });
  assert.ok("problem" in limitOf("2.5", true));
  assert.ok("problem" in limitOf("-1", false));
});

test("recipes are found by any of their words", () => {
  const recipe: Recipe = { name: "noise", version: "1", title: "As people type", explanation: "Slips and haste", needs_model: false };
  assert.ok(fits(recipe, "slips type"));
  assert.ok(!fits(recipe, "slips model"));
});

test("a selection that is counted as a whole is not cut before a person says so", () => {
  const limits = (whole: boolean) => limitFields(true, whole, () => {});
  assert.equal(limits(false).limit(), 20);
  const all = limits(true);
  assert.equal(all.limit(), null);
  all.element.querySelector<HTMLInputElement>("[data-field=limit]")!.value = "40";
  assert.equal(all.limit(), 40);
});
