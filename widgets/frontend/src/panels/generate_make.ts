// The left side of Generate: choose a recipe, its parameters, the conversations to start from and the limits; see the
// estimate; start.
import type { Act } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { icon } from "../core/icon.ts";
import { button } from "../work/parts.ts";
import { estimateBox } from "./generate_estimate.ts";
import { exampleOf } from "./generate_example.ts";
import { parameterForm, type ParameterForm } from "./generate_form.ts";
import { documentPicker, nothingPicker } from "./generate_documents.ts";
import { gapsBefore, type GapsBefore } from "./generate_gaps_before.ts";
import { limitFields, type Limits } from "./generate_limits.ts";
import { modelLine } from "./generate_model.ts";
import { need, recipeList, saidList, type RecipeList } from "./generate_recipes.ts";
import type { ModelView, Recipe, Start } from "./generate_types.ts";
import { wherePicker, type WherePicker } from "./generate_where.ts";

/** Rows of a first try: enough for an interval that says something, few enough to read them all. */
const FIRST_ROWS = 10;

/** The recipe whose grid is shown before it runs. */
const FILLS = "gap_fill";

export interface Maker {
  element: HTMLElement;
  shown(args: Record<string, unknown>): void;
  /** Go to the field that searches: the recipes, or the conversations to start from. */
  search(): void;
  /** The run as it would start now: for the code drawer. */
  acts(): Act[];
  close(): void;
}

export function maker(ctx: Ctx, start: Start, onStarted: (run: string) => void): Maker {
  const element = h("section", { class: "wb-make", "aria-label": t("Make drafts") });
  const conversations = wherePicker(ctx, () => changed());
  let where: WherePicker = conversations;
  let model = start.model;
  let recipe: Recipe | null = null;
  let form: ParameterForm | null = null;
  let limits: Limits | null = null;
  let recipes: RecipeList | null = null;
  let gaps: GapsBefore | null = null;
  const estimate = estimateBox(ctx, () => (recipe && form && where.ready() ? { recipe: recipe.name, where: where.value(), params: form.values(), limit: limits?.limit() ?? null } : null), () => recipe?.starts_from ?? "sample");
  const grid = (): Record<string, unknown> | null => {
    const params = form?.values() ?? null;
    return params && where.ready() ? { where: where.value(), params, limit: limits?.limit() ?? null } : null;
  };
  const go = button(t("Start"), () => void begin(), { tone: "primary", name: "start-run" });
  const first = button(t("Try {n} first", { n: FIRST_ROWS }), () => void begin(FIRST_ROWS), { name: "try-first", title: t("Make a few rows, then see what all of them would take") });
  const changed = (): void => (estimate.later(), gaps?.later());

  const list = (): void => {
    recipe = null;
    gaps?.close();
    gaps = null;
    recipes?.close();
    recipes = recipeList(start.recipes, (chosen) => open(chosen));
    fill(
      element,
      h("header", { class: "wb-head" }, h("h2", {}, t("Make variants")), h("p", { class: "wb-lead" }, t("Choose how new conversations are made. Nothing enters the workspace before you accept it."))),
      recipes.element,
      modelLine(ctx, () => model, (next) => (model = next)),
    );
  };
  const open = (chosen: Recipe): void => {
    recipe = chosen;
    recipes?.close();
    form = parameterForm(chosen.form ?? [], changed);
    startFrom(chosen);
    limits = limitFields(chosen.needs_model, chosen.starts_from === "set", changed);
    gaps?.close();
    gaps = chosen.name === FILLS ? gapsBefore(ctx, grid) : null;
    fill(element, back(list), heading(chosen), approval(chosen, start.recipes, open), where.element, form.element, gaps?.element ?? null, limits.element, foot(chosen));
    estimate.now();
    gaps?.now();
    element.scrollTop = 0;
    element.querySelector<HTMLElement>(".wb-back")?.focus({ preventScroll: true });
  };
  const startFrom = (chosen: Recipe): void => {
    if (where !== conversations) where.close();
    where = chosen.starts_from === "document" ? documentPicker(ctx, () => changed()) : chosen.starts_from === "nothing" ? nothingPicker() : conversations;
  };
  const foot = (chosen: Recipe): HTMLElement =>
    h(
      "div",
      { class: "wb-make-foot" },
      chosen.needs_model ? modelLine(ctx, () => model, (next: ModelView) => ((model = next), changed())) : null,
      estimate.element,
      h("div", { class: "wb-wrap" }, go, chosen.needs_model ? first : null),
    );
  const asked = (chosen: Recipe, params: Record<string, unknown>, budget: Record<string, number>): Record<string, unknown> => ({
    recipe: chosen.name, where: where.value(), params, limit: limits?.limit() ?? null, budget, seed: limits?.seed() ?? 0, ...(limits?.reuse() ? { reuse: true } : {}),
  });
  const begin = async (pilot = 0): Promise<void> => {
    const params = form?.values(true);
    const budget = limits?.budget(true);
    if (!recipe || !params || !budget || !where.ready()) return;
    go.disabled = first.disabled = true;
    try {
      const started = await ctx.call<{ run: string }>("generate.run", { ...asked(recipe, params, budget), ...(pilot ? { pilot } : {}) });
      onStarted(started.run);
    } catch (error) {
      ctx.notice(error);
    } finally {
      go.disabled = first.disabled = false;
    }
  };
  list();
  return {
    element,
    shown(args) {
      conversations.shown(args);
      const name = args["recipe"];
      const wanted = start.recipes.find((item) => item.name === name);
      if (wanted) open(wanted);
    },
    search: () => element.querySelector<HTMLElement>("input[type=search], [data-field=where]")?.focus(),
    acts() {
      const params = form?.values();
      const budget = limits?.budget();
      return recipe && params && budget && where.ready() ? [{ name: "generate.run", args: asked(recipe, params, budget) }] : [];
    },
    close: () => (gaps?.close(), recipes?.close(), where !== conversations && where.close(), conversations.close(), estimate.close()),
  };
}

