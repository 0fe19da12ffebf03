// The turns of a draft as a list of forms; what a person does to one becomes the next draft.
import { fill, h, type Child } from "../core/dom.ts";
import type { Turn } from "../core/nouns.ts";
import * as drafts from "./draft.ts";
import { turnForm, type TurnForm } from "./turnform.ts";

export interface TurnFormsOptions {
  class: string;
  draft: () => drafts.EditDraft;
  onChange: (draft: drafts.EditDraft) => void;
  /** The turn that one is compared with. */
  against: (item: drafts.DraftTurn, at: number) => Turn | null;
  /** What stands below the last turn. */
  below?: Child;
}

export class TurnForms {
  readonly element: HTMLElement;
  private readonly forms = new Map<string, TurnForm>();

  constructor(private readonly options: TurnFormsOptions) {
    this.element = h("div", { class: options.class });
  }

  /** Forget every form: another sample is edited now. */
  clear(): void {
    for (const form of this.forms.values()) form.close();
    this.forms.clear();
  }

  draw(): void {
    const { turns } = this.options.draft();
    const keys = new Set(turns.map((item) => item.key));
    for (const [key, form] of this.forms) if (!keys.has(key)) (form.close(), this.forms.delete(key));
    const wanted = turns.map((item) => this.formOf(item).element);
    const below = this.options.below ? 1 : 0;
    const there = this.element.children;
    if (there.length !== wanted.length + below || wanted.some((element, at) => there[at] !== element))
      fill(this.element, ...wanted, this.options.below);
    turns.forEach((item, at) => this.formOf(item).update(item, at, turns.length, this.options.against(item, at)));
  }

  focus(key: string | null | undefined, caret?: number): void {
    this.forms.get(key ?? "")?.focus(caret);
  }

  add(after: string | null): void {
    const draft = drafts.added(this.options.draft(), after);
    this.change(draft, `new-${draft.last}`);
  }

  private formOf(item: drafts.DraftTurn): TurnForm {
    const known = this.forms.get(item.key);
    if (known) return known;
    const { key } = item;
    const now = this.options.draft;
    const form = turnForm(item, {
      onText: (text) => this.change(drafts.withText(now(), key, text)),
      onRole: (role) => this.change(drafts.withRole(now(), key, role)),
      onName: (name) => this.change(drafts.withName(now(), key, name)),
      onCall: (at, call) => this.change(drafts.withCall(now(), key, at, call)),
      onAdd: () => this.add(key),
      onRemove: () => this.remove(key),
      onMove: (by) => this.change(drafts.moved(now(), key, by), key),
      onSplit: (caret) => this.split(key, caret),
      onMerge: () => this.merge(key),
    });
    this.forms.set(key, form);
    return form;
  }

  private change(draft: drafts.EditDraft, focus?: string, caret?: number): void {
    this.options.onChange(draft);
    if (focus) this.focus(focus, caret);
  }

  private split(key: string, caret: number): void {
    const draft = drafts.split(this.options.draft(), key, caret);
    this.change(draft, `new-${draft.last}`, 0);
  }

  private merge(key: string): void {
    const draft = drafts.merged(this.options.draft(), key);
    const seam = this.options.draft().turns.find((item) => item.key === key)?.turn.content.length;
    this.change(draft, key, seam);
  }

  private remove(key: string): void {
    const at = this.options.draft().turns.findIndex((item) => item.key === key);
    const draft = drafts.removed(this.options.draft(), key);
    this.change(draft, draft.turns[Math.min(at, draft.turns.length - 1)]?.key);
  }
}
