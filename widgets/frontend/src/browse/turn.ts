// One turn of a conversation: who says it, what is said, and what was answered and noted about it.
import { h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import { labelled, t } from "../core/i18n.ts";
import type { Opened, Scheme, Tag, ToolCall, Turn, Why } from "../core/nouns.ts";
import { inWords } from "../tags/answers.ts";
import { line, messageBody } from "../text/body.ts";
import { fromCodePoints, type Span } from "../text/invisible.ts";
import { questionName, roleName } from "../text/names.ts";
import { ago } from "../text/when.ts";

export interface TurnAround {
  opened: Opened;
  why: Why[];
  schemes: Scheme[];
}

/** Right-to-left letters: Hebrew, Arabic and their neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/;
const LETTER = /\p{L}/u;

/** `onTurn` hears that it was chosen by a click that selects no words. */
export function turnView(turn: Turn, { opened, why, schemes }: TurnAround, onTurn: (turn: string) => void): HTMLElement {
  const choose = (): void => {
    const selected = window.getSelection();
    if (!selected || selected.isCollapsed) onTurn(turn.id);
  };
  const tags = opened.tags.filter((tag) => tag.turn === turn.id);
  return h(
    "article",
    {
      class: `wb-turn wb-turn-${turn.role}`,
      data: { turnId: turn.id, role: turn.role },
      "aria-label": roleName(turn.role),
      on: { click: choose },
    },
    h(
      "div",
      { class: "wb-turn-role" },
      line(roleName(turn.role)),
      turn.name ? line(turn.name, "wb-quiet") : null,
      rightToLeft(turn.content)
        ? h("span", { class: "wb-mini wb-mini-short", title: t("written from right to left") }, "RTL")
        : null,
      h("span", { class: "wb-turn-language" }),
    ),
    h(
      "div",
      { class: "wb-bubble" },
      turn.content ? messageBody(turn.content, marksOf(turn, why)) : null,
      ...(turn.tool_calls ?? []).map(toolCall),
    ),
    tags.length > 0 ? h("div", { class: "wb-turn-tags" }, ...tags.map((tag) => tagView(tag, schemes))) : null,
    ...opened.notes.filter((note) => note.turn === turn.id).map((note) => noteView(note)),
  );
}

function tagView(tag: Tag, schemes: Scheme[]): HTMLElement {
  const scheme = schemes.find((item) => item.name === tag.scheme);
  return h("span", { class: "wb-mini", title: tag.author }, line(labelled(questionName(tag.scheme), inWords(scheme, tag.value))));
}

/** Whether a text begins from the right: its first letter decides, as it does for the browser. */
function rightToLeft(text: string): boolean {
  const first = LETTER.exec(text.slice(0, 2000));
  return first !== null && RIGHT_TO_LEFT.test(first[0]);
}

export function noteView(note: Opened["notes"][number]): HTMLElement {
  return h(
    "div",
    { class: "wb-note" },
    icon("note", 14),
    h("div", { class: "wb-grow" }, line(note.text)),
    h("span", { class: "wb-quiet" }, t("{author}, {when}", { author: note.author, when: ago(note.at) })),
  );
}

export function marksOf(turn: Turn, why: Why[]): Span[] {
  return why
    .filter((item) => item.turn === turn.id && item.start !== undefined && item.end !== undefined)
    .map((item) => ({
      start: fromCodePoints(turn.content, item.start!),
      end: fromCodePoints(turn.content, item.end!),
    }));
}

function toolCall(call: ToolCall): HTMLElement {
  let shown = call.arguments;
  try {
    shown = JSON.stringify(JSON.parse(call.arguments), null, 2);
  } catch {
    // Shown exactly as it was given.
  }
  return h(
    "details",
    { class: "wb-tool", on: { click: (event) => event.stopPropagation() } },
    h("summary", {}, icon("machine", 14), ` ${t("calls")} `, line(call.name, "wb-tool-name")),
    h("div", { class: "wb-code" }, messageBody(shown)),
  );
}
