// Generate: on the left a run is made, on the right its drafts are decided on, while the run goes on.
import { onScreen } from "../code/screen.ts";
import type { Ctx, Mount } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { markReady } from "../core/ready.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { decider, type Decider } from "./generate_decide.ts";
import { maker, type Maker } from "./generate_make.ts";
import type { Start } from "./generate_types.ts";

export const mount: Mount = (root, ctx) => {
  const page = h("div", { class: "wb-work wb-generate-page" });
  root.append(page);
  let parts: { make: Maker; decide: Decider } | null = null;
  let over = false;
  const open = async (): Promise<void> => {
    fill(page, loading());
    try {
      const start = await ctx.call<Start>("generate.start");
      if (over) return;
      parts = build(page, ctx, start);
      if (waitsHere(root)) parts?.decide.focus();
      markReady(root);
    } catch (error) {
      fill(page, failed(error, () => void open()));
    }
  };
  const off = ctx.on("shown", (args) => parts?.make.shown(args));
  const unbind = bindKeys(root, () => [{ keys: ["/"], label: t("Search"), run: () => (parts ? parts.make.search() : false) }]);
  const unshown = onScreen(page, () => (parts ? [...parts.make.acts(), ...parts.decide.acts()] : []));
  void open();
  return () => {
    over = true;
    unshown();
    off();
    unbind();
    parts?.make.close();
    parts?.decide.close();
    root.replaceChildren();
  };
};

/** The page has the focus, but its queue was not there yet to take it. */
function waitsHere(root: HTMLElement): boolean {
  const focused = document.activeElement;
  return focused !== null && (focused === root || focused === root.closest(".wb-page"));
}

function build(page: HTMLElement, ctx: Ctx, start: Start): { make: Maker; decide: Decider } | null {
  if (start.recipes.length === 0) {
    fill(page, emptyState(t("There is no recipe here"), t("A recipe is a way to make new conversations. A data scientist can add one in a notebook.")));
    return null;
  }
  const decide = decider(ctx);
  const make = maker(ctx, start, (run) => decide.follow(run));
  fill(page, make.element, decide.element);
  return { make, decide };
}
