// The turns of a conversation that is run turn by turn: each with its checks, whose words it is, and whether it is stale.
import { h, type Child } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { arrange, Rows } from "../core/rows.ts";
import { line } from "../text/body.ts";
import { bubble } from "../work/bubbles.ts";
import type { Shown } from "./live_state.ts";

export interface TurnsShown {
  turns: Shown[];
  current: string;
  /** What stands in the place of the turn that is being rewritten. */
  editor: { turn: string; element: HTMLElement } | null;
}

export class LiveTurns {
  readonly element = h("ol", { class: "wb-live-turns", "aria-label": t("Turns") });
  private readonly rows = new Rows();
  private current = "";

  constructor(private readonly choose: (turn: string) => void) {}

  /** A turn that says the same stays as it is; another current one is brought into view where that is to `follow`. */
  draw({ turns, current, editor }: TurnsShown, follow: boolean): void {
    const rows = turns.map((item, at) => {
      const open = editor?.turn === item.turn.id ? editor : null;
      return { key: `${item.turn.id} ${item.stale}`, says: [item, at, open !== null], make: () => this.row(item, at, open) };
    });
    arrange(this.element, this.rows.of(rows));
    for (const row of this.rowsOf()) {
      const on = row.dataset["liveTurn"] === current && row.dataset["stale"] === "no";
      row.classList.toggle("wb-live-on", on);
      if (on) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
      if (on && follow && (current !== this.current || editor)) row.scrollIntoView?.({ block: "nearest" });
    }
    this.current = current;
  }

  /** Whether something of this turn is seen, in what scrolls around the list. */
  inView(turn: string): boolean {
    const row = this.rowsOf().find((one) => one.dataset["liveTurn"] === turn)?.getBoundingClientRect();
    const frame = this.element.closest(".wb-draft")?.getBoundingClientRect();
    return !row || !frame || (row.bottom >= frame.top && row.top <= frame.bottom);
  }

  private rowsOf(): HTMLElement[] {
    return [...this.element.children] as HTMLElement[];
  }

  private row(item: Shown, at: number, editor: TurnsShown["editor"]): HTMLElement {
    return h(
      "li",
      {
        class: `wb-live-turn${item.stale ? " wb-live-stale" : ""}${item.pauses && !item.stale ? " wb-live-pause" : ""}`,
        data: { liveTurn: item.turn.id, stale: item.stale ? "yes" : "no" },
        on: { click: () => !item.stale && !editor && this.choose(item.turn.id) },
      },
      h("span", { class: "wb-live-number wb-numbers" }, at + 1),
      h("div", { class: "wb-live-said" }, editor ? editor.element : bubble(item.turn), marks(item)),
    );
  }
}

function marks(item: Shown): HTMLElement | null {
  const told: Child[] = [
    item.stale ? h("span", { class: "wb-chip wb-live-mark" }, t("stale")) : null,
    item.by === "opening" ? h("span", { class: "wb-chip" }, t("opening")) : null,
    item.by === "person" ? h("span", { class: "wb-chip wb-chip-accent" }, t("rewritten")) : null,
    ...(item.findings ?? []).map((found) =>
      h("span", { class: "wb-live-finding" }, h("span", { class: `wb-chip ${found.severity === "problem" ? "wb-chip-bad" : "wb-chip-warn"}` }, said(found.title ?? found.check)), line(said(found.message))),
    ),
  ];
  return told.some(Boolean) ? h("div", { class: "wb-live-marks" }, ...told) : null;
}
