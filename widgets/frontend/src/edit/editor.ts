// The turn editor: the conversation as a form. What is typed is compared while it is typed, kept in the browser until it
// is saved, and never merged with somebody else's words unseen.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import type { Sample, Tag, Turn } from "../core/nouns.ts";
import { keepFocus } from "../core/refocus.ts";
import { type Call, CommandError } from "../core/rpc.ts";
import { Against } from "./against.ts";
import { ConflictView } from "./conflict.ts";
import * as drafts from "./draft.ts";
import { answersByTurn, fateWords } from "./fate.ts";
import { EditorFoot } from "./foot.ts";
import { Keeping, type Copies, type Copy, type Typed } from "./keep.ts";
import { savedMeanwhile, thrownAway, typedBefore } from "./told.ts";
import { TurnForms } from "./turnforms.ts";

export interface EditorOptions {
  call: Call;
  copies: Copies;
  onSaved: (sample: Sample) => void;
  /** The person left; what was typed is kept when `kept`. */
  onLeave: (kept: boolean) => void;
  notice: (what: unknown) => void;
  remember: (name: string, value: unknown) => void;
  recall: <T>(name: string) => Promise<T | null>;
}

const PAIR = "edit.pair";

export class Editor {
  readonly element = h("section", { class: "wb-editor", data: { kept: "" }, "aria-label": t("Edit the conversation") });
  private readonly bar = h("div", { class: "wb-editor-bar" });
  private readonly forms: TurnForms;
  private readonly foot: EditorFoot;
  private readonly against: Against;
  private readonly keeping: Keeping;
  private readonly body: HTMLElement[];
  private readonly stops: (() => void)[] = [];
  private sample: Sample | null = null;
  private draft = drafts.draftOf([]);
  private answers = new Map<string, number>();
  private conflict: ConflictView | null = null;
  private saving = false;

  constructor(private readonly options: EditorOptions) {
    const add = h("button", { class: "wb-button wb-button-quiet", on: { click: () => this.forms.add(this.draft.turns.at(-1)?.key ?? null) } }, t("Add a turn"));
    this.forms = new TurnForms({
      class: "wb-editor-turns",
      draft: () => this.draft,
      onChange: (draft) => this.change(draft),
      against: (item, at) => this.against.of(item, at),
      below: add,
    });
    this.foot = new EditorFoot({
      onSave: () => void this.save(),
      onLeave: () => this.leave(),
      onDiscard: () => this.discard(),
      onNote: () => this.keeping.later(),
      onPair: (kept) => options.remember(PAIR, kept),
    });
    this.keeping = new Keeping(options.copies, () => this.typed(), options.notice);
    this.against = new Against(options.call, () => this.draw(), options.notice);
    this.body = [this.bar, this.against.element, this.forms.element, this.foot.element];
    this.element.append(...this.body);
    this.foot.kept = true;
    void options.recall<boolean>(PAIR).then((kept) => (this.foot.kept = kept ?? true), () => {});
    this.listen();
  }

  private listen(): void {
    const keep = (): void => this.keeping.keep();
    window.addEventListener("pagehide", keep);
    this.stops.push(
      () => window.removeEventListener("pagehide", keep),
      bindKeys(this.element, () =>
        this.conflict
          ? []
          : [
              { keys: ["Ctrl+Enter"], label: t("Save"), inText: true, run: () => void this.save() },
              { keys: ["Escape"], label: t("Close"), inText: true, run: () => this.leave() },
            ],
      ),
    );
  }

  /** Edit a sample, going on with what was typed and not saved; `first` names the turn to begin with. */
  edit(sample: Sample, first: string | null = null, focus = true): void {
    const copy = this.options.copies.get(sample.id);
    if (copy) this.takeUp(sample, copy);
    else this.begin(sample, drafts.draftOf(sample.turns), "");
    this.askAnswers(sample.id);
    if (focus) this.forms.focus(first ?? this.draft.turns[0]?.key);
  }

  get dirty(): boolean {
    return this.sample !== null && drafts.anyChange(drafts.changes(this.draft, this.sample.turns));
  }

  get editing(): string | null {
    return this.sample?.id ?? null;
  }

  /** Somebody saved this sample: nothing typed means it is shown as it is now; else both are there to be looked at. */
  newer(sample: Sample): void {
    const now = this.sample;
    if (!now || sample.id !== now.id || sample.revision <= now.revision || this.saving || this.conflict) return;
    if (!this.dirty) return keepFocus(this.element, () => this.begin(sample, drafts.draftOf(sample.turns), this.foot.note.value));
    fill(this.bar, savedMeanwhile(sample, () => void this.save()));
  }

  /** Keep what is typed now, before another sample takes its place. */
  put(): void {
    this.keeping.keep();
  }

  /** Leave the page; what is typed is kept. */
  close(): void {
    this.keeping.keep();
    this.keeping.stop();
    for (const stop of this.stops) stop();
    this.conflict?.close();
    this.forms.clear();
    this.sample = null;
    this.element.remove();
  }

  private begin(sample: Sample, draft: drafts.EditDraft, note: string): void {
    this.endConflict();
    this.sample = sample;
    this.draft = draft;
    this.forms.clear();
    this.foot.note.value = note;
    this.against.start(sample);
    fill(this.bar);
    this.draw();
  }

