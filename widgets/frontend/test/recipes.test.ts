import assert from "node:assert/strict";
import { test } from "node:test";
import { page, press } from "./dom.ts";
import { tablesIn } from "../src/core/keymap.ts";
import { exampleOf } from "../src/panels/generate_example.ts";
import { passes, recipeList } from "../src/panels/generate_recipes.ts";
import type { Recipe } from "../src/panels/generate_types.ts";

const recipe = (name: string, more: Partial<Recipe> = {}): Recipe => ({ name, version: "1", title: name, explanation: `about ${name}`, needs_model: false, starts_from: "sample", purpose: "vary", ...more });
const ALL = [recipe("noise"), recipe("duet", { needs_model: true, purpose: "write" }), recipe("document_qa", { needs_model: true, starts_from: "document", purpose: "ground" }), recipe("ours", { purpose: "unheard of" })];
const names = (root: Element): (string | undefined)[] => [...root.querySelectorAll<HTMLElement>("button.wb-recipe")].map((card) => card.dataset["recipe"]);

test("recipes are narrowed by model, start and words together", () => {
  const asked = { words: "", model: "", starts: "" };
  assert.equal(ALL.filter((one) => passes(one, asked)).length, 4);
  assert.deepEqual(ALL.filter((one) => passes(one, { ...asked, model: "yes" })).map((one) => one.name), ["duet", "document_qa"]);
  assert.deepEqual(ALL.filter((one) => passes(one, { ...asked, model: "yes", starts: "document" })).map((one) => one.name), ["document_qa"]);
  assert.deepEqual(ALL.filter((one) => passes(one, { words: "conversations write", model: "", starts: "" })).map((one) => one.name), ["duet"], "the words of its group count");
});

test("cards stand in groups, and a recipe of a purpose nobody knows is not lost", () => {
  const list = recipeList(ALL, () => {}).element;
  assert.deepEqual([...list.querySelectorAll("h3")].map((head) => head.textContent), ["Vary what is there", "Write new conversations", "Rest on documents or facts", "Other recipes"]);
  assert.deepEqual(names(list), ["noise", "duet", "document_qa", "ours"]);
});

test("where nothing fits, one press shows all again", () => {
  const list = recipeList(ALL, () => {}).element;
  page.replaceChildren(list);
  const search = list.querySelector<HTMLInputElement>("input")!;
  search.value = "nothing of the kind";
  search.dispatchEvent(new Event("input"));
  assert.deepEqual(names(list), []);
  list.querySelector<HTMLElement>("[data-action=recipes-all]")!.click();
  assert.equal(names(list).length, 4);
  assert.equal(document.activeElement, search);
});

test("arrows walk from the search through the cards of all groups", () => {
  const list = recipeList(ALL, () => {}).element;
  page.replaceChildren(list);
  list.querySelector<HTMLElement>("input")!.focus();
  for (let times = 0; times < 3; times += 1) press(document.activeElement!, "ArrowDown");
  assert.equal((document.activeElement as HTMLElement).dataset["recipe"], "document_qa");
  for (let times = 0; times < 3; times += 1) press(document.activeElement!, "ArrowUp");
  assert.equal((document.activeElement as HTMLElement).tagName, "INPUT");
});

test("an example is text, shows a small change as a diff, and an illustration is called one", () => {
  const shown = (made: boolean, before: string, after: string) => ({ en: { before: [["user", before]] as [string, string][], after: [["user", after]] as [string, string][], made } });
  const near = exampleOf(recipe("noise", { shown: shown(true, "I cannot get it out of the basket", "I cannot get it out of the baskt") }))!;
  assert.equal(near.querySelector("ins")?.textContent, "baskt");
  assert.doesNotMatch(near.textContent!, /illustration/);
  const far = exampleOf(recipe("answer", { shown: shown(false, "<b>Hello</b>", "Nothing of this is the same here") }))!;
  assert.equal(far.querySelector("b, ins, del"), null);
  assert.match(far.textContent!, /<b>Hello<\/b>.*illustration/);
  assert.equal(exampleOf(recipe("ours")), null);
});

test("a list that is put away leaves no table of keys behind", () => {
  const list = recipeList(ALL, () => {});
  assert.equal(tablesIn(list.element).length, 1);
  list.close();
  assert.equal(tablesIn(list.element).length, 0);
});
