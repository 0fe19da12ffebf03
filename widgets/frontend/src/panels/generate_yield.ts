// What a run gave: gate by gate, how many drafts passed, and what people made of those that did not. Every count opens
// the drafts behind it.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, type Child } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, key, said, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { button, percent } from "../work/parts.ts";
import { price } from "./generate_estimate.ts";
import { gatedView, type GatedView } from "./generate_gated.ts";
import type { Run } from "./generate_types.ts";
import type { Became, Cell, Fate, GateYield, RunYield, Verdict } from "./yield_types.ts";

export interface YieldActions {
  /** Close, and decide on this draft in the queue. */
  decide(run: string, draft: string): void;
  /** Close, and show the rows that came to nothing. */
  lost(run: string): void;
}

const VERDICTS: [Verdict, string][] = [
  ["passed", key("Passed")],
  ["unsure", key("Unsure")],
  ["failed", key("Failed")],
];
const FATES: [Fate, string][] = [
  ["accepted", key("accepted")],
  ["rejected", key("rejected")],
  ["undecided", key("to decide")],
];

export function openYield(from: HTMLElement, ctx: Ctx, run: Run, actions: YieldActions): void {
  new YieldSheet(from, ctx, run, actions);
}

class YieldSheet {
  private readonly overlay: Overlay;
  private readonly stage = h("div", { class: "wb-yield-stage" });
  private readonly unbind: () => void;
  private given: RunYield | null = null;
  private opened: GatedView | null = null;
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
      this.given = await this.ctx.call<RunYield>("run.yield", { run: this.run.id });
      if (this.opened || JSON.stringify(before) === JSON.stringify(this.given)) return;
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
    fill(
      this.stage,
      facts(given),
      lostBox(given, () => (this.overlay.close(), this.actions.lost(this.run.id))),
      given.made === 0 ? h("p", { class: "wb-quiet" }, given.judged === null ? t("No draft has a text yet, so no gate has looked at any.") : t("A model was asked about drafts. Its opinion stands beside each draft in the queue.")) : gateTable(given, (cell) => this.open(cell)),
    );
    if (!focus) return;
    const cells = [...this.stage.querySelectorAll<HTMLElement>("[data-cell]")];
    const stop = cells.find((cell) => cell.dataset["cell"] === this.at) ?? cells[0] ?? this.overlay.element.querySelector<HTMLElement>("button");
    stop?.focus({ preventScroll: this.at === "" });
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

