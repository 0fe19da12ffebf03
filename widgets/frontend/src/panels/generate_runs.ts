// Runs as a table: state, counts that add up, what they cost, stop and resume.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { atMost, inDigits, key, said, t, tn } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import { arrange, Rows } from "../core/rows.ts";
import { scrollTo } from "../core/scroll.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";
import { button } from "../work/parts.ts";
import { price } from "./generate_estimate.ts";
import { raiseOfRun } from "./generate_raise.ts";
import type { Forecast, Run } from "./generate_types.ts";

const STATES: Record<string, [string, string]> = {
  waiting: [key("waiting"), ""],
  running: [key("running"), "wb-chip-accent"],
  done: [key("done"), "wb-chip-good"],
  cancelled: [key("stopped"), "wb-chip-warn"],
  failed: [key("failed"), "wb-chip-bad"],
  interrupted: [key("interrupted"), "wb-chip-warn"],
};

const RESUMABLE = new Set(["cancelled", "failed", "interrupted"]);

const COUNTS: Record<string, (n: number) => string> = {
  drafted: (n) => tn("{n} to decide", "{n} to decide", n),
  gated: (n) => tn("{n} flagged by a check", "{n} flagged by a check", n),
  approved: (n) => tn("{n} approved", "{n} approved", n),
  accepted: (n) => tn("{n} accepted", "{n} accepted", n),
  judged: (n) => tn("{n} opinion", "{n} opinions", n),
  rejected: (n) => tn("{n} rejected", "{n} rejected", n),
  failed: (n) => tn("{n} came to nothing", "{n} came to nothing", n),
  in_doubt: (n) => tn("{n} maybe charged", "{n} maybe charged", n),
  cancelled: (n) => tn("{n} not made", "{n} not made", n),
  waiting: (n) => tn("{n} waiting", "{n} waiting", n),
};

/** "12 to decide, 2 accepted, 6 waiting": every row of the request, in the order of the run's own counts. */
export function countsInWords(run: Pick<Run, "counts" | "waiting" | "requested" | "proposes">): string {
  const said = (name: string, n: number): string => {
    if (name === "drafted" && run.proposes) return tn("{n} to approve", "{n} to approve", n);
    return COUNTS[name]?.(n) ?? `${inDigits(n)} ${name}`;
  };
  const parts = [...Object.entries(run.counts), ["waiting", run.waiting] as const].filter(([, n]) => n > 0).map(([name, n]) => said(name, n));
  return t("{what} of {n}", { what: parts.join(", ") || t("nothing yet"), n: inDigits(run.requested) });
}

/** What a run table can do: show one run's drafts, what it gave, what came to nothing; read the runs again. */
export interface RunActions {
  open(run: string | null): void;
  gave(run: Run): void;
  lost(run: string): void;
  again(): void;
  /** Give the keys back to the queue. */
  leave(): void;
}

/** The table of runs. Drawn again while runs go on, it keeps its place and the control that has the focus. */
export class RunTable {
  readonly element = h("div", { class: "wb-table-box wb-runs", tabindex: 0, role: "region", "aria-label": t("Runs") });
  private readonly body = h("tbody", {});
  private readonly rows = new Rows();
  private runs: Run[] = [];
  private drawn = "";
  readonly close: () => void;

  constructor(
    private readonly ctx: Ctx,
    private readonly actions: RunActions,
  ) {
    const heads = [t("Run"), t("State"), t("Rows"), t("Cost")].map((name) => h("th", { scope: "col" }, name));
    this.element.append(h("table", { class: "wb-table" }, h("thead", {}, h("tr", {}, ...heads, h("td", {}))), this.body));
    this.close = bindKeys(this.element, () => this.keys());
  }

  draw(runs: Run[], chosen: string | null): void {
    const drawn = JSON.stringify([runs, chosen, Math.floor(Date.now() / 60_000)]);
    if (drawn === this.drawn || (isRaising(document.activeElement) && this.element.contains(document.activeElement))) return;
    this.drawn = drawn;
    this.runs = runs;
    const at = placeOf(this.body);
    const top = this.element.scrollTop;
    const raising = [...this.body.querySelectorAll<HTMLElement>("details[data-raise][open]")];
    arrange(this.body, this.rows.of(runs.map((run) => ({ key: run.id, says: [run, run.id === chosen, ago(run.started_at)], make: () => row(this.ctx, run, chosen, this.actions) }))));
    const forms = [...this.body.querySelectorAll<HTMLElement>("details[data-raise]")];
    for (const form of raising) if (!forms.includes(form)) forms.find((one) => one.dataset["raise"] === form.dataset["raise"])?.replaceWith(form); // with what is typed in it
    this.element.scrollTop = top;
    if (at && !this.body.contains(document.activeElement)) this.control(at.run, at.name)[1]?.focus({ preventScroll: true });
  }

