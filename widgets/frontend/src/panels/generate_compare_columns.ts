// The candidates of one request as columns: only what differs; the beginning they share stands above them once.
import { h, type Child } from "../core/dom.ts";
import { inDecimals, percent, said, t, tn } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { arrange, Rows } from "../core/rows.ts";
import { line, messageBody } from "../text/body.ts";
import { diffView } from "../text/diffview.ts";
import { bubble } from "../work/bubbles.ts";
import { aligned, type Pair } from "./generate_align.ts";
import { isShared, type Candidate, type Maker, type Order, type Revealed } from "./generate_compare_order.ts";

export interface ColumnView {
  letter: string;
  of: number;
  order: Order;
  /** The candidate the others are compared with, word by word. */
  base: { candidate: Candidate; letter: string } | null;
  maker: Maker | null;
  /** The letter of an earlier column that says the same, or "". */
  sameAs: string;
}

export interface ColumnActs {
  focus(id: string): void;
  place(id: string, place: number | null): void;
}

export function placeInWords(order: Order, id: string): string {
  const place = order.places[id];
  if (place === undefined) return t("no place yet");
  return isShared(order, id) ? t("place {n}, shared", { n: place }) : t("place {n}", { n: place });
}

/** A candidate's column. Given a place, or joined by another one, it keeps its texts as the person has them. */
export class Column {
  readonly element: HTMLElement;
  private readonly said = new Rows();

  constructor(
    id: string,
    private readonly act: ColumnActs,
  ) {
    this.element = h("div", { role: "group", tabindex: -1, data: { draftId: id }, on: { focus: () => act.focus(id), click: () => act.focus(id) } });
  }

  draw(candidate: Candidate, view: ColumnView): HTMLElement {
    const { element } = this;
    const { letter, order, base } = view;
    const place = order.places[candidate.id];
    element.className = `wb-compare-column${place ? " wb-compare-placed" : ""}${base?.candidate.id === candidate.id ? " wb-compare-base" : ""}`;
    element.setAttribute("aria-label", t("Candidate {letter}: {place}", { letter, place: placeInWords(order, candidate.id) }));
    const against = base && base.candidate.id !== candidate.id ? base.candidate.turns : null;
    const said = this.said.of([{ key: "said", says: [candidate.turns, against], make: () => h("div", { class: "wb-said-list" }, ...turns(candidate, view)) }]);
    arrange(element, [top(candidate, view, this.act), ...said, gates(candidate)]);
    return element;
  }
}

function top(candidate: Candidate, view: ColumnView, act: ColumnActs): HTMLElement {
  const { letter, order } = view;
  return h(
    "header",
    { class: "wb-compare-top" },
    h("div", { class: "wb-row" }, h("strong", { class: "wb-compare-letter" }, letter), h("span", { class: order.places[candidate.id] ? "wb-chip wb-chip-accent" : "wb-quiet", data: { part: "place" } }, placeInWords(order, candidate.id))),
    places(candidate.id, view, act),
    h("div", { class: "wb-row wb-compare-under" }, h("span", { class: "wb-compare-maker", data: { part: "maker" } }, ...madeBy(view.maker)), diffMark(candidate, view)),
  );
}

function places(id: string, view: ColumnView, act: ColumnActs): HTMLElement {
  const now = view.order.places[id];
  const digit = (n: number): HTMLElement =>
    h("button", { class: "wb-compare-digit", tabindex: -1, "aria-pressed": String(now === n), "aria-label": t("place {n}", { n }), on: { click: (event) => (event.stopPropagation(), act.place(id, now === n ? null : n)) } }, n);
  return h("div", { class: "wb-compare-digits", role: "group", "aria-label": t("Place of candidate {letter}", { letter: view.letter }) }, ...Array.from({ length: Math.min(9, view.of) }, (_, at) => digit(at + 1)));
}

function diffMark(candidate: Candidate, view: ColumnView): Child {
  if (view.base?.candidate.id === candidate.id) return h("span", { class: "wb-chip" }, t("the base"));
  if (view.sameAs) return h("span", { class: "wb-chip" }, t("says the same as {letter}", { letter: view.sameAs }));
  return view.base ? h("span", { class: "wb-chip" }, t("against {letter}", { letter: view.base.letter })) : null;
}

