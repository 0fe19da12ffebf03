// What a recipe makes of what, as a small before and after. One that a recipe did not make itself says so.
import { h, type Child } from "../core/dom.ts";
import { key, spokenLanguage, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { wordDiff, type DiffPart } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import type { Recipe, Shown } from "./generate_types.ts";

/** What stands before a text that is no turn: the material it rests on. */
const WHO: Record<string, string> = {
  user: key("User"),
  assistant: key("Assistant"),
  system: key("System"),
  tool: key("Tool"),
  passage: key("Passage"),
  question: key("Question"),
  card: key("Card"),
  topic: key("Topic"),
  words: key("Words"),
  grid: key("Grid"),
  facts: key("Facts"),
  rules: key("Rules"),
  acts: key("Acts"),
};

/** The example in the language of the screen, else in English. */
export function shownOf(recipe: Recipe): Shown | null {
  return recipe.shown?.[spokenLanguage()] ?? recipe.shown?.["en"] ?? null;
}

export function exampleOf(recipe: Recipe, small = false): HTMLElement | null {
  const shown = shownOf(recipe);
  if (!shown) return null;
  const made = `wb-madeof${small ? " wb-madeof-small" : ""}`;
  const [[who, before], [then, after]] = [shown.before[0]!, shown.after[0]!];
  const one = shown.before.length === 1 && shown.after.length === 1 && who === then;
  if (one && alike(before, after)) return h("span", { class: made }, row(who, diffView(small ? around(wordDiff(before, after)) : wordDiff(before, after))), shown.made ? null : h("span", { class: "wb-madeof-turn" }, t("illustration")));
  return h(
    "span",
    { class: made },
    ...shown.before.map(([who, text]) => row(who, line(text))),
    h("span", { class: "wb-madeof-turn" }, h("span", { "aria-hidden": "true" }, "↓"), shown.made ? null : h("span", {}, t("illustration"))),
    ...shown.after.map(([who, text]) => row(who, line(text))),
  );
}

function row(who: string, ...text: Child[]): HTMLElement {
  return h("span", { class: "wb-madeof-row" }, h("span", { class: "wb-madeof-who" }, t(WHO[who] ?? who)), h("span", { class: "wb-madeof-text" }, ...text));
}

const NEAR = 36;

/** What changed, with a little of what stands around it: a card is small. */
function around(parts: DiffPart[]): DiffPart[] {
  return parts.map((part, at) => {
    if (part.kind !== "same" || part.text.length <= 2 * NEAR) return part;
    const start = at === 0 ? "" : part.text.slice(0, NEAR);
    const end = at === parts.length - 1 ? "" : part.text.slice(-NEAR);
    return { ...part, text: `${start} … ${end}` };
  });
}

/** Whether so much is common that a word diff says more than the two texts. */
function alike(before: string, after: string): boolean {
  const parts = wordDiff(before, after);
  const same = parts.filter((part) => part.kind === "same").reduce((sum, part) => sum + part.text.length, 0);
  return same > after.length / 2;
}