  /** Put the keys on a run: the chosen one, else the newest. */
  focus(chosen: string | null): void {
    this.go(chosen ?? this.runs[0]?.id ?? "", "run-open");
  }

  private control(run: string, name: string): [line: Element | undefined, control: HTMLElement | null | undefined] {
    const line = [...this.body.children].find((item) => (item as HTMLElement).dataset["run"] === run);
    return [line, line?.querySelector<HTMLElement>(`[data-action="${name}"]`) ?? line?.querySelector<HTMLElement>("button")];
  }

  private go(run: string, name: string): void {
    const [line, control] = this.control(run, name);
    control?.focus({ preventScroll: true });
    if (line && control) scrollTo(this.element, line);
  }

  private keys(): Shortcut[] {
    const group = t("Runs");
    // Where a run has no such button nothing happens: a key of the table never means the draft below it.
    const press = (name: string) => (): void => this.line()?.querySelector<HTMLElement>(`[data-action="${name}"]`)?.click();
    return [
      { keys: ["ArrowDown", "j"], label: t("Next run"), group, fixed: true, run: () => this.step(1) },
      { keys: ["ArrowUp", "k"], label: t("Run before"), group, fixed: true, run: () => this.step(-1) },
      { keys: ["y"], label: t("What the run gave"), group, run: press("run-gave") },
      { keys: ["l"], label: t("What came to nothing"), group, run: press("lost") },
      { keys: ["s"], label: t("Stop"), group, run: press("run.stop") },
      { keys: ["g"], label: t("Go on"), group, run: press("run.resume") },
      { keys: ["Escape"], label: t("Back to the drafts"), group, fixed: true, run: () => this.actions.leave() },
    ];
  }

  private line(): HTMLElement | null {
    return document.activeElement?.closest<HTMLElement>("tr[data-run]") ?? null;
  }

  private step(by: number): boolean {
    const at = this.runs.findIndex((run) => run.id === this.line()?.dataset["run"]);
    const next = this.runs[Math.min(Math.max(at + by, 0), this.runs.length - 1)];
    if (next) this.go(next.id, "run-open");
    return next !== undefined;
  }
}

/** A limit is being raised there: the form stays until it is sent or closed. */
function isRaising(element: Element | null): boolean {
  return element?.closest("details[data-raise][open]") != null;
}

/** Not one row has a text. */
export function cameToNothing(run: Pick<Run, "counts" | "requested">): boolean {
  return (run.counts["failed"] ?? 0) + (run.counts["in_doubt"] ?? 0) === run.requested;
}

/** The run and the control of it that has the focus. */
function placeOf(body: HTMLElement): { run: string; name: string } | null {
  const now = document.activeElement;
  if (!(now instanceof HTMLElement) || !body.contains(now)) return null;
  return { run: now.closest<HTMLElement>("tr")?.dataset["run"] ?? "", name: now.dataset["action"] ?? "" };
}

function row(ctx: Ctx, run: Run, chosen: string | null, { open, gave, lost, again }: RunActions): HTMLElement {
  const [state, usual] = STATES[run.state] ?? [run.state, ""];
  const tone = run.state === "done" && cameToNothing(run) ? "wb-chip-warn" : usual;
  const act = (name: string, label: string): HTMLElement =>
    button(label, () => void ctx.call(name, { run: run.id }).then(again, ctx.notice), { small: true, name });
  const on = run.id === chosen;
  const about = run.recipe.startsWith("judge") ? "" : run.query; // what a model was asked about is counted among its rows
  const stopped = RESUMABLE.has(run.state) && !run.here;
  return h(
    "tr",
    { class: on ? "wb-on" : "", data: { run: run.id } },
    h(
      "td",
      {},
      h("button", { class: "wb-link", "aria-pressed": String(on), title: t("Show only the drafts of this run"), data: { action: "run-open" }, on: { click: () => open(on ? null : run.id) } }, run.recipe),
      h("div", { class: "wb-quiet" }, h("time", { title: exactly(run.started_at) }, ago(run.started_at)), about ? " · " : "", about ? line(about, "wb-clip-inline") : null, run.follows ? h("div", {}, t("from what was approved")) : null),
    ),
    h("td", {}, h("span", { class: `wb-chip ${tone}` }, t(state))),
    h("td", { class: "wb-numbers" }, countsInWords(run), toApprove(run, on, open), run.message ? h("div", { class: "wb-quiet" }, line(said(run.message))) : null, stopped ? raiseOfRun(ctx, run, again) : null, reused(run), why(run, lost), run.forecast ? h("div", { class: "wb-forecast" }, forecastInWords(run.forecast)) : null),
    h("td", { class: "wb-numbers" }, cost(run)),
    h(
      "td",
      { class: "wb-end" },
      button(t("Yield"), () => gave(run), { small: true, tone: "quiet", name: "run-gave", title: t("What the run gave, gate by gate (y)") }),
      run.here && run.state === "running" ? act("run.stop", t("Stop")) : null,
      stopped ? act("run.resume", t("Go on")) : null,
    ),
  );
}

