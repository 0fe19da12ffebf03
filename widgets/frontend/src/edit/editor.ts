// The turn editor: the conversation as a form; every change is shown against the saved text before it is saved.
import { fill, h } from "../core/dom.ts";
import { bindKeys } from "../core/keys.ts";
import type { Sample } from "../core/nouns.ts";
import { type Call, CommandError } from "../core/rpc.ts";
import { conflictView } from "./conflict.ts";
import {
  added,
  anyChange,
  changes,
  draftOf,
  inWords,
  moved,
  removed,
  turnsOf,
  withRole,
  withText,
  type DraftTurn,
  type EditDraft,
} from "./draft.ts";
import { turnForm, type TurnForm } from "./turnform.ts";

export interface EditorOptions {
  call: Call;
  onSaved: (sample: Sample) => void;
  /** The person left without saving. */
  onLeave: () => void;
  notice: (what: unknown) => void;
}

export class Editor {
  readonly element = h("section", { class: "wb-editor", "aria-label": "Edit the conversation" });
  private readonly forms = new Map<string, TurnForm>();
  private readonly list = h("div", { class: "wb-editor-turns" });
  private readonly summary = h("span", { class: "wb-quiet", role: "status" });
  private readonly note = h("input", {
    class: "wb-input wb-editor-note",
    type: "text",
    placeholder: "Why (optional)",
    "aria-label": "Why this change",
  });
  private readonly saveButton = h(
    "button",
    { class: "wb-button wb-button-primary", on: { click: () => void this.save() } },
    "Save",
    h("kbd", {}, "Ctrl ⏎"),
  );
  private readonly conflict = h("div", { class: "wb-conflict-place" });
  private readonly unbind: () => void;
  private sample: Sample | null = null;
  private draft: EditDraft = draftOf([]);
  private base = 0;
  private saving = false;

  constructor(private readonly options: EditorOptions) {
    const leave = h("button", { class: "wb-button", on: { click: () => this.leave() } }, "Cancel");
    this.element.append(
      this.conflict,
      this.list,
      h("footer", { class: "wb-editor-foot" }, this.summary, this.note, leave, this.saveButton),
    );
    this.unbind = bindKeys(this.element, () => [
      { keys: ["Ctrl+Enter"], label: "Save", inText: true, run: () => void this.save() },
      { keys: ["Escape"], label: "Leave", inText: true, run: () => this.leave() },
    ]);
  }

  /** Edit a sample from its saved state; `first` names the turn to begin with, `focus` whether the caret goes there. */
  edit(sample: Sample, first: string | null = null, focus = true): void {
    this.sample = sample;
    this.base = sample.revision;
    this.draft = draftOf(sample.turns);
    this.forms.clear();
    this.note.value = "";
    fill(this.conflict);
    this.draw();
    if (focus) this.forms.get(first ?? this.draft.turns[0]?.key ?? "")?.focus();
  }

  get dirty(): boolean {
    return this.sample !== null && anyChange(changes(this.draft, this.sample.turns));
  }

  get editing(): string | null {
    return this.sample?.id ?? null;
  }

  close(): void {
    this.unbind();
    this.sample = null;
    this.element.remove();
  }

  private change(draft: EditDraft, focus?: string): void {
    this.draft = draft;
    this.draw();
    if (focus) this.forms.get(focus)?.focus();
  }

  private draw(): void {
    const keys = new Set(this.draft.turns.map((item) => item.key));
    for (const key of this.forms.keys()) if (!keys.has(key)) this.forms.delete(key);
    const elements = this.draft.turns.map((item, at) => {
      const form = this.forms.get(item.key) ?? this.form(item);
      this.forms.set(item.key, form);
      form.update(item, at, this.draft.turns.length);
      return form.element;
    });
    if (
      elements.some((element, at) => this.list.children[at] !== element) ||
      this.list.children.length !== elements.length + 1
    ) {
      fill(
        this.list,
        ...elements,
        h(
          "button",
          { class: "wb-button wb-button-quiet", on: { click: () => this.add(this.draft.turns.at(-1)?.key ?? null) } },
          "Add a turn",
        ),
      );
    }
    const found = changes(this.draft, this.sample?.turns ?? []);
    this.summary.textContent = inWords(found);
    this.saveButton.disabled = this.saving || !anyChange(found);
  }

  private form(item: DraftTurn): TurnForm {
    return turnForm(item, {
      onText: (text) => this.change(withText(this.draft, item.key, text)),
      onRole: (role) => this.change(withRole(this.draft, item.key, role)),
      onAdd: () => this.add(item.key),
      onRemove: () => this.remove(item.key),
      onMove: (by) => this.change(moved(this.draft, item.key, by), item.key),
    });
  }

  private add(after: string | null): void {
    const draft = added(this.draft, after);
    this.change(draft, `new-${draft.last}`);
  }

  private remove(key: string): void {
    const at = this.draft.turns.findIndex((item) => item.key === key);
    const draft = removed(this.draft, key);
    this.change(draft, draft.turns[Math.min(at, draft.turns.length - 1)]?.key);
  }

  private leave(): void {
    if (this.dirty && !window.confirm("Leave without saving? What you typed here will be lost.")) return;
    this.options.onLeave();
  }

  private async save(): Promise<void> {
    const sample = this.sample;
    if (!sample || this.saving || !this.dirty) return;
    this.saving = true;
    this.draw();
    try {
      const answer = await this.options.call("edit.save", {
        id: sample.id,
        turns: turnsOf(this.draft),
        base_revision: this.base,
        note: this.note.value.trim(),
      });
      this.saving = false;
      this.options.onSaved(answer.sample as Sample);
    } catch (error) {
      this.saving = false;
      this.draw();
      if (error instanceof CommandError && error.code === "stale_revision") this.compare(error);
      else this.options.notice(error);
    }
  }

  /** Somebody saved first: show both texts, and let the person choose knowingly. */
  private compare(error: CommandError): void {
    const theirs = error.details.theirs as Sample;
    fill(
      this.conflict,
      conflictView(theirs, turnsOf(this.draft), {
        onMine: () => {
          this.base = theirs.revision;
          fill(this.conflict);
          void this.save();
        },
        onTheirs: () => this.edit(theirs),
        onBoth: () => fill(this.conflict),
      }),
    );
    this.conflict.querySelector<HTMLElement>("button")?.focus();
  }
}
