// Comparing the candidates of one request side by side, over the whole page: put in order by key, without knowing who
// wrote them, while others are still being made. The order of a request is saved as one step.
import { openHelp } from "../browse/help.ts";
import type { Ctx } from "../core/ctx.ts";
import { failed, loading } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { stepWords } from "../steps/words.ts";
import { throttled } from "../work/parts.ts";
import { agreementInWords, placeInWords } from "./generate_compare_columns.ts";
import { compareKeys, type CompareActions } from "./generate_compare_keys.ts";
import * as o from "./generate_compare_order.ts";
import { CompareView } from "./generate_compare_view.ts";
import { Requests } from "./generate_compare_requests.ts";
import { askReason } from "./generate_reject.ts";

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
  private readonly stops: (() => void)[] = [];
  private readonly decisions: string[] = [];
  private now: o.Compared | null = null;
  private order: o.Order = o.orderOf([]);
  private makers: Map<string, o.Maker> | null = null;
  private base = "";
  private focused = "";
  private busy = false;
  private leaving = false;

  constructor(private readonly ctx: Ctx, over: HTMLElement, private asked: string, private readonly host: CompareHost) {
    this.requests = new Requests(ctx.call, host.requests);
    this.view = new CompareView(this.acts(), { focus: (id) => this.focus(id), place: (id, place) => (this.focus(id), this.place(id, place)) });
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

  private acts(): CompareActions {
    return {
      step: (by) => this.step(by),
      scroll: (by) => this.view.scroll(by),
      place: (place) => this.place(this.focused, place),
      tie: () => this.tie(),
      save: () => this.now && void this.save().then((saved) => saved && this.go(1, true)),
      best: () => void this.best(),
      reject: () => this.reject(),
      diff: () => this.diff(),
      reveal: () => void this.reveal(),
      go: (by) => void this.save().then((saved) => saved && this.go(by)),
      open: () => void this.save().then((saved) => saved && this.close(this.focused)),
      undo: () => void this.undo(),
      help: () => openHelp(this.view.element, compareKeys(this.acts())),
      close: () => void this.leave(),
    };
  }

  private async show(id: string): Promise<void> {
    this.asked = id;
    this.unknown();
    const waiting = setTimeout(() => this.asked === id && this.view.instead(loading()), 200);
    try {
      const found = await this.requests.get(id);
      if (this.asked !== id) return;
      this.now = found;
      this.order = o.orderOf(found.candidates);
      this.makers = null;
      this.base = "";
      this.focused = found.candidates[0]?.id ?? "";
      this.view.tell("");
      this.redraw();
      this.view.scroll("top");
      this.requests.prefetch(id);
    } catch (error) {
      if (this.asked === id) this.view.instead(failed(error, () => void this.show(id)));
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Another request is asked for: until it is there, no key decides on the one before. */
  private unknown(): void {
    this.now = null;
    this.order = o.orderOf([]);
    this.makers = null;
    this.focused = "";
  }

  /** What came or was decided meanwhile; places that are not saved yet stay. */
  private async look(): Promise<void> {
    const asked = this.asked;
    this.requests.forget();
    if (this.busy || !this.now) return;
    try {
      const found = await this.requests.get(asked);
      if (asked !== this.asked || this.busy || !this.now) return;
      const joined = o.joinedBy(this.now, found);
      const same = joined.candidates.map((one) => `${one.id} ${one.rank}`).join() === this.now.candidates.map((one) => `${one.id} ${one.rank}`).join();
      this.requests.prefetch(asked);
      if (same) return;
      const mine = o.changes(this.order);
      this.now = joined;
      this.order = Object.entries(mine).reduce((order, [id, place]) => o.placed(order, id, place), o.orderOf(joined.candidates));
      if (!joined.candidates.some((one) => one.id === this.focused)) this.focused = joined.candidates[0]?.id ?? "";
      this.redraw();
    } catch {
      // it was decided elsewhere; the next key says so
    }
  }

  private draw(): void {
    if (!this.now) return;
    this.view.draw({ now: this.now, order: this.order, makers: this.makers, base: this.base, focused: this.focused, request: this.requests.placeOf(this.asked) });
  }

  /** Draw anew and keep the keys in the column, unless they are in a sheet above it. */
  private redraw(): void {
    const at = document.activeElement;
    const here = !at || at === document.body || this.view.element.contains(at);
    this.draw();
    if (here) this.view.focusColumn();
  }

  private focus(id: string): void {
    if (!this.now || this.focused === id) return;
    this.focused = id;
    this.view.mark(id);
  }

  private step(by: number): void {
    const ids = this.now?.candidates.map((one) => one.id) ?? [];
    const at = ids.indexOf(this.focused);
    this.focus(ids[Math.min(Math.max(at + by, 0), ids.length - 1)] ?? "");
    this.view.focusColumn();
  }

  private place(id: string, place: number | null): void {
    if (!this.now) return;
    const many = this.now.candidates.length;
    if (!id || (place !== null && place > many)) return this.view.tell(t("There are only {n} candidates.", { n: many }));
    this.set(o.placed(this.order, id, place));
  }

  private tie(): void {
    if (!this.now) return;
    const order = o.tied(this.order, this.focused);
    if (order) this.set(order);
    else this.view.tell(t("Give another candidate a place first, then this one can share it."));
  }

  private set(order: o.Order): void {
    this.order = order;
    this.leaving = false;
    this.redraw();
    const letter = this.now ? this.view.letterOf(this.now, this.focused) : "";
    this.view.tell(t("Candidate {letter}: {place}", { letter, place: placeInWords(order, this.focused) }));
  }

  /** Keep the order as one step; true when there is nothing left to save. */
  private async save(): Promise<boolean> {
    const ranks = o.changes(this.order);
    if (Object.keys(ranks).length === 0) return true;
    return this.busily(async () => {
      await this.ctx.call("draft.rank", { ranks });
      this.host.ranked(ranks);
      this.decisions.push(this.asked);
      this.order = o.savedNow(this.order);
      this.requests.forget();
      this.redraw();
      this.view.tell(t("The order is saved."));
    });
  }

  /** Back to the queue. An order that cannot be saved (somebody decided meanwhile) keeps nobody here for long. */
  private async leave(): Promise<void> {
    if ((await this.save()) || this.leaving) return this.close();
    this.leaving = !this.busy;
    this.view.tell(t("The order could not be saved. Esc once more leaves without it."));
  }

  private async best(): Promise<void> {
    if (!this.now) return;
    if (o.bestOf(this.order, this.now.candidates).length === 0) return this.view.tell(t("Put the best one on place 1 first."));
    const ranks = o.everyPlace(this.order, this.now.candidates);
    const seen = Object.fromEntries(this.now.candidates.map((one) => [one.id, one.changed]));
    const next = this.requests.beside(this.asked, 1);
    const done = await this.busily(async () => {
      await this.ctx.call("draft.prefer", { ranks, seen });
      this.decisions.push(this.asked);
      this.requests.forget();
      this.host.decided(Object.keys(ranks));
    });
    if (!done) return;
    this.order = o.orderOf([]);
    if (next === "") return this.close();
    await this.show(next);
    this.view.tell(t("The best was accepted, the others were rejected as not preferred."));
  }

  private reject(): void {
    const id = this.focused;
    if (!this.now || !id || this.busy) return;
    askReason(this.view.element, (reason) => void this.turnDown(id, reason));
  }

  private async turnDown(id: string, reason: string): Promise<void> {
    if (!(await this.save())) return;
    const rest = this.now?.candidates.filter((one) => one.id !== id) ?? [];
    const next = this.requests.beside(this.asked, 1);
    const done = await this.busily(async () => {
      await this.ctx.call("draft.reject", { ids: [id], reason });
      this.decisions.push(rest[0]?.id ?? id);
      this.requests.forget();
      this.host.decided([id]);
    });
    if (!done) return;
    if (rest.length > 1) return void (await this.show(rest[0]!.id));
    if (next) return void (await this.show(next));
    this.close(rest[0]?.id ?? "");
  }

  private diff(): void {
    if (!this.now) return;
    this.base = this.base === this.focused ? "" : this.focused;
    this.redraw();
  }

  /** Who wrote what: asked for only now, after the order so far is saved. */
  private async reveal(): Promise<void> {
    if (!this.now) return;
    if (this.makers) {
      this.makers = null;
      return this.redraw();
    }
    if (!(await this.save())) return;
    const asked = this.asked;
    await this.busily(async () => {
      const found = await this.ctx.call<o.Revealed>("draft.reveal", { id: asked });
      if (asked !== this.asked) return;
      this.makers = new Map(found.candidates.map((one) => [one.id, one]));
      this.redraw();
      this.view.tell(agreementInWords(found));
    });
  }

  private go(by: number, quiet = false): void {
    const next = this.requests.beside(this.asked, by);
    if (next) void this.show(next);
    else if (!quiet) this.view.tell(t("There is no other request with several candidates."));
  }

  private async undo(): Promise<void> {
    await this.busily(async () => {
      const { step } = await this.ctx.call<{ step: { label: string } | null }>("step.undo");
      this.requests.forget();
      if (!step) return this.view.tell(t("There is nothing to take back."));
      await this.show(this.decisions.pop() ?? this.asked);
      this.view.tell(t("Taken back: {what}.", { what: stepWords(step.label) }));
    });
  }

  /** One thing after the other; false when it failed, which is said. */
  private async busily(work: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    try {
      await work();
      return true;
    } catch (error) {
      this.ctx.notice(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
