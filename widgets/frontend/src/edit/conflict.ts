// Two people saved the same conversation: both texts side by side, a choice for every turn, and the text that comes of it.
import { h, spoken } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import type { Sample, Turn } from "../core/nouns.ts";
import { scrollTo } from "../core/scroll.ts";
import { line, messageBody } from "../text/body.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import { ago } from "../text/when.ts";
import { chosenTurn, mergedTurns, mergeRows, orderDiffers, undecided, type MergeRow, type Side } from "./merge.ts";
import { roleName } from "./turnform.ts";

export interface ConflictGiven {
  base: Turn[];
  baseRevision: number;
  theirs: Sample;
  author: string;
  at: number;
  mine: Turn[];
}

export interface ConflictEvents {
  /** Save this over their revision. */
  onSave: (turns: Turn[]) => void;
  /** Leave it as they saved it. */
  onTheirs: () => void;
  /** Go on typing over their revision, from the text chosen so far. */
  onEdit: (turns: Turn[]) => void;
  onLeave: () => void;
}

const FOLDED = 1200;

export class ConflictView {
  readonly element: HTMLElement;
  private readonly rows: MergeRow[];
  private readonly cards: HTMLElement[];
  private readonly waiting = h("span", { class: "wb-grow wb-quiet wb-conflict-waiting", role: "status" });
  private readonly saveButton: HTMLButtonElement;
  private readonly editButton: HTMLButtonElement;
  private readonly unbind: () => void;

  constructor(
    private readonly given: ConflictGiven,
    private readonly events: ConflictEvents,
  ) {
    this.rows = mergeRows(given.base, given.theirs.turns, given.mine);
    this.cards = this.rows.map((row, at) => this.card(row, at));
    const save = (): void => this.save();
    this.saveButton = h("button", { class: "wb-button wb-button-primary", on: { click: save } }, t("Save as revision {n}", { n: given.theirs.revision + 1 }), h("kbd", {}, "Ctrl ⏎"));
    this.editButton = h("button", { class: "wb-button", on: { click: () => events.onEdit(mergedTurns(this.rows)) } }, t("Edit this further"));
    this.element = h(
      "section",
      { class: "wb-conflict", "aria-label": t("Two versions of one conversation") },
      this.head(),
      h("div", { class: "wb-conflict-rows" }, ...this.cards),
      h(
        "footer",
        { class: "wb-editor-foot wb-row" },
        this.waiting,
        h("button", { class: "wb-button wb-button-quiet", on: { click: events.onTheirs } }, t("Keep theirs as it is")),
        this.editButton,
        this.saveButton,
      ),
    );
    this.unbind = bindKeys(this.element, () => [
      { keys: ["1", "ArrowLeft"], label: t("Take theirs"), run: () => this.pick("theirs") },
      { keys: ["2", "ArrowRight"], label: t("Take mine"), run: () => this.pick("mine") },
      { keys: ["j", "ArrowDown"], label: t("Next turn"), run: () => this.step(1) },
      { keys: ["k", "ArrowUp"], label: t("Turn before"), run: () => this.step(-1) },
      { keys: ["Ctrl+Enter"], label: t("Save"), inText: true, run: save },
      { keys: ["Escape"], label: t("Close"), inText: true, run: events.onLeave },
    ]);
    this.draw();
  }

  /** The turn that waits for a choice, else the first that differs. */
  focus(): void {
    const at = this.rows.findIndex((row) => row.choice === null);
    const first = at >= 0 ? at : this.rows.findIndex((row) => row.who !== "same");
    this.cards[Math.max(0, first)]?.focus();
  }

  close(): void {
    this.unbind();
  }

  private head(): HTMLElement {
    const { given } = this;
    const order = orderDiffers(given.theirs.turns, given.mine);
    return h(
      "div",
      { class: "wb-conflict-head", role: "alert" },
      h("h3", {}, t("Somebody saved this conversation while you were editing")),
      h(
        "p",
        { class: "wb-help" },
        line(t("{who} saved revision {theirs} {when}; you began from revision {base}.", { who: given.author, theirs: given.theirs.revision, when: ago(given.at), base: given.baseRevision })),
        " ",
        t("Choose for each turn: 1 theirs, 2 mine; j and k move. The words are compared with revision {base}: struck out is gone, underlined is new.", { base: given.baseRevision }),
        order ? ` ${t("The order of the turns differs too: yours is used.")}` : "",
      ),
    );
  }