function madeBy(maker: Maker | null): Child[] {
  if (!maker) return [t("writer hidden")];
  const parts = [maker.model || maker.recipe, maker.temperature === null ? "" : t("freedom {n}", { n: maker.temperature }), maker.score === null ? "" : t("{who} gives {n} of 4", { who: maker.scored_by, n: maker.score }), maker.won === undefined ? "" : t("{who}, comparing both ways, prefers it in {share} of its pairs", { who: maker.compared_by ?? "", share: percent(maker.won) }), ...(maker.told ?? []).map(said)];
  return [line(parts.filter(Boolean).join(" · "))];
}

const TWO = 2;

/** "Kendall's tau here 0.67; finance: 0.55 (0.31 to 0.74) over 12 requests"; "" where no machine gave scores. */
export function agreementInWords({ tau, domain, agreed, refused }: Revealed): string {
  if (tau === null && !agreed) return "";
  const here = tau === null ? "" : t("Your order and the machine's: tau {n} here.", { n: inDecimals(tau, TWO) });
  const range = agreed && typeof agreed.low === "number" && typeof agreed.high === "number" ? t("{low} to {high}", { low: inDecimals(agreed.low, TWO), high: inDecimals(agreed.high, TWO) }) : t("too few for a range");
  const all = agreed ? tn("{domain}: tau {tau} ({range}) over {n} request.", "{domain}: tau {tau} ({range}) over {n} requests.", agreed.requests, { domain: domain ? said(domain) : t("no domain"), tau: inDecimals(agreed.tau, TWO), range }) : "";
  return [here, all, refused ? t("A machine's order is not exported there.") : ""].filter(Boolean).join(" ");
}

function turns(candidate: Candidate, view: ColumnView): HTMLElement[] {
  if (candidate.turns.length === 0) return [h("p", { class: "wb-quiet" }, t("It ends here."))];
  if (!view.base || view.base.candidate.id === candidate.id) return candidate.turns.map((turn) => bubble(turn));
  return aligned(view.base.candidate.turns, candidate.turns).map(against);
}

function against(pair: Pair): HTMLElement {
  if (!pair.after) return h("div", { class: "wb-compare-gone" }, bubble(pair.before!, h("del", {}, messageBody(pair.before!.content)), t("left out")));
  if (pair.kind === "same") return bubble(pair.after, messageBody(pair.after.content), t("the same"));
  return pair.parts ? bubble(pair.after, diffView(pair.parts)) : bubble(pair.after, messageBody(pair.after.content), t("other words"));
}

function gates(candidate: Candidate): HTMLElement | null {
  if (candidate.gates.length === 0) return null;
  const tones = { problem: " wb-chip-bad", warning: " wb-chip-warn", info: "" } as const;
  return h(
    "ul",
    { class: "wb-gates", "aria-label": t("What the checks found") },
    ...candidate.gates.map((item) => h("li", { class: "wb-gate" }, h("span", { class: `wb-chip${tones[item.severity]}` }, said(item.title ?? item.check)), line(said(item.message)))),
  );
}

/** What all candidates begin with, once: the last turn of it, which they answer, and the earlier ones folded. */
export function sharedView(turns: Turn[]): HTMLElement {
  const last = turns.at(-1);
  if (!last) return h("div", { class: "wb-compare-shared" }, h("p", { class: "wb-quiet" }, t("They differ from the first turn on.")));
  const earlier = turns.slice(0, -1);
  return h(
    "div",
    { class: "wb-compare-shared" },
    earlier.length > 0
      ? h("details", {}, h("summary", {}, tn("the turn before, shared by all", "the {n} turns before, shared by all", earlier.length)), h("div", { class: "wb-said-list wb-compare-earlier" }, ...earlier.map((turn) => bubble(turn))))
      : null,
    h("div", { class: "wb-said-list" }, bubble(last)),
  );
}
