// The turns of the conversation that is open. One that says the same as before stays the element it was, so that what
// is selected in it, unfolded, scrolled to or laid out already is not lost to somebody's tag.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { arrange, Rows } from "../core/rows.ts";
import { keepUnfolded } from "../core/unfolded.ts";
import { inWords } from "../tags/answers.ts";
import { ago } from "../text/when.ts";
import { marksOf, turnView, type TurnAround } from "./turn.ts";

export class Turns {
  readonly element = h("div", { class: "wb-turns", tabindex: 0, role: "group", "aria-label": t("What is said") });
  private readonly rows = new Rows();

  constructor(private readonly onTurn: (turn: string) => void) {}

  show(around: TurnAround, footer: HTMLElement): void {
    const turns = this.rows.of(
      around.opened.sample.turns.map((turn) => ({ key: turn.id, says: saidBy(turn, around), make: () => turnView(turn, around, this.onTurn) })),
    );
    keepUnfolded(this.element, () => arrange(this.element, [...turns, footer]));
  }
}

/** All that a turn's element says. */
function saidBy(turn: Turn, { opened, why, schemes }: TurnAround): unknown[] {
  const tags = opened.tags.filter((tag) => tag.turn === turn.id);
  const words = tags.map((tag) => inWords(schemes.find((item) => item.name === tag.scheme), tag.value));
  const notes = opened.notes.filter((note) => note.turn === turn.id).map((note) => [note, ago(note.at)]);
  return [turn, tags, words, notes, marksOf(turn, why)];
}
