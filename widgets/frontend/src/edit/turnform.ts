// One turn as a form: role, name, text, tool calls, and what changed in it.
import { h } from "../core/dom.ts";
import { icon } from "../core/icon.ts";
import { key, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import type { ToolCall, Turn } from "../core/nouns.ts";
import { scrollTo } from "../core/scroll.ts";
import { callForms } from "./callform.ts";
import { differs, ROLES, type DraftTurn } from "./draft.ts";
import { LiveDiff } from "./livediff.ts";

export interface TurnForm {
  element: HTMLElement;
  /** `against`: the turn to compare with; null where there is none. */
  update(item: DraftTurn, at: number, count: number, against: Turn | null): void;
  focus(caret?: number): void;
  close(): void;
}

export interface TurnFormEvents {
  onText: (text: string) => void;
  onRole: (role: string) => void;
  onName: (name: string) => void;
  onCall: (at: number, call: Partial<ToolCall>) => void;
  onAdd: () => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
  onSplit: (caret: number) => void;
  onMerge: () => void;
}

const MOST_HEIGHT = 420;
/** Measuring a longer text takes too long to do at every key. */
const MEASURED = 30_000;

const ROLE_NAMES: Record<string, string> = {
  system: key("System"),
  user: key("User"),
  assistant: key("Assistant"),
  tool: key("Tool"),
};

export function roleName(role: string): string {
  return ROLE_NAMES[role] ? t(ROLE_NAMES[role]) : role;
}

export function turnForm(first: DraftTurn, events: TurnFormEvents): TurnForm {
  const role = h(
    "select",
    { class: "wb-select wb-turn-select", "aria-label": t("Role"), title: t("Role (Alt+R for the next)"), on: { change: () => events.onRole(role.value) } },
    ...[...new Set([...ROLES, first.turn.role])].map((name) => h("option", { value: name }, roleName(name))),
  );
  const name = h("input", {
    class: "wb-input wb-turn-name",
    type: "text",
    dir: "auto",
    placeholder: t("Name"),
    "aria-label": t("Name of the speaker"),
    on: { input: () => events.onName(name.value) },
  });
  const text = h("textarea", {
    class: "wb-textarea",
    dir: "auto",
    "aria-label": t("Text of the turn"),
    rows: 1,
    on: { input: () => (grow(text), events.onText(text.value)) },
  });
  const calls = callForms(events.onCall);
  const diff = new LiveDiff();
  const number = h("span", { class: "wb-quiet wb-numbers wb-turn-number" });
  const state = h("span", { class: "wb-chip wb-chip-accent" });
  const splitAt = (): void => events.onSplit(text.selectionStart ?? text.value.length);
  const up = button("up", t("Move up"), "Alt+↑", () => events.onMove(-1));
  const down = button("down", t("Move down"), "Alt+↓", () => events.onMove(1));
  const merge = button("merge", t("Merge with the next turn"), "Alt+J", events.onMerge);
  const cut = button("split", t("Split at the caret"), "Alt+Enter", splitAt);
  const element = h(
    "article",
    { class: "wb-turn-form", data: { turnId: first.turn.id || first.key } },
    h(
      "div",
      { class: "wb-row" },
      number,
      role,
      name,
      state,
      h("span", { class: "wb-grow" }),
      cut,
      merge,
      up,
      down,
      button("add", t("Add a turn below"), "Alt+N", events.onAdd),
      button("remove", t("Delete this turn"), "Alt+Delete", events.onRemove),
    ),
    text,
    calls.element,
    diff.element,
  );
  const unbind = bindKeys(element, () => [
    { keys: ["Alt+Enter"], label: t("Split at the caret"), inText: true, run: (event) => (event.target === text ? splitAt() : false) },
    { keys: ["Alt+j"], label: t("Merge with the next turn"), inText: true, run: events.onMerge },
    { keys: ["Alt+ArrowUp"], label: t("Move up"), inText: true, run: () => events.onMove(-1) },
    { keys: ["Alt+ArrowDown"], label: t("Move down"), inText: true, run: () => events.onMove(1) },
    { keys: ["Alt+r"], label: t("Next role"), inText: true, run: () => events.onRole(nextRole(role.value)) },
    { keys: ["Alt+n"], label: t("Add a turn below"), inText: true, run: events.onAdd },
    { keys: ["Alt+Delete", "Alt+Backspace"], label: t("Delete this turn"), inText: true, run: events.onRemove },
  ]);
  const update = (item: DraftTurn, at: number, count: number, against: Turn | null): void => {
    const { turn } = item;
    if (text.value !== turn.content) text.value = turn.content;
    if (name.value !== (turn.name ?? "")) name.value = turn.name ?? "";
    role.value = turn.role;
    number.textContent = String(at + 1);
    up.disabled = at === 0;
    down.disabled = merge.disabled = at === count - 1;
    element.dataset.role = turn.role;
    calls.update(turn.tool_calls ?? [], item.saved?.tool_calls ?? []);
    state.textContent = stateWords(item);
    state.hidden = state.textContent === "";
    diff.update(against ? against.content : null, turn.content);
    grow(text);
  };
  return {
    element,
    update,
    focus: (caret) => {
      text.focus({ preventScroll: true });
      if (caret !== undefined) text.setSelectionRange(caret, caret);
      const pane = element.closest<HTMLElement>(".wb-editor-turns");
      if (pane) scrollTo(pane, element);
    },
    close: () => (unbind(), diff.close()),
  };
}

function nextRole(role: string): string {
  const turns = ["user", "assistant", "system", "tool"];
  return turns[(turns.indexOf(role) + 1) % turns.length]!;
}

function stateWords({ turn, saved }: DraftTurn): string {
  if (saved === null) return t("new");
  if (saved.role !== turn.role) return t("was {role}", { role: roleName(saved.role) });
  return differs(turn, saved) ? t("changed") : "";
}

function grow(text: HTMLTextAreaElement): void {
  if (text.value.length > MEASURED) {
    text.style.height = `${MOST_HEIGHT}px`;
    return;
  }
  requestAnimationFrame(() => {
    text.style.height = "auto";
    text.style.height = `${Math.min(MOST_HEIGHT, text.scrollHeight + 2)}px`;
  });
}

function button(name: string, label: string, keys: string, run: () => void): HTMLButtonElement {
  return h(
    "button",
    { class: "wb-icon-button", "aria-label": label, title: `${label} (${keys})`, on: { click: run } },
    icon(name),
  );
}
