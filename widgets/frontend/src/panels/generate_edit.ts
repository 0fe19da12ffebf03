// Rewriting a draft before it is accepted: the turns as forms, what differs from the draft shown while typing.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Turn } from "../core/nouns.ts";
import * as edit from "../edit/draft.ts";
import { TurnForms } from "../edit/turnforms.ts";
import { editBar } from "./generate_bar.ts";
import type { OpenedDraft } from "./generate_types.ts";

export interface DraftEditor {
  /** The id of the draft that is rewritten. */
  draft: string;
  element: HTMLElement;
  bar: HTMLElement;
  keys: Shortcut[];
  focus(): void;
}

export function editDraft(found: OpenedDraft, on: { accept: (turns: Turn[]) => void; cancel: () => void }): DraftEditor {
  let draft = edit.draftOf(found.draft.turns);
  const told = h("span", { class: "wb-quiet", role: "status" });
  const forms = new TurnForms({
    class: "wb-draft-view wb-draft-edit",
    draft: () => draft,
    onChange: (next) => ((draft = next), draw()),
    against: (item) => item.saved,
  });
  const draw = (): void => {
    forms.draw();
    told.textContent = edit.inWords(edit.changes(draft, found.draft.turns));
  };
  const accept = (): void => on.accept(edit.turnsOf(draft));
  draw();
  return {
    draft: found.draft.id,
    element: forms.element,
    bar: editBar({ accept, cancel: on.cancel }, told),
    keys: [
      { keys: ["Ctrl+Enter"], label: t("Accept"), fixed: true, inText: true, run: accept },
      { keys: ["Escape"], label: t("Back without accepting"), fixed: true, inText: true, run: on.cancel },
    ],
    focus: () => {
      const last = draft.turns.findLast((item) => item.turn.role === "assistant") ?? draft.turns.at(-1);
      forms.focus(last?.key);
    },
  };
}
