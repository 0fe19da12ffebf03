// Facets: the values of a field with their exact counts; a click makes them part of the query, another takes them out.
import { fill, h } from "../core/dom.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import { icon } from "../core/icon.ts";
import { bindKeys } from "../core/keys.ts";
import type { Facet, FacetValue } from "../core/nouns.ts";
import { chosenTerms, hasTerm, withTerm, withTree } from "../query/parts.ts";
import { line } from "../text/body.ts";
import { valueName } from "../text/names.ts";
import { FacetStops } from "./facetstops.ts";
import { isTree, linesOf, type Node } from "./facettree.ts";

const FEW = 6;
const TWIG = 14;

export interface FacetEvents {
  onQuery: (query: string) => void;
  /** Run the checks over what they have not seen. */
  onLook: () => void;
  /** Whether a field is a question that people answer: only then somebody can still have to. */
  isQuestion: (field: string) => boolean;
}

export class Facets {
  readonly element = h("nav", { class: "wb-facets", "aria-label": t("Filters"), data: { about: "filters" } });
  private readonly more = new Set<string>();
  private readonly folded = new Set<string>();
  private readonly branches = new Map<string, boolean>();
  private shown: { facets: Facet[]; query: string } = { facets: [], query: "" };
  private looking = false;
  private readonly stops = new FacetStops(this.element);

  constructor(private readonly events: FacetEvents) {
    bindKeys(this.element, () => [
      { keys: ["ArrowDown"], label: t("Next filter"), run: () => this.stops.walk(1) },
      { keys: ["ArrowUp"], label: t("Filter before"), run: () => this.stops.walk(-1) },
      { keys: ["ArrowRight"], label: t("Open"), run: () => this.turn(true) },
      { keys: ["ArrowLeft"], label: t("Close"), run: () => this.turn(false) },
    ]);
  }

  /** To the filter that was used last. */
  focus(): void {
    this.stops.focus();
  }

  /** Whether the checks are running now. */
  look(running: boolean): void {
    this.looking = running;
    this.draw(this.shown.facets, this.shown.query);
  }

  draw(facets: Facet[], query: string): void {
    this.shown = { facets, query };
    const { focused } = this.stops;
    const scroll = this.element.scrollTop;
    fill(this.element, ...facets.flatMap((facet) => this.group(withChosen(facet, query), query) ?? []));
    this.element.scrollTop = scroll;
    this.stops.drawn(focused);
  }

  private group(facet: Facet, query: string): HTMLElement | null {
    const values = facet.values ?? [];
    const missing = this.events.isQuestion(facet.field) ? (facet.missing ?? 0) : 0;
    if (values.length === 0 && missing === 0) return null;
    const folded = this.folded.has(facet.field);
    const lines = folded ? [] : this.lines(facet, values, query);
    const most = Math.max(1, ...values.map((item) => item.count));
    const hidden = values.length > FEW && !isTree(values) && !folded;
    return h(
      "section",
      { class: "wb-facet", role: "group", "aria-label": titleOf(facet) },
      this.head(facet, folded),
      ...lines.map((node) => this.value(facet.field, node, query, most, isTree(values))),
      hidden ? this.moreButton(facet.field, values.length) : null,
      folded || missing === 0 ? null : this.unanswered(facet.field, missing, query),
      !folded && facet.field === "finding" ? this.lookButton(values) : null,
    );
  }

  private lines(facet: Facet, values: FacetValue[], query: string): Node[] {
    const on = (item: FacetValue): boolean => hasTerm(query, facet.field, item.term);
    if (isTree(values)) {
      const chosen = values.filter(on).map((item) => item.value);
      const open = (value: string): boolean =>
        this.branches.get(`${facet.field} ${value}`) ?? chosen.some((item) => item.startsWith(`${value}/`));
      return linesOf(values, open);
    }
    const shown = values.filter((item, at) => this.more.has(facet.field) || at < FEW || on(item));
    return shown.map((item) => ({ item, level: 0, open: null }));
  }

  private head(facet: Facet, folded: boolean): HTMLElement {
    return h(
      "button",
      {
        class: "wb-facet-head",
        "aria-expanded": String(!folded),
        data: { facet: facet.field },
        on: { click: () => this.toggle(this.folded, facet.field) },
      },
      titleOf(facet),
    );
  }

