// One draft beside its parent: turn by turn, what changed word by word, and what the gates found.
import type { Ctx } from "../core/ctx.ts";
import { h, type Child } from "../core/dom.ts";
import { emptyState } from "../core/empty.ts";
import { said, t, tn } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import { arrange, Rows } from "../core/rows.ts";
import { keepUnfolded, WHOLE } from "../core/unfolded.ts";
import { diffView } from "../text/diffview.ts";
import { changedBefore } from "../same/changed.ts";
import { line, messageBody } from "../text/body.ts";
import { findingsView } from "../text/findings.ts";
import { bubble } from "../work/bubbles.ts";
import { button, keyed } from "../work/parts.ts";
import { aligned, changesInWords, folded, type Pair } from "./generate_align.ts";
import { opinionView } from "./generate_opinion.ts";
import { kindOf } from "./generate_grid.ts";
import { cameToNothing } from "./generate_runs.ts";
import type { Line, OpenedDraft, Run } from "./generate_types.ts";

/** `run`: the one whose drafts are shown; null: of all. `lost` shows what came to nothing. */
export function nothingOpen(runs: Run[], run: string | null, lost: (run: string) => void): HTMLElement {
  if (runs.some((item) => item.state === "running")) return emptyState(t("The run is at work"), t("Its drafts appear here one by one. You can decide on the first while the others are still being made."));
  const found = runs.find((item) => item.id === run);
  if (found?.state === "failed") return emptyState(t("The run failed"), said(found.message) || t("It made no drafts."));
  const newest = run === null ? runs[0] : found;
  if (newest && cameToNothing(newest)) {
    const why = Object.keys(newest.reasons)[0] ?? "";
    return emptyState(t("Nothing came of this run"), said(why), button(t("What came to nothing"), () => lost(newest.id), { name: "lost-here" }));
  }
  if (runs.length > 0) return emptyState(t("All drafts are decided"), t("Start another run on the left, or take a decision back with u."));
  return emptyState(t("No drafts yet"), t("Choose a recipe on the left and start a run. Each draft appears here beside the conversation it was made from."));
}

/** The head of a draft that is run turn by turn: its turns are drawn beneath it as they come. */
export function liveHead(ctx: Ctx, found: OpenedDraft, group: Line[]): HTMLElement {
  return head(ctx, found, null, group);
}

/** What can be begun from an open draft; what is null is not offered. */
export interface DraftTools {
  byTurns?: (() => void) | null;
  compare?: (() => void) | null;
  judge?: () => void;
  asked?: () => void;
}

export function draftView(ctx: Ctx, found: OpenedDraft, group: Line[], tools: DraftTools = {}): HTMLElement {
  return new DraftView(found.draft.id).show(ctx, found, group, tools);
}

/** What is shown of one draft. Drawn anew it keeps what is said in it, so that nothing a person unfolded or selected goes. */
export class DraftView {
  readonly element: HTMLElement;
  private readonly said = new Rows();

  constructor(readonly id: string) {
    this.element = h("article", { class: "wb-draft-view", data: { draftId: id } });
  }

  show(ctx: Ctx, found: OpenedDraft, group: Line[], tools: DraftTools = {}): HTMLElement {
    const { draft, parent } = found;
    const pairs = parent ? aligned(parent.turns, draft.turns) : null;
    const said = (): HTMLElement => (pairs ? beside(pairs) : h("div", { class: "wb-said-list" }, ...draft.turns.map((turn) => bubble(turn))));
    const parts = [
      head(ctx, found, pairs, group),
      toolbar(found, tools),
      findingsView(draft.gates ?? []),
      opinionView(found.opinion),
      changedBefore(draft),
      ...this.said.of([{ key: "said", says: [parent?.turns, draft.turns], make: said }]),
    ];
    const draw = (): void => arrange(this.element, parts);
    keepFocus(this.element, () => keepUnfolded(this.element, draw));
    return this.element;
  }
}

function toolbar(found: OpenedDraft, { byTurns, compare, judge, asked }: DraftTools): HTMLElement | null {
  const told = found.draft.model ? asked : undefined; // without a model nothing was asked
  if (!byTurns && !compare && !judge && !told) return null;
  return h(
    "div",
    { class: "wb-wrap" },
    compare ? button(keyed(t("Compare side by side"), "c"), compare, { small: true, name: "compare", title: t("The candidates of this request as columns, to put in order") }) : null,
    byTurns ? button(keyed(t("Turn by turn"), "t"), byTurns, { small: true, name: "live-begin", title: t("Rewrite a turn, and let the turns after it be made anew") }) : null,
    judge ? button(keyed(t("Ask a model"), "m"), judge, { small: true, tone: "quiet", name: "judge", title: t("Ask a model about the drafts") }) : null,
    told ? button(keyed(t("What the model was asked"), "w"), told, { small: true, tone: "quiet", name: "asked" }) : null,
  );
}

