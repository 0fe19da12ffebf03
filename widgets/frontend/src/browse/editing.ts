// The editor in the conversation's place: begun, kept while the list is refreshed, ended; and texts that wait unsaved.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { browserShelf } from "../core/kept.ts";
import type { Sample } from "../core/nouns.ts";
import { Editor } from "../edit/editor.ts";
import { Copies } from "../edit/keep.ts";

export interface EditingEvents {
  onSaved: (sample: Sample) => void;
  /** The conversation can be shown again. */
  onEnd: () => void;
  /** Another conversation, with text that was not saved, shall be opened. */
  onOpen: (id: string) => Promise<unknown>;
}

export class Editing {
  /** Tells how many conversations have text that was typed and not saved; opens the newest. */
  readonly waiting: HTMLButtonElement;
  private readonly copies: Copies;
  private editor: Editor | null = null;
  private wanted = "";

  constructor(
    private readonly ctx: Ctx,
    private readonly place: HTMLElement,
    private readonly events: EditingEvents,
  ) {
    this.copies = new Copies(ctx.trait.get<string>("place") ?? "", ctx.author, browserShelf());
    this.waiting = h("button", {
      class: "wb-button wb-button-small wb-unsaved",
      title: t("Go on with what you typed and did not save (Shift+E)"),
      on: { click: () => void this.goOn() },
    });
    this.count();
  }

  start(sample: Sample, turn: string | null): void {
    if (this.editor) return;
    this.editor = new Editor({
      call: this.ctx.call,
      copies: this.copies,
      notice: this.ctx.notice,
      remember: (name, value) => this.ctx.remember(name, value),
      recall: (name) => this.ctx.recall(name),
      onLeave: (kept) => this.left(kept),
      onSaved: (saved) => this.saved(saved),
    });
    fill(this.place, this.editor.element);
    this.editor.edit(sample, turn);
  }

  /** Open the newest text that was typed and not saved. */
  async goOn(): Promise<void> {
    const newest = this.copies.list()[0];
    if (!newest) return this.ctx.notice(t("Everything you typed is saved."));
    this.wanted = newest.sample;
    await this.events.onOpen(newest.sample);
  }

  /** Whether the keyboard belongs to the editor now. */
  get focused(): boolean {
    return this.editor?.element.contains(document.activeElement) ?? false;
  }

  /** Whether something typed is not saved. */
  get unsaved(): boolean {
    return this.editor?.dirty ?? false;
  }

  /** Whether this sample is being edited; editing another one ends here. */
  holds(sample: Sample): boolean {
    if (this.editor && this.editor.editing !== sample.id) this.stop();
    this.editor?.newer(sample);
    if (!this.editor && this.wanted === sample.id) this.start(sample, null);
    if (this.wanted === sample.id) this.wanted = "";
    return this.editor !== null;
  }

  stop(): void {
    this.editor?.close();
    this.editor = null;
    this.count();
  }

  private saved(sample: Sample): void {
    this.ctx.notice(t("Saved as revision {n}. u takes it back.", { n: sample.revision }));
    this.events.onSaved(sample);
    this.end();
  }

  private left(kept: boolean): void {
    if (kept) this.ctx.notice(t("What you typed is kept, not saved. e goes on with it."));
    this.end();
  }

  private end(): void {
    this.stop();
    this.events.onEnd();
  }

  private count(): void {
    const many = this.copies.list().length;
    this.waiting.hidden = many === 0;
    this.waiting.textContent = tn("{n} unsaved text", "{n} unsaved texts", many);
  }
}
