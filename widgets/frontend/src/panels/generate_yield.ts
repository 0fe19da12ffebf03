// What a run gave: gate by gate, how many drafts passed, and what people made of those that did not. Every count opens
// the drafts behind it.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { button, keyed } from "../work/parts.ts";
import { FiguresView } from "./generate_figures.ts";
import { gapFacts, gapsView } from "./generate_gaps.ts";
import type { GridView } from "./generate_grid.ts";
import { byModel, facts, inDoubt } from "./generate_yield_facts.ts";
import { gatedView, type GatedView } from "./generate_gated.ts";
import { gateTable, nameOf } from "./generate_gates.ts";
import type { Run } from "./generate_types.ts";
import type { Cell, Gaps, RunYield } from "./yield_types.ts";

export interface YieldActions {
  /** Close, and decide on this draft in the queue. */
  decide(run: string, draft: string): void;
  /** Close, and show the rows that came to nothing. */
  lost(run: string): void;
}

export function openYield(from: HTMLElement, ctx: Ctx, run: Run, actions: YieldActions): void {
  new YieldSheet(from, ctx, run, actions);
}

class YieldSheet {
  private readonly overlay: Overlay;
  private readonly stage = h("div", { class: "wb-yield-stage" });
  private readonly unbind: () => void;
  private given: RunYield | null = null;
  private gaps: Gaps | null = null;
  private grid: GridView | null = null;
  private figures: FiguresView | null = null;
  private opened: GatedView | null = null;
  private onGates = false;
  private at = "";

  private readonly ctx: Ctx;

  constructor(
    from: HTMLElement,
    ctx: Ctx,
    private readonly run: Run,
    private readonly actions: YieldActions,
  ) {
    this.ctx = { ...ctx, navigate: (...to) => (this.overlay.close(), ctx.navigate(...to)) };
    this.overlay = openOverlay(rootOf(from), t("What the run gave"), [this.head(), this.stage], () => this.closed());
    this.overlay.element.classList.add("wb-overlay-yield");
    this.unbind = bindKeys(this.stage, () => [
      ...(this.opened ? [{ keys: ["Escape"], label: t("Back to the table"), fixed: true, run: () => this.back() }, ...this.opened.keys()] : this.tableKeys()),
    ]);
    fill(this.stage, loading());
    void this.read();
  }

  private closed(): void {
    this.unbind();
    this.opened?.close();
    this.figures?.close();
  }

  private head(): HTMLElement {
    return h(
      "div",
      { class: "wb-row" },
      h("div", { class: "wb-grow wb-stack-tight" }, h("h3", {}, t("What the run gave")), h("p", { class: "wb-help wb-clip" }, `${this.run.recipe} ${this.run.version} · ${tn("{n} row asked for", "{n} rows asked for", this.run.requested)}`, this.run.query ? " · " : "", this.run.query ? line(this.run.query) : null)),
      h("button", { class: "wb-icon-button", "aria-label": t("Close"), title: t("Close (Esc)"), on: { click: () => this.overlay.close() } }, "✕"),
    );
  }

  private async read(): Promise<void> {
    try {
      const before = this.given;
      const shown = JSON.stringify([this.given, this.gaps]);
      const run = { run: this.run.id };
      this.given = await this.ctx.call<RunYield>("run.yield", run);
      if (this.run.recipe === "gap_fill") this.gaps = await this.ctx.call<Gaps>("run.gaps", run).catch((error) => (this.ctx.notice(error), null));
      if (this.given.figures) this.figures ??= new FiguresView(this.ctx, this.run.id);
      if (this.opened || JSON.stringify([this.given, this.gaps]) === shown) return;
      const now = document.activeElement as HTMLElement;
      this.at = now.dataset["cell"] ?? this.at;
      this.draw(before === null || this.stage.contains(now));
    } catch (error) {
      if (this.given || this.opened) this.ctx.notice(error);
      else fill(this.stage, failed(error, () => void this.read()));
    }
  }

