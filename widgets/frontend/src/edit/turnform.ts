// One turn as a form: role, text, and what changed in it.
import { fill, h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import { scrollTo } from "../core/scroll.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import { ROLES, type DraftTurn } from "./draft.ts";

export interface TurnForm {
  element: HTMLElement;
  update(item: DraftTurn, at: number, count: number): void;
  focus(): void;
}

export interface TurnFormEvents {
  onText: (text: string) => void;
  onRole: (role: string) => void;
  onAdd: () => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
}

const MOST_HEIGHT = 420;

export function turnForm(first: DraftTurn, events: TurnFormEvents): TurnForm {
  const role = h(
    "select",
    { class: "wb-select wb-turn-select", "aria-label": "Role", on: { change: () => events.onRole(role.value) } },
    ...roleOptions(first.turn.role),
  );
  const text = h("textarea", {
    class: "wb-textarea",
    dir: "auto",
    "aria-label": "Text of the turn",
    rows: 1,
    on: { input: () => (grow(text), events.onText(text.value)) },
  });
  const up = button("up", "Move up", () => events.onMove(-1));
  const down = button("down", "Move down", () => events.onMove(1));
  const diff = h("div", { class: "wb-turn-diff" });
  const state = h("span", { class: "wb-chip wb-chip-accent" });
  const element = h(
    "article",
    { class: `wb-turn-form`, data: { turnId: first.turn.id || first.key } },
    h(
      "div",
      { class: "wb-row" },
      role,
      state,
      h("span", { class: "wb-grow" }),
      up,
      down,
      button("add", "Add a turn below", events.onAdd),
      button("remove", "Delete this turn", events.onRemove),
    ),
    text,
    first.turn.tool_calls?.length
      ? h(
          "p",
          { class: "wb-help" },
          `Calls ${first.turn.tool_calls.map((call) => call.name).join(", ")}; tool calls stay as they are.`,
        )
      : null,
    diff,
  );
  const update = (item: DraftTurn, at: number, count: number): void => {
    if (text.value !== item.turn.content) text.value = item.turn.content;
    role.value = item.turn.role;
    up.disabled = at === 0;
    down.disabled = at === count - 1;
    element.dataset.role = item.turn.role;
    showState(item, state, diff);
    grow(text);
  };
  return {
    element,
    update,
    focus: () => {
      text.focus({ preventScroll: true });
      const pane = element.closest<HTMLElement>(".wb-editor-turns");
      if (pane) scrollTo(pane, element);
    },
  };
}

function roleOptions(current: string): HTMLElement[] {
  return [...new Set([...ROLES, current])].map((name) => h("option", { value: name }, name));
}

function showState(item: DraftTurn, state: HTMLElement, diff: HTMLElement): void {
  const changed =
    item.saved !== null && (item.saved.content !== item.turn.content || item.saved.role !== item.turn.role);
  state.hidden = item.saved !== null && !changed;
  state.textContent =
    item.saved === null ? "new" : item.saved.role !== item.turn.role ? `was ${item.saved.role}` : "changed";
  if (item.saved && item.saved.content !== item.turn.content)
    fill(diff, diffView(wordDiff(item.saved.content, item.turn.content), true));
  else fill(diff);
}

function grow(text: HTMLTextAreaElement): void {
  requestAnimationFrame(() => {
    text.style.height = "auto";
    text.style.height = `${Math.min(MOST_HEIGHT, text.scrollHeight + 2)}px`;
  });
}

function button(name: string, label: string, run: () => void): HTMLButtonElement {
  return h("button", { class: "wb-icon-button", "aria-label": label, title: label, on: { click: run } }, icon(name));
}
