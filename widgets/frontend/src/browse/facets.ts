// Facets: the values of a field with their exact counts; a click makes them part of the query.
import { inDigits, said, t } from "../core/i18n.ts";
import { fill, h } from "../core/dom.ts";
import type { Facet, FacetValue } from "../core/nouns.ts";
import { hasTerm, withTerm } from "../query/parts.ts";
import { line } from "../text/body.ts";
import { valueName } from "../text/names.ts";

const FEW = 6;

export class Facets {
  readonly element = h("nav", { class: "wb-facets", "aria-label": t("Filters") });
  private readonly open = new Set<string>();
  private readonly folded = new Set<string>();

  constructor(private readonly onQuery: (query: string) => void) {}

  draw(facets: Facet[], query: string): void {
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.facet;
    const shown = facets.filter((facet) => (facet.values?.length ?? 0) > 0);
    fill(this.element, ...shown.map((facet) => this.group(facet, query, facets)));
    if (focused)
      [...this.element.querySelectorAll<HTMLElement>("[data-facet]")]
        .find((item) => item.dataset.facet === focused)
        ?.focus();
  }

  private group(facet: Facet, query: string, all: Facet[]): HTMLElement {
    const on = (item: FacetValue): boolean => hasTerm(query, facet.field, item.term);
    const values = facet.values ?? [];
    const open = this.open.has(facet.field);
    const folded = this.folded.has(facet.field);
    const shown = folded ? [] : values.filter((item, at) => open || at < FEW || on(item));
    const most = Math.max(1, ...values.map((item) => item.count));
    const redraw = (set: Set<string>): void => {
      if (!set.delete(facet.field)) set.add(facet.field);
      this.draw(all, query);
    };
    return h(
      "section",
      { class: "wb-facet" },
      h(
        "button",
        {
          class: "wb-facet-head",
          "aria-expanded": String(!folded),
          data: { facet: facet.field },
          on: { click: () => redraw(this.folded) },
        },
        titled(said(facet.label || facet.field)),
      ),
      ...shown.map((item) => this.value(facet.field, item, on(item), query, most)),
      values.length > FEW && !folded
        ? h(
            "button",
            { class: "wb-facet-more", data: { facet: `${facet.field} more` }, on: { click: () => redraw(this.open) } },
            open ? t("Fewer") : t("{n} more", { n: inDigits(values.length - FEW) }),
          )
        : null,
    );
  }

  private value(field: string, item: FacetValue, on: boolean, query: string, most: number): HTMLElement {
    return h(
      "button",
      {
        class: on ? "wb-facet-value wb-facet-on" : "wb-facet-value",
        "aria-pressed": String(on),
        title: item.term,
        data: { facet: item.term },
        on: { click: () => this.onQuery(withTerm(query, field, item.term)) },
      },
      h("span", { class: "wb-facet-bar", style: { width: `${(100 * item.count) / most}%` } }),
      line(valueName(field, item.value, item.label || item.value), "wb-facet-label"),
      h("span", { class: "wb-facet-count wb-numbers" }, inDigits(item.count)),
    );
  }
}

function titled(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
