// Recipes as cards: what each is for, and whether it needs a model.
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import type { Recipe } from "./generate_types.ts";

/** Words in any order, in title, name or explanation. */
export function fits(recipe: Recipe, words: string): boolean {
  const text = `${said(recipe.title)} ${said(recipe.explanation)} ${recipe.title} ${recipe.name} ${recipe.explanation} ${words_of(recipe.varies)} ${words_of(recipe.keeps)}`.toLowerCase();
  return words.toLowerCase().split(/\s+/).filter(Boolean).every((word) => text.includes(word));
}

export function words_of(value: string | string[] | undefined): string {
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

export function recipeList(recipes: Recipe[], onChosen: (recipe: Recipe) => void): HTMLElement {
  const list = h("div", { class: "wb-recipes", role: "list", "aria-label": t("Recipes") });
  const search = h("input", { class: "wb-input", type: "search", placeholder: t("Search recipes"), data: { kept: "" }, "aria-label": t("Search recipes") });
  const draw = (): void => {
    const found = recipes.filter((recipe) => fits(recipe, search.value));
    fill(list, ...found.map((recipe) => h("div", { role: "listitem" }, card(recipe, onChosen))), found.length === 0 ? h("p", { class: "wb-quiet" }, t("No recipe fits these words.")) : null);
  };
  search.addEventListener("input", draw);
  draw();
  const box = h("div", { class: "wb-stack" }, search, list);
  bindKeys(box, () => [
    { keys: ["ArrowDown"], inText: true, fixed: true, label: t("Next recipe"), run: () => step(list, search, 1) },
    { keys: ["ArrowUp"], inText: true, fixed: true, label: t("Recipe before"), run: () => step(list, search, -1) },
  ]);
  return box;
}

function step(list: HTMLElement, search: HTMLElement, by: number): void {
  const cards = [...list.querySelectorAll<HTMLElement>("button")];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  const next = at + by;
  if (next < 0) search.focus();
  else cards[Math.min(next, cards.length - 1)]?.focus();
}

function card(recipe: Recipe, onChosen: (recipe: Recipe) => void): HTMLElement {
  return h(
    "button",
    { class: "wb-recipe", data: { recipe: recipe.name }, on: { click: () => onChosen(recipe) } },
    h("span", { class: "wb-row wb-recipe-head" }, h("strong", { class: "wb-grow" }, said(recipe.title || recipe.name)), need(recipe)),
    h("span", { class: "wb-recipe-for" }, said(recipe.explanation)),
  );
}

export function need(recipe: Recipe): HTMLElement {
  return recipe.needs_model
    ? h("span", { class: "wb-chip wb-chip-violet" }, t("needs a model"))
    : h("span", { class: "wb-chip wb-chip-good" }, t("no model needed"));
}
