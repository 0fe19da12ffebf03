// Rewriting a draft before it is accepted: the turns as forms, what differs from the draft shown while typing.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Turn } from "../core/nouns.ts";
import * as edit from "../edit/draft.ts";
import { turnForm, type TurnForm } from "../edit/turnform.ts";
import { editBar } from "./generate_bar.ts";
import type { OpenedDraft } from "./generate_types.ts";

export interface DraftEditor {
  element: HTMLElement;
  bar: HTMLElement;
  keys: Shortcut[];
  focus(): void;
}

export function editDraft(found: OpenedDraft, on: { accept: (turns: Turn[]) => void; cancel: () => void }): DraftEditor {
  let draft = edit.draftOf(found.draft.turns);
  const forms = new Map<string, TurnForm>();
  const list = h("div", { class: "wb-draft-view wb-draft-edit" });
  const told = h("span", { class: "wb-quiet", role: "status" });
  const change = (next: edit.EditDraft): void => {
    draft = next;
    draw();
  };
  const formOf = (item: edit.DraftTurn): TurnForm => {
    const known = forms.get(item.key);
    if (known) return known;
    const form = turnForm(item, {
      onText: (text) => change(edit.withText(draft, item.key, text)),
      onRole: (role) => change(edit.withRole(draft, item.key, role)),
      onAdd: () => (change(edit.added(draft, item.key)), forms.get(`new-${draft.last}`)?.focus()),
      onRemove: () => change(edit.removed(draft, item.key)),
      onMove: (by) => change(edit.moved(draft, item.key, by)),
    });
    forms.set(item.key, form);
    return form;
  };
  const draw = (): void => {
    const wanted = draft.turns.map((item) => formOf(item).element);
    if (wanted.length !== list.childElementCount || wanted.some((element, at) => list.children[at] !== element)) fill(list, ...wanted);
    draft.turns.forEach((item, at) => formOf(item).update(item, at, draft.turns.length));
    told.textContent = edit.inWords(edit.changes(draft, found.draft.turns));
  };
  const accept = (): void => on.accept(edit.turnsOf(draft));
  draw();
  return {
    element: list,
    bar: editBar({ accept, cancel: on.cancel }, told),
    keys: [
      { keys: ["Ctrl+Enter"], label: t("Accept"), inText: true, run: accept },
      { keys: ["Escape"], label: t("Back without accepting"), inText: true, run: on.cancel },
    ],
    focus: () => {
      const last = draft.turns.findLast((item) => item.turn.role === "assistant") ?? draft.turns.at(-1);
      if (last) forms.get(last.key)?.focus();
    },
  };
}