/** What waits for approval, as the way there. */
function toApprove(run: Run, on: boolean, open: (run: string) => void): HTMLElement | null {
  const waiting = (run.counts["drafted"] ?? 0) + (run.counts["gated"] ?? 0);
  if (!run.proposes || waiting === 0 || on) return null;
  return h("div", {}, h("button", { class: "wb-link", data: { action: "to-approve" }, on: { click: () => open(run.id) } }, tn("{n} to approve ({what})", "{n} to approve ({what})", waiting, { what: said(run.proposes) })));
}

/** The whole run, foreseen from its first rows; a price nobody knows stays unknown. */
export function forecastInWords(forecast: Forecast): string {
  const between = ([low, high]: [number, number], digits = 0): string => t("{low} to {high}", { low: atMost(low, digits), high: atMost(high, digits) });
  const cost = forecast.usd ? (forecast.usd[1] === 0 ? t("nothing") : t("{low} to {high}", { low: price(forecast.usd[0]), high: price(forecast.usd[1]) })) : t("unknown");
  const told = t("All of it, with 90 % certainty: {tokens} tokens; price: {price}; {minutes} minutes; {passed} drafts that pass the checks", {
    tokens: between(forecast.tokens), price: cost, minutes: between(forecast.minutes, 1), passed: between(forecast.passed),
  });
  return [told, estimatedInWords(forecast.estimated), ...(forecast.unknown ?? []).map((one) => said(one))].filter(Boolean).join("; ");
}

/** Why rows came to nothing or were rejected, on one line, and the way to those that came to nothing. */
function why(run: Run, lost: (run: string) => void): HTMLElement | null {
  const found = Object.entries(run.reasons).map(([reason, n]) => `${inDigits(n)} × ${said(reason)}`).join("; ");
  const link = lostLink(run, lost);
  if (!found && !link) return null;
  return h("div", { class: "wb-runs-why", title: found || undefined }, found ? line(found) : null, link);
}

function reused(run: Run): HTMLElement | null {
  return run.reused ? h("div", { class: "wb-quiet" }, tn("{n} row reused, at no cost", "{n} rows reused, at no cost", run.reused)) : null;
}

function lostLink(run: Run, lost: (run: string) => void): HTMLElement | null {
  if (!run.counts["failed"] && !run.counts["in_doubt"]) return null;
  return h("button", { class: "wb-link", data: { action: "lost" }, on: { click: () => lost(run.id) } }, t("What came to nothing"));
}

export function cost(run: Pick<Run, "cost" | "model">): string {
  if (run.cost.calls === 0) return run.model ? t("no calls") : t("no model");
  return [spentInWords(run), estimatedInWords(run.cost.estimated), doubtInWords(run)].filter(Boolean).join("; ");
}

/** Tokens that the endpoint did not report are never shown as if it had. */
export function estimatedInWords(calls: number | undefined): string {
  return calls ? tn("tokens of {n} call estimated, the endpoint does not report them", "tokens of {n} calls estimated, the endpoint does not report them", calls) : "";
}

function doubtInWords(run: Pick<Run, "cost">): string {
  const doubtful = run.cost.states?.["in_doubt"] ?? 0;
  if (doubtful === 0) return "";
  const told = tn("{n} call maybe charged", "{n} calls maybe charged", doubtful);
  return run.cost.tokens_in_doubt ? `${told} (${t("up to {tokens} tokens", { tokens: inDigits(run.cost.tokens_in_doubt) })})` : told;
}

function spentInWords(run: Pick<Run, "cost">): string {
  return tn("{n} call, {tokens} tokens, {price}", "{n} calls, {tokens} tokens, {price}", run.cost.calls, { tokens: inDigits(run.cost.tokens), price: run.cost.usd == null ? t("price unknown") : price(run.cost.usd) });
}
