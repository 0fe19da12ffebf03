// The editor in the conversation's place: begun, kept while the list is refreshed, ended.
import type { Ctx } from "../core/ctx.ts";
import { fill } from "../core/dom.ts";
import type { Sample } from "../core/nouns.ts";
import { Editor } from "../edit/editor.ts";

export interface EditingEvents {
  onSaved: (sample: Sample) => void;
  /** The conversation can be shown again. */
  onEnd: () => void;
}

export class Editing {
  private editor: Editor | null = null;

  constructor(
    private readonly ctx: Ctx,
    private readonly place: HTMLElement,
    private readonly events: EditingEvents,
  ) {}

  start(sample: Sample, turn: string | null): void {
    if (this.editor) return;
    this.editor = new Editor({
      call: this.ctx.call,
      notice: this.ctx.notice,
      onLeave: () => this.end(),
      onSaved: (saved) => this.saved(saved),
    });
    fill(this.place, this.editor.element);
    this.editor.edit(sample, turn);
  }

  /** Whether the keyboard belongs to the editor now. */
  get focused(): boolean {
    return this.editor?.element.contains(document.activeElement) ?? false;
  }

  /** Whether typed text would be lost. */
  get unsaved(): boolean {
    return this.editor?.dirty ?? false;
  }

  /** Whether this sample is being edited; editing another one ends here. */
  holds(id: string): boolean {
    if (this.editor && this.editor.editing !== id) this.stop();
    return this.editor !== null;
  }

  stop(): void {
    this.editor?.close();
    this.editor = null;
  }

  private saved(sample: Sample): void {
    this.ctx.notice(`Saved as revision ${sample.revision}.`);
    this.events.onSaved(sample);
    this.end();
  }

  private end(): void {
    this.stop();
    this.events.onEnd();
  }
}