/** What a person approves before the next step: said where it happens, and offered where it could. */
function approval(chosen: Recipe, recipes: Recipe[], open: (recipe: Recipe) => void): HTMLElement | null {
  const next = recipes.find((recipe) => recipe.name === chosen.then?.recipe);
  if (chosen.then && next && next !== chosen && !chosen.form?.some((field) => field.name === "questions_only"))
    return h("p", { class: "wb-help" }, t("You approve the {what} first; “{recipe}” goes on from those alone.", { what: said(chosen.then.what), recipe: said(next.title) }));
  const before = recipes.find((recipe) => recipe.then?.recipe === chosen.name && recipe !== chosen);
  if (!before) return null;
  return h("p", { class: "wb-help" }, t("To approve something before this is paid for, begin with"), " ", h("button", { class: "wb-link", data: { action: "approve-first" }, on: { click: () => open(before) } }, said(before.title)));
}

function back(list: () => void): HTMLElement {
  return h("button", { class: "wb-back", on: { click: list } }, icon("chevron", 14), t("All recipes"));
}

function heading(recipe: Recipe): HTMLElement {
  const keeps = saidList(recipe.keeps);
  const varies = saidList(recipe.varies);
  return h(
    "header",
    { class: "wb-head" },
    h("h2", {}, said(recipe.title || recipe.name)),
    h("p", { class: "wb-lead" }, said(recipe.explanation)),
    h("div", { class: "wb-wrap wb-recipe-facts" }, need(recipe), h("span", { class: "wb-quiet" }, `${recipe.name} ${recipe.version}`)),
    exampleOf(recipe),
    keeps || varies
      ? h(
          "details",
          { class: "wb-more" },
          h("summary", {}, t("What it keeps and what it changes")),
          h(
            "div",
            { class: "wb-keeps" },
            keeps ? h("p", {}, h("strong", {}, t("Keeps")), " ", keeps) : null,
            varies ? h("p", {}, h("strong", {}, t("Changes")), " ", varies) : null,
          ),
        )
      : null,
  );
}

export type { WherePicker };
