// The turns of the conversation that is open. One that says the same as before stays the element it was, so that what
// is selected in it, unfolded, scrolled to or laid out already is not lost to somebody's tag.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Turn } from "../core/nouns.ts";
import { arrange } from "../core/rows.ts";
import { keepUnfolded } from "../core/unfolded.ts";
import { inWords } from "../tags/answers.ts";
import { ago } from "../text/when.ts";
import { marksOf, turnView, type TurnAround } from "./turn.ts";

interface Drawn {
  element: HTMLElement;
  content: string;
  around: string;
}

export class Turns {
  readonly element = h("div", { class: "wb-turns", tabindex: 0, role: "group", "aria-label": t("What is said") });
  private drawn = new Map<string, Drawn>();

  constructor(private readonly onTurn: (turn: string) => void) {}

  show(around: TurnAround, footer: HTMLElement): void {
    const next = around.opened.sample.turns.map((turn) => this.drawnOf(turn, around));
    keepUnfolded(this.element, () => arrange(this.element, [...next.map((one) => one.element), footer]));
    this.drawn = new Map(next.map((one) => [one.element.dataset.turnId!, one]));
  }

  private drawnOf(turn: Turn, around: TurnAround): Drawn {
    const before = this.drawn.get(turn.id);
    this.drawn.delete(turn.id);
    const beside = besideText(turn, around);
    if (before && before.content === turn.content && before.around === beside) return before;
    return { element: turnView(turn, around, this.onTurn), content: turn.content, around: beside };
  }
}

/** All that a turn's element says beside its text, to see whether it would say the same again. */
function besideText(turn: Turn, { opened, why, schemes }: TurnAround): string {
  const tags = opened.tags.filter((tag) => tag.turn === turn.id);
  const words = tags.map((tag) => inWords(schemes.find((item) => item.name === tag.scheme), tag.value));
  const notes = opened.notes.filter((note) => note.turn === turn.id).map((note) => [note, ago(note.at)]);
  return JSON.stringify([{ ...turn, content: "" }, tags, words, notes, marksOf(turn, why)]);
}