function head(ctx: Ctx, found: OpenedDraft, pairs: Pair[] | null, group: Line[]): HTMLElement {
  const { draft, parent } = found;
  const rank = group.find((item) => item.id === draft.id)?.rank;
  const facts: Child[] = [
    h("span", { class: "wb-chip wb-chip-violet" }, `${draft.recipe} ${draft.version}`),
    draft.model ? h("span", { class: "wb-chip" }, line(draft.model)) : null,
    h("span", { class: "wb-chip", title: t("How many steps away from real text") }, t("depth {n}", { n: draft.depth })),
    group.length > 1 ? h("span", { class: "wb-chip wb-chip-accent" }, rank ? t("candidate of {n}, rank {rank}", { n: group.length, rank }) : t("candidate of {n}", { n: group.length })) : null,
    draft.meta?.["reused"] ? h("span", { class: "wb-chip" }, t("reused, at no cost")) : null,
    repairer(draft.meta),
    approver(draft.meta),
    pairs ? h("span", { class: "wb-quiet" }, changesInWords(pairs)) : null,
  ];
  const from = parent
    ? h("button", { class: "wb-link", title: t("Open the original in Browse"), on: { click: () => ctx.navigate("browse", { query: `id:${parent.id}`, id: parent.id }) } }, line(found.parent_title || parent.id))
    : h("span", { class: "wb-quiet" }, t("made from no conversation"));
  return h("header", { class: "wb-draft-head" }, h("div", { class: "wb-row" }, parent ? h("span", { class: "wb-quiet" }, t("From")) : null, from), cellOf(draft.meta), h("div", { class: "wb-wrap" }, ...facts));
}

/** The cell of a grid that a draft was written for; whether it lies there is for checks and people to say. */
function cellOf(meta: Record<string, unknown> | undefined): Child {
  const cell = (meta?.["gap"] as { cell?: Record<string, string> } | undefined)?.cell;
  return cell ? h("div", { class: "wb-quiet", data: { cell: "" } }, line(t("Written for the cell: {kind}", { kind: kindOf({ cell }) }))) : null;
}

function repairer(meta: Record<string, unknown> | undefined): Child {
  const told = meta?.["repaired"] as { by?: string } | undefined;
  return told ? h("span", { class: "wb-chip wb-chip-warn" }, t("repaired by {who}", { who: told.by ?? "" })) : null;
}

function approver(meta: Record<string, unknown> | undefined): Child {
  const told = meta?.["approved"] as { by?: string; what?: string } | undefined;
  return told ? h("span", { class: "wb-chip wb-chip-good" }, t("{what}: approved by {who}", { what: said(told.what ?? ""), who: told.by ?? "" })) : null;
}

/** Two columns, one row per turn, so that what belongs together stands side by side; what did not change is folded. */
function beside(pairs: Pair[]): HTMLElement {
  return h(
    "div",
    { class: "wb-beside", role: "table", "aria-label": t("Original and draft, turn by turn") },
    h("div", { class: "wb-beside-row wb-beside-head", role: "row" }, h("span", { role: "columnheader" }, t("Original")), h("span", { role: "columnheader" }, t("Draft"))),
    ...folded(pairs).map((part) => ("hidden" in part ? fold(part.hidden) : row(part))),
  );
}

function row(pair: Pair): HTMLElement {
  return h(
    "div",
    { class: `wb-beside-row wb-beside-${pair.kind}`, role: "row" },
    h("div", { role: "cell" }, pair.before ? bubble(pair.before) : null),
    h("div", { role: "cell" }, after(pair)),
  );
}

function fold(pairs: Pair[]): HTMLElement {
  const open = h("button", { class: "wb-fold", on: { click: () => (rows.setAttribute(WHOLE, "all"), more.replaceWith(...pairs.map(row))) } }, tn("{n} turn as in the original", "{n} turns as in the original", pairs.length));
  const more = h("div", { class: "wb-fold-row", role: "row" }, h("div", { role: "cell", "aria-colspan": 2 }, open));
  const rows: HTMLElement = h("div", { class: "wb-fold-rows", role: "rowgroup", [WHOLE]: "" }, more);
  return rows;
}

function after(pair: Pair): HTMLElement | null {
  if (!pair.after) return h("span", { class: "wb-quiet" }, t("left out"));
  const body = pair.parts ? diffView(pair.parts) : messageBody(pair.after.content);
  return bubble(pair.after, body, pair.kind === "added" ? t("new") : "");
}
