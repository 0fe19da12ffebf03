// One step in full: who did it and why, what can be done about it, and the conversations it touched.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { exactly } from "../text/when.ts";
import { stateOf, stepWords, type Step } from "./words.ts";

export type Way = "undo" | "redo";

export interface DetailEvents {
  onGo: (way: Way) => void;
  onOpen: (id: string) => void;
}

export class StepDetail {
  readonly element = h("div", { class: "wb-steps-detail", "aria-live": "polite" });
  private drawn = "";

  constructor(
    private readonly ctx: Ctx,
    private readonly on: DetailEvents,
  ) {}

  clear(): void {
    this.drawn = "";
    fill(this.element);
  }

  /** `way`: what can be done with it; `many`: how many steps would go with it. */
  show(step: Step, way: Way | null, many: number): void {
    const drawn = JSON.stringify([step, way, many]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    const place = h("div", { class: "wb-steps-samples" });
    fill(
      this.element,
      h("h4", {}, line(stepWords(step.label))),
      h("p", { class: "wb-quiet" }, line(`${step.author}, ${exactly(step.at)}`)),
      step.why ? h("p", { class: "wb-steps-why" }, line(step.why)) : null,
      way ? this.button(way, many) : h("p", { class: "wb-help" }, whyNot(step, this.ctx.author)),
      place,
    );
    void this.samples(step, place);
  }

  private button(way: Way, many: number): HTMLElement {
    return h(
      "button",
      { class: "wb-button wb-button-primary", on: { click: () => this.on.onGo(way) } },
      inWords(way, many),
      h("kbd", {}, way === "undo" ? "u" : "Shift U"),
    );
  }

  private async samples(step: Step, place: HTMLElement): Promise<void> {
    if (step.samples === 0) return;
    try {
      const found = await this.ctx.call<{ id: string; title: string }[]>("step.samples", { id: step.id });
      const more = step.samples - found.length;
      fill(
        place,
        h("h4", {}, t("Conversations")),
        ...found.map((item) => h("button", { class: "wb-link", on: { click: () => this.on.onOpen(item.id) } }, line(item.title || item.id))),
        more > 0 ? h("span", { class: "wb-quiet" }, tn("and {n} more", "and {n} more", more)) : null,
      );
    } catch (error) {
      this.ctx.notice(error);
    }
  }
}

function inWords(way: Way, many: number): string {
  if (way === "undo") return many > 1 ? tn("Take back this and the step after it", "Take back {n} steps, down to this", many) : t("Take it back");
  return many > 1 ? tn("Do this and the step before it again", "Do {n} steps again, up to this", many) : t("Do it again");
}

/** Why nothing can be done about a step. */
function whyNot(step: Step, author: string): string {
  if (step.author !== author) return t("Only the one who did it can take it back.");
  const state = stateOf(step);
  if (state === "gone") return t("It was taken back, and something else was done since; so it cannot be done again.");
  if (state === "stays") return t("It stays because somebody built on it.");
  return t("This is a record of what happened; it cannot be taken back.");
}
