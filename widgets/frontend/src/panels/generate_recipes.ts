// Recipes as cards: what each is for, a small example of what it makes of what, and whether it needs a model. They stand in
// groups, are searched by words and narrowed by what they need and start from.
import { fill, h } from "../core/dom.ts";
import { inDigits, key, said, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { button, select, uid } from "../work/parts.ts";
import { exampleOf } from "./generate_example.ts";
import type { Recipe } from "./generate_types.ts";

const PURPOSES: [string, string][] = [
  ["vary", key("Vary what is there")],
  ["answer", key("Answer, explain, go on")],
  ["write", key("Write new conversations")],
  ["ground", key("Rest on documents or facts")],
  ["balance", key("Fill what is missing")],
  ["protect", key("Keep private what must not leave")],
  ["own", key("Other recipes")],
];

const STARTS: [string, string][] = [
  ["", key("start: any")],
  ["sample", key("from each conversation")],
  ["set", key("from a selection as a whole")],
  ["document", key("from documents")],
  ["nothing", key("from its own parameters")],
];

const NEEDS: [string, string][] = [
  ["", key("model: any")],
  ["no", key("no model needed")],
  ["yes", key("needs a model")],
];

export interface Narrowing {
  words: string;
  /** "yes", "no" or "" for both. */
  model: string;
  starts: string;
}

/** Words in any order, in title, name or explanation. */
export function fits(recipe: Recipe, words: string): boolean {
  const group = PURPOSES.find(([name]) => name === recipe.purpose)?.[1] ?? "";
  const text = `${said(recipe.title)} ${said(recipe.explanation)} ${recipe.title} ${recipe.name} ${recipe.explanation} ${words_of(recipe.varies)} ${words_of(recipe.keeps)} ${saidList(recipe.varies)} ${saidList(recipe.keeps)} ${t(group)}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(word));
}

export function passes(recipe: Recipe, asked: Narrowing): boolean {
  const model = asked.model === "" || recipe.needs_model === (asked.model === "yes");
  return model && (asked.starts === "" || (recipe.starts_from ?? "sample") === asked.starts) && fits(recipe, asked.words);
}

function words_of(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

/** What a recipe keeps or changes, in the person's language. */
export function saidList(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.map(said).join(", ") : said(value ?? "");
}

export interface RecipeList {
  element: HTMLElement;
  /** Its keys are bound no longer. */
  close(): void;
}

export function recipeList(recipes: Recipe[], onChosen: (recipe: Recipe) => void): RecipeList {
  const list = h("div", { class: "wb-recipes", role: "group", "aria-label": t("Recipes") });
  const told = h("span", { class: "wb-quiet", role: "status" });
  const search = h("input", { class: "wb-input", type: "search", placeholder: t("Search recipes"), data: { kept: "" }, "aria-label": t("Search recipes") });
  const model = select(NEEDS.map(([value, label]) => ({ value, label: t(label) })), "", { "aria-label": t("Model"), data: { narrow: "model" } });
  const starts = select(STARTS.map(([value, label]) => ({ value, label: t(label) })), "", { "aria-label": t("Start from"), data: { narrow: "starts" } });
  const clear = (): void => {
    search.value = model.value = starts.value = "";
    draw();
    search.focus();
  };
  const draw = (): void => {
    const asked = { words: search.value, model: model.value, starts: starts.value };
    const found = recipes.filter((recipe) => passes(recipe, asked));
    const narrowed = Boolean(asked.words.trim() || asked.model || asked.starts);
    told.textContent = narrowed ? t("{n} of {all}", { n: inDigits(found.length), all: inDigits(recipes.length) }) : tn("{n} recipe", "{n} recipes", recipes.length);
    fill(list, ...groups(found, onChosen), found.length === 0 ? nothingFits(clear) : null);
  };
  search.addEventListener("input", draw);
  for (const choice of [model, starts]) choice.addEventListener("change", draw);
  draw();
  const box = h("div", { class: "wb-stack" }, search, h("div", { class: "wb-recipe-narrow" }, model, starts), told, list);
  const close = bindKeys(box, () => [
    { keys: ["ArrowDown"], inText: true, fixed: true, label: t("Next recipe"), run: (event) => step(event, list, search, 1) },
    { keys: ["ArrowUp"], inText: true, fixed: true, label: t("Recipe before"), run: (event) => step(event, list, search, -1) },
  ]);
  return { element: box, close };
}

function nothingFits(clear: () => void): HTMLElement {
  return h("div", { class: "wb-recipe-none" }, h("p", {}, t("No recipe fits these words.")), button(t("Show all recipes"), clear, { small: true, name: "recipes-all" }));
}

function groups(found: Recipe[], onChosen: (recipe: Recipe) => void): HTMLElement[] {
  return PURPOSES.flatMap(([purpose, title]) => {
    const some = found.filter((recipe) => purposeOf(recipe) === purpose);
    if (some.length === 0) return [];
    const id = uid("purpose");
    const cards = h("div", { class: "wb-recipes", role: "list", "aria-labelledby": id }, ...some.map((recipe) => h("div", { role: "listitem" }, card(recipe, onChosen))));
    return [h("section", { class: "wb-recipe-group" }, h("h3", { id }, t(title)), cards)];
  });
}

/** A purpose this page does not know is that of an extension. */
function purposeOf(recipe: Recipe): string {
  return PURPOSES.some(([name]) => name === recipe.purpose) ? recipe.purpose! : "own";
}

/** A select answers the arrows itself. */
function step(event: Event, list: HTMLElement, search: HTMLElement, by: number): boolean {
  if (event.target instanceof HTMLSelectElement) return false;
  const cards = [...list.querySelectorAll<HTMLElement>("button.wb-recipe")];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  const next = at + by;
  if (next < 0) search.focus();
  else cards[Math.min(next, cards.length - 1)]?.focus();
  return true;
}

function card(recipe: Recipe, onChosen: (recipe: Recipe) => void): HTMLElement {
  const name = uid("recipe");
  const what = uid("recipe-for");
  return h(
    "button",
    { class: "wb-recipe", data: { recipe: recipe.name }, "aria-labelledby": name, "aria-describedby": what, on: { click: () => onChosen(recipe) } },
    h("span", { class: "wb-row wb-recipe-head", id: name }, h("strong", { class: "wb-grow" }, said(recipe.title || recipe.name)), need(recipe)),
    h("span", { class: "wb-recipe-for", id: what, title: said(recipe.explanation) }, said(recipe.explanation)),
    exampleOf(recipe, true),
  );
}

export function need(recipe: Recipe): HTMLElement {
  return recipe.needs_model
    ? h("span", { class: "wb-chip wb-chip-violet" }, t("needs a model"))
    : h("span", { class: "wb-chip wb-chip-good" }, t("no model needed"));
}