  private card(row: MergeRow, at: number): HTMLElement {
    const role = (row.mine ?? row.theirs ?? row.base)!.role;
    if (row.who === "same") {
      return h(
        "article",
        { class: "wb-conflict-turn wb-conflict-same", tabindex: -1 },
        h("div", { class: "wb-turn-role" }, `${at + 1} ${roleName(role)}`, h("span", { class: "wb-chip" }, t("the same"))),
        messageBody((chosenTurn(row)?.content ?? "").slice(0, FOLDED)),
      );
    }
    const result = h("textarea", {
      class: "wb-textarea wb-conflict-result",
      dir: "auto",
      "aria-label": t("What will be saved"),
      rows: 2,
      on: { input: () => ((row.edited = result.value), this.draw()) },
    });
    return h(
      "article",
      { class: "wb-conflict-turn", tabindex: 0, data: { at }, "aria-label": t("Turn {n}", { n: at + 1 }) },
      h("div", { class: "wb-turn-role" }, `${at + 1} ${roleName(role)}`, h("span", { class: "wb-chip" }, whoWords(row))),
      h("div", { class: "wb-conflict-sides" }, this.side(row, "theirs"), this.side(row, "mine")),
      result,
    );
  }

  private side(row: MergeRow, side: Side): HTMLElement {
    const turn = row[side];
    const label = side === "theirs" ? t("Theirs") : t("Mine");
    const before = row.base?.content ?? "";
    return h(
      "div",
      { class: "wb-conflict-side", data: { side } },
      h(
        "button",
        { class: "wb-button wb-button-small", "aria-pressed": "false", on: { click: () => this.choose(row, side) } },
        label,
        h("kbd", {}, side === "theirs" ? "1" : "2"),
        spoken(turn ? "" : t("deleted")),
      ),
      turn && turn.role !== row.base?.role && row.base ? h("span", { class: "wb-chip" }, roleName(turn.role)) : null,
      turn ? diffView(wordDiff(before, turn.content), true) : h("p", { class: "wb-quiet" }, row.base ? t("deleted") : t("not there")),
    );
  }

  private choose(row: MergeRow, side: Side): void {
    row.choice = side;
    row.edited = null;
    this.draw();
  }

  private pick(side: Side): void | false {
    const at = this.at();
    const row = this.rows[at];
    if (!row || row.who === "same") return false;
    this.choose(row, side);
  }

  private step(by: number): void {
    const open = this.rows.flatMap((row, at) => (row.who === "same" ? [] : [at]));
    const now = open.indexOf(this.at());
    const next = this.cards[open[Math.max(0, Math.min(open.length - 1, now + by))] ?? 0];
    next?.focus({ preventScroll: true });
    const pane = this.element.querySelector<HTMLElement>(".wb-conflict-rows");
    if (pane && next) scrollTo(pane, next);
  }

  private at(): number {
    const card = document.activeElement?.closest<HTMLElement>(".wb-conflict-turn");
    return card ? this.cards.indexOf(card) : -1;
  }

  private draw(): void {
    this.rows.forEach((row, at) => row.who !== "same" && drawChoice(row, this.cards[at]!));
    const left = undecided(this.rows);
    this.waiting.textContent = left > 0 ? tn("{n} turn waits for your choice", "{n} turns wait for your choice", left) : t("Everything is chosen");
    this.saveButton.disabled = this.editButton.disabled = left > 0 || mergedTurns(this.rows).length === 0;
  }

  private save(): void {
    if (!this.saveButton.disabled) this.events.onSave(mergedTurns(this.rows));
  }
}

function drawChoice(row: MergeRow, card: HTMLElement): void {
  for (const side of card.querySelectorAll<HTMLElement>("[data-side]")) {
    const on = side.dataset.side === row.choice;
    side.classList.toggle("wb-conflict-on", on);
    side.querySelector("button")?.setAttribute("aria-pressed", String(on));
  }
  const result = card.querySelector<HTMLTextAreaElement>("textarea")!;
  const turn = chosenTurn(row);
  result.disabled = turn === null;
  const text = turn?.content ?? (row.choice === null ? t("Choose one of the two; then you can change it here.") : t("This turn goes."));
  if (result.value !== text) result.value = text;
}

function whoWords(row: MergeRow): string {
  if (row.who === "both") return t("both changed it");
  return row.who === "theirs" ? t("only they changed it") : t("only you changed it");
}
