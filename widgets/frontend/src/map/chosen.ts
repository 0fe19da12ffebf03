// What is selected on the map, and what can be done with it.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inDigits, spokenLanguage, t, tn } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import { line } from "../text/body.ts";
import { button } from "../work/parts.ts";
import type { Selection } from "./types.ts";

export interface Chosen {
  element: HTMLElement;
  show(selection: Selection | null): void;
}

export function chosenCard(ctx: Ctx, clear: () => void): Chosen {
  const element = h("section", { class: "wb-map-chosen", "aria-label": t("Selection"), "aria-live": "polite" });
  const nothing = (): HTMLElement => h("p", { class: "wb-quiet" }, t("Draw around some points, or choose a region below. What you select can be browsed, tagged, varied and released."));
  let drawn = "";
  return {
    element,
    show(selection) {
      const says = JSON.stringify(selection);
      if (says === drawn) return; // read again because of others: it is not spoken again either
      drawn = says;
      keepFocus(element, () => fill(element, ...(selection ? filled(ctx, selection, clear) : [nothing()])));
    },
  };
}

function filled(ctx: Ctx, selection: Selection, clear: () => void): HTMLElement[] {
  const { query } = selection;
  const gone = selection.count - selection.found;
  const at = new Date(selection.at).toLocaleString(spokenLanguage(), { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return [
    h("div", { class: "wb-row" }, h("strong", { class: "wb-grow wb-numbers" }, tn("{n} conversation selected", "{n} conversations selected", selection.count)), button(t("Clear"), clear, { small: true, tone: "quiet", name: "clear" })),
    h("div", { class: "wb-map-query" }, h("code", { title: t("Write this in any query") }, query)),
    h("p", { class: "wb-help" }, t("Chosen on {when}; it stays as it is.", { when: at }), gone > 0 ? ` ${tn("{n} of them was put aside since.", "{n} of them were put aside since.", gone)}` : "", selection.newer > 0 ? ` ${tn("{n} conversation has come since and is not in it.", "{n} conversations have come since and are not in it.", selection.newer)}` : ""),
    selection.told && selection.told !== "outline" ? h("p", { class: "wb-help" }, line(selection.told)) : h("span", { hidden: true }),
    h(
      "div",
      { class: "wb-map-actions" },
      h(
        "div",
        {},
        button(t("Browse and tag"), () => ctx.navigate("browse", { query }), { tone: "primary", small: true, name: "browse" }),
        button(t("Generate"), () => ctx.navigate("generate", { query }), { small: true, name: "generate" }),
      ),
      h(
        "div",
        {},
        button(t("Measure"), () => ctx.navigate("quality", { query }), { small: true, name: "measure" }),
        button(t("Make a slice"), () => ctx.navigate("release", { query }), { small: true, name: "release" }),
      ),
    ),
  ].filter((item): item is HTMLElement => !item.hasAttribute("hidden"));
}

/** How many points there are and how many are drawn, so that nothing seems to be missing. */
export function countWords(total: number, placed: number, drawn: number): string {
  const parts = [tn("{n} conversation", "{n} conversations", total)];
  if (drawn < placed) parts.push(t("{n} drawn as points; the shading counts all", { n: inDigits(drawn) }));
  if (placed < total) parts.push(tn("{n} says too little to have a place", "{n} say too little to have a place", total - placed));
  return parts.join(" · ");
}