  private draw(focus = true): void {
    const given = this.given;
    if (!given) return;
    const lost = lostBox(given, () => (this.overlay.close(), this.actions.lost(this.run.id)));
    this.grid = this.gaps && !this.onGates ? gapsView(this.ctx, this.gaps) : null;
    if (this.gaps && this.grid) {
      fill(this.stage, this.views(), gapFacts(this.gaps, inDoubt(given)), lost, this.grid.element);
      if (focus) this.grid.focus();
      return;
    }
    if (this.figures && !this.onGates) {
      fill(this.stage, this.views(), facts(given), byModel(given), lost, this.figures.element);
      if (focus) this.figures.element.focus({ preventScroll: true });
      return;
    }
    fill(
      this.stage,
      this.gaps || this.figures ? this.views() : null,
      facts(given),
      byModel(given),
      lost,
      given.made === 0 ? h("p", { class: "wb-quiet" }, given.judged === null ? t("No draft has a text yet, so no gate has looked at any.") : t("A model was asked about drafts. Its opinion stands beside each draft in the queue.")) : gateTable(given, (cell) => this.open(cell)),
    );
    if (!focus) return;
    const cells = [...this.stage.querySelectorAll<HTMLElement>("[data-cell]")];
    const stop = cells.find((cell) => cell.dataset["cell"] === this.at) ?? cells[0] ?? this.overlay.element.querySelector<HTMLElement>("button");
    stop?.focus({ preventScroll: this.at === "" });
  }

  /** A run that fills gaps has its grid beside its gates, one whose recipe declares figures has these. */
  private views(): HTMLElement {
    const first = this.gaps ? "grid" : "figures";
    const view = (name: string, gates: boolean): HTMLElement =>
      h("button", { class: "wb-button wb-button-quiet wb-button-small", "aria-pressed": String(gates === this.onGates), data: { view: gates ? "gates" : first }, on: { click: () => gates !== this.onGates && this.turn() } }, gates === this.onGates ? name : keyed(name, "g"));
    return h("div", { class: "wb-row wb-shelves", role: "group", "aria-label": t("What is shown") }, view(this.gaps ? t("Grid") : t("Figures"), false), view(t("Gates"), true));
  }

  private turn(): void {
    this.onGates = !this.onGates;
    this.draw();
  }

  private open(cell: Cell): void {
    this.at = nameOf(cell);
    this.opened = gatedView(this.ctx, this.run.id, cell, {
      back: () => this.back(),
      decide: (draft) => (this.overlay.close(), this.actions.decide(this.run.id, draft)),
    });
    fill(this.stage, this.opened.element);
    this.opened.focus();
  }

  private back(): void {
    this.opened?.close();
    this.opened = null;
    this.draw();
    void this.read();
  }

  private tableKeys(): Shortcut[] {
    const go = (down: number, right: number) => (): boolean => step(this.stage, down, right);
    const turn = this.gaps || this.figures ? [{ keys: ["g"], label: this.gaps ? t("Grid or gates") : t("Figures or gates"), fixed: true, run: () => this.turn() }] : [];
    if (this.grid) return [...turn, ...this.grid.keys()];
    if (this.figures && !this.onGates) return turn;
    return [
      ...turn,
      { keys: ["ArrowDown", "j"], label: t("Next gate"), fixed: true, run: go(1, 0) },
      { keys: ["ArrowUp", "k"], label: t("Gate before"), fixed: true, run: go(-1, 0) },
      { keys: ["ArrowRight"], label: t("Next count"), fixed: true, run: go(0, 1) },
      { keys: ["ArrowLeft"], label: t("Count before"), fixed: true, run: go(0, -1) },
    ];
  }
}

/** From the count that has the focus to the nearest one in that direction; false when there is none to start from. */
function step(stage: HTMLElement, down: number, right: number): boolean {
  const cells = [...stage.querySelectorAll<HTMLElement>("[data-cell]")];
  const now = document.activeElement as HTMLElement;
  if (cells.length === 0 || !cells.includes(now)) return cells[0] ? (cells[0].focus(), true) : false;
  const place = (cell: HTMLElement): [number, number] => [Number(cell.closest("tr")?.rowIndex), Number(cell.closest("td")?.cellIndex)];
  const [row, column] = place(now);
  const ahead = cells.filter((cell) => {
    const [r, c] = place(cell);
    return down ? Math.sign(r - row) === down : r === row && Math.sign(c - column) === right;
  });
  const far = (cell: HTMLElement): number => {
    const [r, c] = place(cell);
    return Math.abs(r - row) * 100 + Math.abs(c - column);
  };
  ahead.sort((a, b) => far(a) - far(b))[0]?.focus();
  return true;
}

function lostBox(given: RunYield, look: () => void): HTMLElement | null {
  if (given.lost.length === 0) return null;
  return h(
    "section",
    { class: "wb-yield-lost", "aria-label": t("What came to nothing") },
    h("div", { class: "wb-row" }, h("h4", { class: "wb-grow" }, tn("{n} row came to nothing", "{n} rows came to nothing", given.lost.reduce((sum, one) => sum + one.rows, 0))), button(t("Look at them"), look, { small: true, name: "yield-lost" })),
    h("ul", {}, ...given.lost.map((one) => h("li", {}, h("span", { class: "wb-numbers" }, `${inDigits(one.rows)} ×`), " ", line(said(one.reason))))),
  );
}