  private takeUp(sample: Sample, copy: Copy): void {
    const then = { ...sample, turns: copy.saved, revision: copy.base };
    this.begin(then, drafts.draftAgainst(copy.turns, copy.saved), copy.note);
    fill(this.bar, typedBefore(sample, copy, () => void this.save(), () => this.startOver(sample)));
  }

  /** Take the saved text, with a way back to what was typed. */
  private startOver(sample: Sample): void {
    const [then, draft, note] = [this.sample, this.draft, this.foot.note.value];
    this.options.copies.drop(sample.id);
    this.begin(sample, drafts.draftOf(sample.turns), "");
    const back = (): void => {
      if (then) this.begin(then, draft, note);
      this.keeping.keep();
      this.forms.focus(draft.turns[0]?.key);
    };
    fill(this.bar, thrownAway(back));
    this.forms.focus(sample.turns[0]?.id);
  }

  private discard(): void {
    if (this.sample) this.startOver(this.sample);
  }

  private change(draft: drafts.EditDraft): void {
    this.draft = draft;
    this.draw();
    this.keeping.later();
  }

  private draw(): void {
    if (this.conflict) return;
    const saved = this.sample?.turns ?? [];
    this.forms.draw();
    const turn = this.sample && synthetic(this.sample) ? drafts.pairTurn(this.draft, saved) : null;
    this.foot.update({
      words: drafts.inWords(drafts.changes(this.draft, saved)),
      mistake: drafts.mistakeIn(this.draft),
      fate: fateWords(this.draft.removed, this.answers),
      dirty: this.dirty,
      saving: this.saving,
      pair: turn === null ? null : this.draft.turns.findIndex((item) => item.key === turn) + 1,
    });
  }

  /** What is typed now, for the browser to keep. */
  private typed(): Typed | null {
    const { sample } = this;
    if (!sample) return null;
    if (!this.dirty) return { sample: sample.id, copy: null };
    const copy = { base: sample.revision, turns: drafts.turnsOf(this.draft), saved: sample.turns, note: this.foot.note.value, at: Date.now() };
    return { sample: sample.id, copy };
  }

  private leave(): void {
    this.keeping.keep();
    this.options.onLeave(this.dirty);
  }

  private async save(turns = drafts.turnsOf(this.draft), base = this.sample?.revision ?? 0): Promise<void> {
    const { sample } = this;
    if (!sample || this.saving || (!this.dirty && !this.conflict)) return;
    const wrong = drafts.mistakeIn(this.draft);
    if (wrong && !this.conflict) return this.options.notice({ message: wrong });
    this.saving = true;
    this.keeping.keep();
    this.draw();
    const pair = !this.conflict && synthetic(sample) && drafts.pairTurn(this.draft, sample.turns) ? { pair: this.foot.kept } : {};
    try {
      const note = this.foot.note.value.trim();
      const answer = await this.options.call("edit.save", { id: sample.id, turns, base_revision: base, note, ...pair });
      this.saving = false;
      this.options.copies.drop(sample.id);
      this.begin(answer.sample as Sample, drafts.draftOf((answer.sample as Sample).turns), "");
      this.options.onSaved(answer.sample as Sample);
    } catch (error) {
      this.saving = false;
      this.draw();
      if (error instanceof CommandError && error.code === "stale_revision") this.compare(error, turns);
      else this.options.notice(error);
    }
  }

  /** Somebody saved first: both texts, and a choice for every turn. */
  private compare(error: CommandError, mine: Turn[]): void {
    const { sample } = this;
    if (!sample) return;
    const theirs = error.details.theirs as Sample;
    this.endConflict();
    this.conflict = new ConflictView(
      {
        base: sample.turns,
        baseRevision: sample.revision,
        theirs,
        author: String(error.details.author ?? t("Somebody")),
        at: Number(error.details.at ?? Date.now()),
        mine,
      },
      {
        onSave: (turns) => void this.save(turns, theirs.revision),
        onTheirs: () => (this.options.copies.drop(sample.id), this.begin(theirs, drafts.draftOf(theirs.turns), ""), this.leave()),
        onEdit: (turns) => {
          this.begin(theirs, drafts.draftAgainst(turns, theirs.turns), this.foot.note.value);
          this.keeping.keep();
          this.forms.focus(this.draft.turns[0]?.key);
        },
        onLeave: () => this.leave(),
      },
    );
    fill(this.element, this.conflict.element);
    this.conflict.focus();
  }

  private endConflict(): void {
    if (!this.conflict) return;
    this.conflict.close();
    this.conflict = null;
    fill(this.element, ...this.body);
  }

  /** Which turns have answers: asked once, to tell what becomes of them. */
  private askAnswers(id: string): void {
    this.answers = new Map();
    this.options.call<Tag[]>("tag.list", { ids: [id] }).then(
      (tags) => this.editing === id && ((this.answers = answersByTurn(tags)), this.draw()),
      () => {},
    );
  }
}

/** Whether its text was generated: only then can an edit be a preference. */
export function synthetic(sample: Sample): boolean {
  const { kind, synthetic: marked, depth } = sample.origin;
  return kind === "generated" || marked === true || (kind === "written" && Number(depth ?? 0) > 0);
}