  private tableKeys(): { keys: string[]; label: string; fixed: boolean; run: (event: KeyboardEvent) => void | boolean }[] {
    const go = (down: number, right: number) => (): boolean => step(this.stage, down, right);
    return [
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

function nameOf(cell: Cell): string {
  return `${cell.gate} ${cell.verdict} ${cell.fate}`;
}

/** The figures a person asks first; what is not known is called unknown. */
export function facts(given: RunYield): HTMLElement {
  const shown = given.judged === null ? ofDrafts(given) : ofOpinions(given, given.judged);
  const doubt = given.usd_in_doubt;
  if (doubt !== 0) shown.push([t("maybe charged"), doubt === null ? t("at an unknown price") : t("up to {price}", { price: price(doubt) })]);
  return h("div", { class: "wb-yield-facts" }, ...shown.map(([name, value]) => h("div", { class: "wb-yield-fact" }, h("b", { class: "wb-numbers" }, value), h("span", {}, name))));
}

function ofOpinions(given: RunYield, judged: number): [string, string][] {
  return [
    [t("with an opinion"), t("{n} of {all}", { n: inDigits(judged), all: inDigits(given.requested) })],
    [t("cost"), price(given.usd)],
    [t("minutes"), minutes(given.minutes)],
  ];
}

function ofDrafts(given: RunYield): [string, string][] {
  const passed = given.everything.passed.drafts;
  const share = given.made > 0 ? ` (${percent(passed / given.made)})` : "";
  const each = given.accepted === 0 ? t("nothing accepted yet") : null;
  return [
    [t("with a text"), t("{n} of {all}", { n: inDigits(given.made), all: inDigits(given.requested) })],
    [t("passed all gates"), `${inDigits(passed)}${share}`],
    [t("accepted by people"), inDigits(given.accepted)],
    [t("cost per accepted"), each ?? price(given.each.usd)],
    [t("minutes per accepted"), each ?? minutes(given.each.minutes)],
  ];
}

export function minutes(value: number | null): string {
  if (value === null) return t("unknown");
  if (value > 0 && value < 0.01) return t("less than {n}", { n: (0.01).toLocaleString() });
  return Number(value.toPrecision(2)).toLocaleString();
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

function gateTable(given: RunYield, open: (cell: Cell) => void): HTMLElement {
  const heads = [t("Gate"), ...VERDICTS.map(([, name]) => t(name)), t("What became of those that did not pass")];
  return h(
    "div",
    { class: "wb-table-box wb-yield-box", tabindex: 0, role: "region", "aria-label": t("Gates") },
    h(
      "table",
      { class: "wb-table wb-yield-table" },
      h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...given.gates.map((gate) => row(gate, given.made, open))),
      h("tfoot", {}, row(given.everything, given.made, open)),
    ),
  );
}

function row(gate: GateYield, made: number, open: (cell: Cell) => void): HTMLElement {
  const title = gate.gate ? said(gate.title) : t("All gates");
  const cell = (verdict: Verdict, fate: Fate | "", drafts: number): Cell => ({ gate: gate.gate, title, verdict, fate, drafts });
  return h(
    "tr",
    { data: { gate: gate.gate } },
    h("th", { scope: "row", class: "wb-yield-gate" }, h("strong", {}, title), h("span", { class: "wb-quiet" }, gate.gate ? said(gate.explanation) : t("A draft counts by the worst that any of them said"))),
    ...VERDICTS.map(([verdict]) => {
      const became = gate[verdict];
      return h("td", {}, count(became.drafts, `wb-yield-${verdict}`, () => open(cell(verdict, "", became.drafts)), nameOf(cell(verdict, "", 0)), t("Open these drafts")), verdict === "passed" ? bar(gate, made) : null);
    }),
    h("td", {}, ...fates(gate, cell, open)),
  );
}

/** Of what did not pass: "2 accepted, 1 rejected, 3 to decide", each a way to them. */
function fates(gate: GateYield, cell: (verdict: Verdict, fate: Fate, drafts: number) => Cell, open: (cell: Cell) => void): Child[] {
  const parts: HTMLElement[] = [];
  for (const verdict of ["unsure", "failed"] as const) {
    for (const [fate, name] of FATES) {
      const n = gate[verdict][fate];
      if (n === 0) continue;
      const which = cell(verdict, fate, n);
      const both = gate.unsure[fate] > 0 && gate.failed[fate] > 0;
      const label = both ? `${t(name)} (${t(verdict === "unsure" ? key("unsure") : key("failed"))})` : t(name);
      parts.push(h("span", { class: "wb-yield-fate" }, count(n, "", () => open(which), nameOf(which), t("Open these drafts")), ` ${label}`));
    }
  }
  return parts.length > 0 ? [h("span", { class: "wb-wrap" }, ...parts)] : [h("span", { class: "wb-quiet" }, "–")];
}

function count(n: number, tone: string, open: () => void, name: string, title: string): HTMLElement {
  if (n === 0) return h("span", { class: "wb-yield-none wb-numbers" }, "0");
  return h("button", { class: `wb-link wb-numbers wb-yield-count ${tone}`, data: { cell: name }, title, on: { click: open } }, inDigits(n));
}

/** The three shares as a bar; the numbers beside it say the same. */
function bar(gate: GateYield, made: number): HTMLElement | null {
  if (made === 0) return null;
  const part = (became: Became, name: Verdict): HTMLElement => h("i", { class: `wb-yield-${name}`, style: { width: `${(100 * became.drafts) / made}%` } });
  return h("span", { class: "wb-yield-bar", "aria-hidden": "true" }, ...VERDICTS.map(([verdict]) => part(gate[verdict], verdict)));
}
