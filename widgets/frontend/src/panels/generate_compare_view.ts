// The compare view as elements: the bar, the shared beginning, the columns, and what was just done, in words.
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import { arrange, Rows } from "../core/rows.ts";
import { keepUnfolded } from "../core/unfolded.ts";
import { holdsWork } from "../core/unsaved.ts";
import { button, keyed } from "../work/parts.ts";
import { Column, sharedView, type ColumnActs } from "./generate_compare_columns.ts";
import type { CompareActions } from "./generate_compare_keys.ts";
import * as o from "./generate_compare_order.ts";
import type { Comparison } from "./generate_compare_state.ts";

export interface Shown extends Comparison {
  now: o.Compared;
  /** Which of how many requests with several candidates this is, from 1; 0 when it is none of them. */
  request: [number, number];
}

export class CompareView {
  readonly columns = h("div", { class: "wb-compare-columns" });
  private readonly head = h("header", { class: "wb-compare-head" });
  private readonly shared = h("div", { class: "wb-compare-common" });
  private readonly told = h("p", { class: "wb-compare-told", role: "status" });
  private readonly body = h("div", { class: "wb-compare-body" }, this.columns);
  readonly element = h("section", { class: "wb-compare", role: "dialog", "aria-modal": "true", tabindex: -1, "aria-label": t("Compare candidates") }, this.head, this.shared, this.body, this.told);
  private readonly letters = new Map<string, o.Letters>();
  private readonly beginning = new Rows();
  private drawn = new Map<string, Column>();

  constructor(private readonly act: CompareActions, private readonly onColumn: ColumnActs) {}

  draw(shown: Shown): void {
    const { candidates, shared, run, group } = shown.now;
    const letters = this.lettersOf(`${run}\n${group}`);
    const base = candidates.find((one) => one.id === shown.base);
    const first = new Map<string, string>();
    const columns = candidates.map((one) => {
      const words = JSON.stringify(one.turns.map((turn) => [turn.role, turn.content]));
      const sameAs = first.get(words) ?? "";
      if (!sameAs) first.set(words, letters.of(one.id));
      const against = base ? { candidate: base, letter: letters.of(base.id) } : null;
      return this.columnOf(one.id).draw(one, { letter: letters.of(one.id), of: candidates.length, order: shown.order, base: against, maker: shown.makers?.get(one.id) ?? null, sameAs });
    });
    const beginning = this.beginning.of([{ key: "", says: shared, make: () => sharedView(shared) }]);
    keepUnfolded(this.shared, () => arrange(this.shared, beginning));
    arrange(this.columns, columns);
    this.forget(candidates.map((one) => one.id));
    keepFocus(this.head, () => fill(this.head, ...this.bar(shown)));
    this.mark(shown.focused);
    holdsWork(this.element, Object.keys(o.changes(shown.order)).length > 0 ? t("an order that is not saved") : "");
  }

  private columnOf(id: string): Column {
    const column = this.drawn.get(id) ?? new Column(id, this.onColumn);
    this.drawn.set(id, column);
    return column;
  }

  /** The columns of candidates that are shown no more. */
  private forget(shown: string[]): void {
    for (const id of [...this.drawn.keys()]) if (!shown.includes(id)) this.drawn.delete(id);
  }

  letterOf(now: o.Compared, id: string): string {
    return this.lettersOf(`${now.run}\n${now.group}`).of(id);
  }

  mark(focused: string): void {
    for (const one of this.columns.children) {
      const on = (one as HTMLElement).dataset["draftId"] === focused;
      one.classList.toggle("wb-compare-on", on);
      one.setAttribute("tabindex", on ? "0" : "-1");
      if (on) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
  }

  /** Put the keys into the marked column, and bring it into view without moving anything else. */
  focusColumn(): void {
    const on = this.columns.querySelector<HTMLElement>(".wb-compare-on");
    (on ?? this.element).focus({ preventScroll: true });
    if (!on) return;
    const [frame, box] = [this.body.getBoundingClientRect(), on.getBoundingClientRect()];
    if (box.left < frame.left) this.body.scrollLeft += box.left - frame.left - 12;
    else if (box.right > frame.right) this.body.scrollLeft += box.right - frame.right + 12;
  }

  scroll(by: number | "top"): void {
    if (by === "top") this.body.scrollTop = this.body.scrollLeft = 0;
    else this.body.scrollTop += by;
  }

  instead(element: HTMLElement): void {
    const had = this.columns.contains(document.activeElement);
    fill(this.columns, element);
    if (had) this.element.focus({ preventScroll: true });
  }

  tell(words: string): void {
    this.told.textContent = words;
  }

  private lettersOf(request: string): o.Letters {
    const letters = this.letters.get(request) ?? new o.Letters();
    this.letters.set(request, letters);
    return letters;
  }

  private bar({ now, order, request: [at, all] }: Shown): HTMLElement[] {
    const { act } = this;
    const ranked = Object.keys(order.places).length > 0;
    return [
      h("h2", { class: "wb-clip" }, tn("{n} candidate", "{n} candidates", now.candidates.length)),
      h("span", { class: "wb-quiet wb-grow wb-clip" }, at > 0 ? t("request {n} of {all}", { n: at, all }) : ""),
      button(keyed(t("Save order"), "⏎"), act.save, { tone: "primary", name: "compare-save", title: t("Save the order, next request") }),
      button(keyed(t("Accept best"), "a"), act.best, { name: "compare-best", disabled: !ranked, title: t("Accept the best, reject the others") }),
      button(keyed(t("Word diff"), "d"), act.diff, { tone: "quiet", name: "compare-diff", title: t("Compare the others with this one, word by word") }),
      button(keyed(t("Who wrote it"), "v"), act.reveal, { tone: "quiet", name: "compare-reveal", title: t("Say who wrote what") }),
      button(keyed(t("Next"), "n"), () => act.go(1), { tone: "quiet", name: "compare-next", disabled: all < 2 }),
      button(keyed(t("Undo"), "u"), act.undo, { tone: "quiet", name: "compare-undo" }),
      button(keyed(t("Back"), "Esc"), act.close, { tone: "quiet", name: "compare-back" }),
      h("button", { class: "wb-icon-button", "aria-label": t("All keys"), title: t("All keys (?)"), on: { click: act.help } }, "?"),
    ];
  }
}