  private value(
    field: string,
    { item, level, open }: Node,
    query: string,
    most: number,
    tree = false,
  ): HTMLElement {
    const on = hasTerm(query, field, item.term);
    const next = tree ? withTree : withTerm;
    const indent = level * 12 + (tree && open === null ? TWIG : 0);
    const name = valueName(field, item.value, item.label || item.value);
    return h(
      "div",
      { class: "wb-facet-line", style: { "padding-inline-start": `${indent}px` } },
      this.twig(field, item.value, open, name),
      h(
        "button",
        {
          class: on ? "wb-facet-value wb-facet-on" : "wb-facet-value",
          "aria-pressed": String(on),
          title: on ? t("Take {filter} out of the query", { filter: item.term }) : item.term,
          data: { facet: item.term, branch: open === null ? undefined : item.value, field },
          on: { click: () => this.events.onQuery(next(query, field, item.term)) },
        },
        h("span", { class: "wb-facet-bar", style: { width: `${(100 * item.count) / most}%` } }),
        line(level > 0 ? shortName(name, item.value) : name, "wb-facet-label"),
        h("span", { class: "wb-facet-count wb-numbers" }, inDigits(item.count)),
        on ? h("span", { class: "wb-facet-out", "aria-hidden": "true" }, "✕") : null,
      ),
    );
  }

  /** Opens and closes a branch of a tree; empty where nothing is below. */
  private twig(field: string, value: string, open: boolean | null, name: string): HTMLElement | null {
    if (open === null) return null;
    return h(
      "button",
      {
        class: open ? "wb-twig wb-twig-open" : "wb-twig",
        "aria-expanded": String(open),
        "aria-label": open ? t("Close {branch}", { branch: name }) : t("Open {branch}", { branch: name }),
        data: { facet: `${field} ${value} twig` },
        on: { click: () => this.setBranch(field, value, !open) },
      },
      icon("chevron", 12),
    );
  }

  private moreButton(field: string, count: number): HTMLElement {
    const open = this.more.has(field);
    return h(
      "button",
      {
        class: "wb-facet-more",
        data: { facet: `${field} more` },
        "aria-expanded": String(open),
        on: { click: () => this.toggle(this.more, field) },
      },
      open ? t("Fewer") : t("{n} more", { n: inDigits(count - FEW) }),
    );
  }

  private unanswered(field: string, count: number, query: string): HTMLElement {
    const item: FacetValue = { value: "", label: t("No answer yet"), count, term: `missing:${field}` };
    return this.value("missing", { item, level: 0, open: null }, query, Infinity);
  }

  private lookButton(values: FacetValue[]): HTMLElement | null {
    if (this.looking) return h("div", { class: "wb-facet-note", role: "status" }, t("The checks are running …"));
    if (!values.some((item) => item.value === "unknown" && item.count > 0)) return null;
    return h(
      "button",
      {
        class: "wb-facet-more",
        title: t("Run the checks over the conversations they have not seen"),
        data: { facet: "finding look" },
        on: { click: () => this.events.onLook() },
      },
      t("Look now"),
    );
  }

  private toggle(set: Set<string>, field: string): void {
    if (!set.delete(field)) set.add(field);
    this.draw(this.shown.facets, this.shown.query);
  }

  private setBranch(field: string, value: string, open: boolean): void {
    this.branches.set(`${field} ${value}`, open);
    this.draw(this.shown.facets, this.shown.query);
  }

  /** Right opens, left closes: a branch of a tree, or a whole field. */
  private turn(open: boolean): void | false {
    const here = document.activeElement as HTMLElement;
    if (here.dataset.branch !== undefined) return this.setBranch(here.dataset.field!, here.dataset.branch, open);
    if (!here.classList.contains("wb-facet-head")) return false;
    if (this.folded.has(here.dataset.facet!) === open) this.toggle(this.folded, here.dataset.facet!);
  }
}

/** With the values that the query names and nothing found has: so that they can be taken out again. */
function withChosen(facet: Facet, query: string): Facet {
  const values = facet.values ?? [];
  const known = new Set(values.map((item) => item.term));
  const lost = chosenTerms(query, facet.field).filter((item) => !known.has(item.term));
  return { ...facet, values: [...values, ...lost.map((item) => ({ ...item, label: item.value, count: 0 }))] };
}

function titleOf(facet: Facet): string {
  const label = said(facet.label || facet.field);
  return label.charAt(0).toUpperCase() + label.slice(1);
}

/** The last part of a label that repeats its parents: "Health / Lab" below "Health". */
function shortName(name: string, value: string): string {
  return name === value ? value.slice(value.lastIndexOf("/") + 1) : name;
}
