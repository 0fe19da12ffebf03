// What the rule would change, one draft after the other, as word diffs; each can be taken out.
import { fill, h, type Child } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { roleName } from "../edit/turnform.ts";
import type { Finding } from "../panels/generate_types.ts";
import { line } from "../text/body.ts";
import { diffView } from "../text/diffview.ts";
import type { Fit } from "./types.ts";

export class FitRows {
  readonly element = h("div", { class: "wb-same-list", role: "group", tabindex: 0, "aria-label": t("What would change") });
  /** Ids that are not to be changed. */
  readonly without = new Set<string>();
  private rows: Fit[] = [];

  constructor(
    private readonly onChange: () => void,
    private readonly onMore: (offset: number) => void,
  ) {}

  /** Begin anew; `out` are not ticked at first. */
  clear(out: string[] = []): void {
    this.rows = [];
    this.without.clear();
    out.forEach((id) => this.without.add(id));
    fill(this.element);
  }

  add(rows: Fit[], found: number): void {
    this.rows.push(...rows);
    this.element.querySelector(".wb-replace-more")?.remove();
    this.element.append(...rows.map((row) => this.row(row)));
    const left = found - this.rows.length;
    if (left > 0) this.element.append(this.more(left));
  }

  /** The tick of the next (1) or the one before (-1) gets the keys. */
  move(by: number): void {
    const boxes = [...this.element.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
    const at = boxes.indexOf(document.activeElement as HTMLInputElement);
    const next = boxes[Math.min(Math.max(at + by, 0), boxes.length - 1)];
    next?.focus({ preventScroll: true });
    next?.closest(".wb-same-row")?.scrollIntoView({ block: "nearest" });
  }

  private more(left: number): HTMLElement {
    const offset = this.rows.length;
    return h(
      "button",
      { class: "wb-button wb-button-small wb-replace-more", on: { click: () => this.onMore(offset) } },
      t("Show more ({n} not shown)", { n: inDigits(left) }),
    );
  }

  private row(row: Fit): HTMLElement {
    const box = h("input", { type: "checkbox" });
    box.checked = !this.without.has(row.id);
    const element = h(
      "article",
      { class: `wb-same-row${box.checked ? "" : " wb-replace-out"}`, data: { fit: row.id } },
      h("label", { class: "wb-check wb-replace-title" }, box, ...titleOf(row)),
      ...marks(row),
      ...row.turns.map((turn) =>
        h("div", { class: "wb-replace-place" }, h("span", { class: "wb-quiet wb-replace-where" }, `${turn.turn} ${roleName(turn.role)}`), diffView(turn.parts, true)),
      ),
    );
    box.addEventListener("change", () => {
      if (box.checked) this.without.delete(row.id);
      else this.without.add(row.id);
      element.classList.toggle("wb-replace-out", !box.checked);
      this.onChange();
    });
    return element;
  }
}

function titleOf(row: Fit): Child[] {
  return [
    row.kind === "sample" ? line(row.title) : h("span", {}, t("{recipe} · row {n}", { recipe: row.recipe, n: inDigits(row.row + 1) })),
    row.kind === "sample" ? h("span", { class: "wb-chip" }, t("accepted")) : null,
    row.hits > 1 ? h("span", { class: "wb-quiet wb-numbers" }, tn("{n} place", "{n} places", row.hits)) : null,
    row.stale ? h("span", { class: "wb-chip wb-chip-warn" }, t("changed or decided since")) : null,
  ];
}

/** What speaks against it, and what no longer does. */
function marks(row: Fit): Child[] {
  const mark = (tone: string, chip: string, words: string): HTMLElement => h("p", { class: "wb-same-mark" }, h("span", { class: `wb-chip wb-chip-${tone}` }, chip), line(words));
  const worse = (found: Finding): HTMLElement => mark(found.severity === "problem" ? "bad" : "warn", t("then: {check}", { check: found.check }), said(found.message));
  return [
    ...row.worse.map(worse),
    ...row.better.map((found) => mark("good", t("no longer: {check}", { check: found.check }), said(found.message))),
    row.emptied > 0 ? h("p", { class: "wb-same-mark wb-quiet" }, tn("{n} turn would be left empty and stays as it is", "{n} turns would be left empty and stay as they are", row.emptied)) : null,
    row.checked || row.kind === "sample" ? null : h("p", { class: "wb-same-mark wb-quiet" }, t("Its checks could not be asked again: its recipe is another one by now.")),
  ];
}
