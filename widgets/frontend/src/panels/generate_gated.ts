// The drafts behind a count of the yield: what the gate said about each, and the draft itself beside the list.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { inDigits, key, labelled, said, t, tn } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import { scrollTo } from "../core/scroll.ts";
import { line } from "../text/body.ts";
import { button, keyed, newest, uid } from "../work/parts.ts";
import { draftView } from "./generate_draft.ts";
import type { OpenedDraft } from "./generate_types.ts";
import type { Cell, Gated } from "./yield_types.ts";

export interface GatedView {
  element: HTMLElement;
  keys(): Shortcut[];
  focus(): void;
  close(): void;
}

export interface GatedActions {
  back(): void;
  decide(draft: string): void;
}

const STATES: Record<string, [string, string]> = {
  draft: [key("to decide"), ""],
  gated: [key("to decide"), ""],
  accepted: [key("accepted"), "wb-chip-good"],
  rejected: [key("rejected"), "wb-chip-bad"],
};

const SAID: Record<Cell["verdict"], string> = {
  passed: key("Passed: {gate}"),
  unsure: key("Unsure: {gate}"),
  failed: key("Failed: {gate}"),
};

export function gatedView(ctx: Ctx, run: string, cell: Cell, actions: GatedActions): GatedView {
  return new GatedPane(ctx, run, cell, actions);
}

class GatedPane implements GatedView {
  readonly element: HTMLElement;
  private readonly list = h("div", { class: "wb-gated-list", role: "listbox", tabindex: 0, "aria-label": t("Drafts") });
  private readonly detail = h("div", { class: "wb-gated-draft", tabindex: -1 });
  private readonly decideButton: HTMLButtonElement;
  private readonly ticket = newest();
  private drafts: Gated[] = [];
  private more = false;
  private reading = false;
  private at = -1;
  private over = false;

  constructor(
    private readonly ctx: Ctx,
    private readonly run: string,
    private readonly cell: Cell,
    private readonly actions: GatedActions,
  ) {
    this.decideButton = button(keyed(t("Decide on it"), "d"), () => this.decide(), { small: true, tone: "primary", name: "gated-decide" });
    const head = h(
      "div",
      { class: "wb-row" },
      button(keyed(t("Back"), "Esc"), actions.back, { small: true, tone: "quiet", name: "gated-back" }),
      h("h4", { class: "wb-grow wb-clip" }, `${t(SAID[cell.verdict], { gate: cell.title })} · ${tn("{n} draft", "{n} drafts", cell.drafts)}`),
      this.decideButton,
    );
    this.element = h("section", { class: "wb-gated", "aria-label": t("Drafts") }, head, h("div", { class: "wb-gated-two" }, this.list, this.detail));
    fill(this.detail, loading());
    void this.read();
  }

  focus(): void {
    this.list.focus({ preventScroll: true });
  }

  close(): void {
    this.over = true;
  }

  keys(): Shortcut[] {
    return [
      { keys: ["j", "ArrowDown"], label: t("Next draft"), fixed: true, run: (event) => this.onList(event) && this.move(1) },
      { keys: ["k", "ArrowUp"], label: t("Draft before"), fixed: true, run: (event) => this.onList(event) && this.move(-1) },
      { keys: ["d"], label: t("Decide on it"), fixed: true, run: () => this.decide() },
    ];
  }

  /** Arrows scroll the draft while it has the focus; letters move anywhere. */
  private onList(event: KeyboardEvent): boolean {
    return event.key.length === 1 || !this.detail.contains(event.target as Node);
  }

  private async read(): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    const { gate, verdict, fate } = this.cell;
    try {
      const found = await this.ctx.call<{ drafts: Gated[]; more: boolean }>("run.gated", { run: this.run, gate, verdict, became: fate, offset: this.drafts.length });
      if (this.over) return;
      this.drafts.push(...found.drafts);
      this.more = found.more;
      this.draw();
      if (this.at < 0) this.go(0);
    } catch (error) {
      if (!this.over) fill(this.detail, failed(error, () => void this.read()));
    } finally {
      this.reading = false;
    }
  }

  private draw(): void {
    const top = this.list.scrollTop;
    const more = this.more ? button(t("Show more"), () => void this.read(), { small: true, tone: "quiet", name: "gated-more" }) : null;
    fill(this.list, ...this.drafts.map((draft, at) => this.row(draft, at)), more ? h("div", { class: "wb-queue-more", role: "presentation" }, more) : null);
    this.list.scrollTop = top;
  }

  private row(draft: Gated, at: number): HTMLElement {
    const [state, tone] = STATES[draft.state] ?? [draft.state, ""];
    const who = draft.by ? t("by {who}", { who: draft.by }) : "";
    return h(
      "div",
      { class: "wb-queue-row", id: uid("gated"), role: "option", "aria-selected": String(at === this.at), data: { gatedId: draft.id }, on: { click: () => this.go(at) } },
      h("span", { class: "wb-row wb-queue-top" }, h("span", { class: "wb-quiet wb-grow wb-clip" }, t("row {n}", { n: inDigits(draft.row + 1) })), h("span", { class: `wb-chip ${tone}`, title: who }, t(state))),
      ...draft.said.map((one) => h("span", { class: "wb-gated-said" }, this.cell.gate ? null : h("b", {}, labelled(said(one.title))), line(said(one.message)))),
      draft.state === "rejected" && draft.reason ? h("span", { class: "wb-quiet" }, t("because: {reason}", { reason: said(draft.reason) })) : null,
      line(draft.start, "wb-queue-start"),
    );
  }

  private move(by: number): void {
    if (this.drafts.length === 0) return;
    if (by > 0 && this.at === this.drafts.length - 1 && this.more) void this.read();
    this.go(Math.min(Math.max(this.at + by, 0), this.drafts.length - 1));
  }

  private go(at: number): void {
    const draft = this.drafts[at];
    if (!draft) {
      this.decideButton.disabled = true;
      return fill(this.detail, emptyState(t("These drafts are gone"), t("They were decided on meanwhile, or made anew.")));
    }
    if (at === this.at) return;
    this.at = at;
    this.decideButton.disabled = draft.state !== "draft" && draft.state !== "gated";
    const rows = [...this.list.querySelectorAll<HTMLElement>("[role=option]")];
    rows.forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    const row = rows[at];
    if (row) {
      this.list.setAttribute("aria-activedescendant", row.id);
      scrollTo(this.list, row);
    }
    void this.show(draft.id);
  }

  private async show(id: string): Promise<void> {
    const ticket = this.ticket();
    try {
      const found = await this.ctx.call<OpenedDraft>("draft.open", { id });
      if (ticket.old() || this.over) return;
      fill(this.detail, draftView(this.ctx, found, []));
      this.detail.scrollTop = 0;
    } catch (error) {
      if (!ticket.old() && !this.over) fill(this.detail, failed(error, () => void this.show(id)));
    }
  }

  private decide(): void {
    const draft = this.drafts[this.at];
    if (draft && !this.decideButton.disabled) this.actions.decide(draft.id);
  }
}
