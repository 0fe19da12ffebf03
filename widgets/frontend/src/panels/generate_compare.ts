// Comparing the candidates of one request side by side, over the whole page: put in order by key, without knowing who
// wrote them, while others are still being made. The order of a request is saved as one step.
import { openHelp } from "../browse/help.ts";
import type { Ctx } from "../core/ctx.ts";
import { failed, loading } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { throttled } from "../work/parts.ts";
import { placeInWords } from "./generate_compare_columns.ts";
import { CompareDecisions } from "./generate_compare_decisions.ts";
import { compareKeys, type CompareActions } from "./generate_compare_keys.ts";
import * as o from "./generate_compare_order.ts";
import { Requests } from "./generate_compare_requests.ts";
import { beside, comparisonOf, renewed, UNKNOWN, type Comparison } from "./generate_compare_state.ts";
import { CompareView } from "./generate_compare_view.ts";

/** What the page behind knows and wants to hear. */
export interface CompareHost {
  /** The requests with several candidates, as the queue has them now. */
  requests(): string[][];
  decided(ids: string[]): void;
  ranked(ranks: Record<string, number | null>): void;
  /** The view was closed; with an id, that draft is to be open in the queue. */
  closed(open: string): void;
}

const OFTEN = 500;

export function openCompare(ctx: Ctx, over: HTMLElement, id: string, host: CompareHost): { close(): void } {
  return new Comparing(ctx, over, id, host);
}

class Comparing {
  private readonly view: CompareView;
  private readonly requests: Requests;
  private readonly decisions: CompareDecisions;
  private readonly stops: (() => void)[] = [];
  private at: Comparison = UNKNOWN;
  private leaving = false;

  constructor(ctx: Ctx, over: HTMLElement, private asked: string, private readonly host: CompareHost) {
    this.requests = new Requests(ctx.call, host.requests);
    this.view = new CompareView(this.acts(), { focus: (id) => this.focus(id), place: (id, place) => (this.focus(id), this.place(id, place)) });
    this.decisions = this.makeDecisions(ctx);
    const { element } = this.view;
    const behind = [...over.children].filter((one): one is HTMLElement => one instanceof HTMLElement);
    behind.forEach((one) => (one.inert = true));
    over.append(element);
    const look = throttled(() => void this.look(), OFTEN);
    this.stops.push(
      () => behind.forEach((one) => (one.inert = false)),
      bindKeys(element, () => compareKeys(this.acts())),
      ctx.on("changed", look),
      look.stop,
    );
    element.focus({ preventScroll: true });
    void this.show(asked);
  }

  close(open = ""): void {
    this.stops.splice(0).forEach((stop) => stop());
    this.view.element.remove();
    this.host.closed(open);
  }

  private makeDecisions(ctx: Ctx): CompareDecisions {
    return new CompareDecisions(ctx, {
      element: this.view.element,
      requests: this.requests,
      asked: () => this.asked,
      shown: () => this.at,
      draw: (change) => this.draw(change),
      tell: (words) => this.view.tell(words),
      show: (id) => this.show(id),
      close: (open) => this.close(open),
      decided: (ids) => this.host.decided(ids),
      ranked: (ranks) => this.host.ranked(ranks),
    });
  }

  private acts(): CompareActions {
    return {
      step: (by) => this.step(by),
      scroll: (by) => this.view.scroll(by),
      place: (place) => this.place(this.at.focused, place),
      tie: () => this.tie(),
      save: () => this.at.now && this.saved(() => this.go(1, true)),
      best: () => void this.decisions.best(),
      reject: () => this.decisions.reject(),
      diff: () => this.diff(),
      reveal: () => void this.decisions.reveal(),
      go: (by) => this.saved(() => this.go(by)),
      open: () => this.saved(() => this.close(this.at.focused)),
      undo: () => void this.decisions.undo(),
      help: () => openHelp(this.view.element, compareKeys(this.acts())),
      close: () => void this.leave(),
    };
  }

  private saved(then: () => void): void {
    void this.decisions.save().then((saved) => saved && then());
  }

  private async show(id: string): Promise<void> {
    this.asked = id;
    this.at = UNKNOWN;
    const waiting = setTimeout(() => this.asked === id && this.view.instead(loading()), 200);
    try {
      const found = await this.requests.get(id);
      if (this.asked !== id) return;
      this.view.tell("");
      this.draw(comparisonOf(found));
      this.view.scroll("top");
      this.requests.prefetch(id);
    } catch (error) {
      if (this.asked === id) this.view.instead(failed(error, () => void this.show(id)));
    } finally {
      clearTimeout(waiting);
    }
  }

  private async look(): Promise<void> {
    const { asked } = this;
    this.requests.forget();
    if (this.decisions.busy || !this.at.now) return;
    try {
      const found = await this.requests.get(asked);
      if (asked !== this.asked || this.decisions.busy || !this.at.now) return;
      const at = renewed(this.at, found);
      this.requests.prefetch(asked);
      if (at) this.draw(at, false);
    } catch {
      // it was decided elsewhere; the next key says so
    }
  }

  /** Draw anew and keep the keys in the column, unless they are in a sheet above it; for others, where they are. */
  private draw(change: Partial<Comparison>, mine = true): void {
    this.at = { ...this.at, ...change };
    const { now } = this.at;
    const on = document.activeElement;
    const here = !on || on === document.body || this.view.element.contains(on);
    if (now) this.view.draw({ ...this.at, now, request: this.requests.placeOf(this.asked) });
    if (here && (mine || !this.view.element.contains(document.activeElement))) this.view.focusColumn();
  }

  private focus(id: string): void {
    if (!this.at.now || this.at.focused === id) return;
    this.at = { ...this.at, focused: id };
    this.view.mark(id);
  }

  private step(by: number): void {
    this.focus(beside(this.at, by));
    this.view.focusColumn();
  }

  private place(id: string, place: number | null): void {
    const { now, order } = this.at;
    if (!now) return;
    const many = now.candidates.length;
    if (!id || (place !== null && place > many)) return this.view.tell(t("There are only {n} candidates.", { n: many }));
    this.set(now, o.placed(order, id, place));
  }

  private tie(): void {
    const { now, order, focused } = this.at;
    if (!now) return;
    const shared = o.tied(order, focused);
    if (shared) this.set(now, shared);
    else this.view.tell(t("Give another candidate a place first, then this one can share it."));
  }

  private set(now: o.Compared, order: o.Order): void {
    this.leaving = false;
    this.draw({ order });
    const { focused } = this.at;
    this.view.tell(t("Candidate {letter}: {place}", { letter: this.view.letterOf(now, focused), place: placeInWords(order, focused) }));
  }

  /** Back to the queue. An order that cannot be saved (somebody decided meanwhile) keeps nobody here for long. */
  private async leave(): Promise<void> {
    if ((await this.decisions.save()) || this.leaving) return this.close();
    this.leaving = !this.decisions.busy;
    this.view.tell(t("The order could not be saved. Esc once more leaves without it."));
  }

  private diff(): void {
    const { now, base, focused } = this.at;
    if (now) this.draw({ base: base === focused ? "" : focused });
  }

  private go(by: number, quiet = false): void {
    const next = this.requests.beside(this.asked, by);
    if (next) void this.show(next);
    else if (!quiet) this.view.tell(t("There is no other request with several candidates."));
  }
}
