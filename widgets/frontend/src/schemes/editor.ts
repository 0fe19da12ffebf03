// The editor of questions: change one step by step, see what it would do to answers, save it as one step.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, isolated } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { said, t } from "../core/i18n.ts";
import { bindKeys, isTextField, type Shortcut } from "../core/keys.ts";
import type { Scheme } from "../core/nouns.ts";
import { keepFocus } from "../core/refocus.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { CommandError } from "../core/rpc.ts";
import { holdsWork } from "../core/unsaved.ts";
import { ChoiceList } from "./choices.ts";
import { Detail } from "./detail.ts";
import { Draft } from "./draft.ts";
import { Foot } from "./foot.ts";
import type { FormName } from "./forms.ts";
import { hasChoices, Question } from "./question.ts";
import { parentOf } from "./types.ts";

export interface EditorOptions {
  schemes: Scheme[];
  /** Open with this question. */
  name?: string;
  /** Questions were saved. */
  onSaved: (schemes: Scheme[]) => void;
  /** Show what a query finds. */
  onFind: (query: string) => void;
}

export function openSchemes(from: HTMLElement, ctx: Ctx, options: EditorOptions): void {
  new SchemeEditor(from, ctx, options);
}

class SchemeEditor {
  private readonly overlay: Overlay;
  private readonly names = h("nav", { class: "wb-schemes-names", "aria-label": t("Questions") });
  private readonly stage = h("div", { class: "wb-schemes-stage" });
  private readonly foot: Foot;
  private readonly draft: Draft;
  private readonly question: Question;
  private readonly list: ChoiceList;
  private readonly detail: Detail;
  private readonly adding = h("input", { class: "wb-input" });
  private schemes: Scheme[];
  private stops: (() => void)[] = [];

  constructor(from: HTMLElement, private readonly ctx: Ctx, private readonly options: EditorOptions) {
    this.schemes = options.schemes;
    this.draft = new Draft(ctx);
    this.question = new Question(this.draft, () => keepFocus(this.stage, () => this.drawStage()));
    this.list = new ChoiceList(this.draft);
    this.foot = new Foot(ctx, this.draft, {
      save: () => void this.save(),
      stay: () => this.list.element.focus(),
      open: (name) => void this.open(name),
      find: (query) => (this.overlay.close(), options.onFind(query)),
    });
    this.detail = new Detail(this.draft, () => this.list.relabel(), () => this.list.element.focus());
    this.overlay = openOverlay(rootOf(from), t("Questions"), this.parts(), () => this.closed());
    this.overlay.element.classList.add("wb-overlay-schemes");
    const sheet = this.overlay.element.firstElementChild as HTMLElement;
    this.overlay.element.addEventListener("mousedown", (event) => this.outside(event), true);
    this.stops.push(
      bindKeys(sheet, () => this.shortcuts()),
      bindKeys(this.list.element, () => this.choiceKeys()),
      ctx.on("changed", () => this.draft.lookAgain()),
      this.draft.events.on("changed", () => (this.list.draw(), this.detail.draw(), this.addingWords(), this.holds())),
      this.draft.events.on("impact", () => (this.foot.draw(), this.holds())),
    );
    this.adding.addEventListener("keydown", (event) => this.addKey(event));
    void this.open(options.name ?? options.schemes[0]?.name ?? "");
  }

  private holds(): void {
    holdsWork(this.stage, this.draft.dirty ? t("A question was changed and is not saved") : "");
  }

  private parts(): HTMLElement[] {
    const close = h("button", { class: "wb-icon-button", "aria-label": t("Close"), title: t("Close (Esc)"), on: { click: () => this.leave() } }, "✕");
    return [
      h("div", { class: "wb-row" }, h("h3", { class: "wb-grow" }, t("Questions")), close),
      h("div", { class: "wb-schemes-body" }, this.names, this.stage),
      this.foot.element,
    ];
  }

  private async open(name: string): Promise<void> {
    fill(this.stage, loading());
    try {
      await this.draft.open(name);
    } catch (error) {
      return fill(this.stage, failed(error, () => void this.open(name)));
    }
    this.detail.forms.open = null;
    this.drawNames();
    this.drawStage();
    if (this.draft.fresh) this.stage.querySelector<HTMLElement>("[data-title]")?.focus();
    else if (hasChoices(this.draft.scheme)) this.list.element.focus();
  }

  private drawNames(): void {
    const now = this.draft.change?.scheme;
    const name = (scheme: Scheme): HTMLElement =>
      h(
        "button",
        {
          class: "wb-schemes-name",
          "aria-current": scheme.name === now?.name ? "true" : undefined,
          on: { click: () => this.go(scheme.name) },
        },
        isolated(said(scheme.title || scheme.name)),
      );
    const fresh = h(
      "button",
      { class: "wb-schemes-name wb-schemes-add", "aria-current": now?.version === 0 ? "true" : undefined, on: { click: () => this.go("") } },
      t("New question"),
    );
    fill(this.names, ...this.schemes.map(name), fresh);
  }

  private drawStage(): void {
    const { scheme } = this.draft;
    this.holds();
    this.question.draw();
    const body = hasChoices(scheme)
      ? h(
          "div",
          { class: "wb-schemes-columns" },
          h("div", { class: "wb-schemes-left" }, h("h4", {}, t("Choices")), this.list.element, this.adding),
          this.detail.element,
        )
      : h("p", { class: "wb-help" }, scheme.kind === "text" ? t("The answer is written, not chosen.") : t("The answer is yes or no."));
    fill(this.stage, this.question.element, body);
    this.list.draw();
    this.detail.draw();
    this.addingWords();
    this.foot.draw();
  }

  /** Where a new choice would go: beside the chosen one, or with Shift below it. */
  private addingWords(): void {
    const { draft } = this;
    const tree = draft.scheme.kind === "hierarchical";
    const below = t("New choice: Enter adds it, Shift+Enter below “{choice}”", { choice: said(draft.choice?.label ?? "") || draft.selected });
    const words = tree && draft.choice ? below : t("New choice: type its words, Enter adds it");
    this.adding.placeholder = words;
    this.adding.setAttribute("aria-label", words);
    this.adding.title = words;
  }

  private addKey(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const text = this.adding.value.trim();
    if (!text) return;
    const { draft } = this;
    const tree = draft.scheme.kind === "hierarchical" && draft.choice;
    const below = !tree ? "" : event.shiftKey ? draft.selected : parentOf(draft.scheme, draft.selected);
    const known = new Set((draft.scheme.choices ?? []).map((choice) => choice.value));
    const added = draft.step("add", { text, below }, (change) => (change.scheme.choices ?? []).find((choice) => !known.has(choice.value))?.value ?? "");
    void added.then((done) => {
      if (done) this.adding.value = "";
    });
  }

  private async save(): Promise<void> {
    if (!this.draft.dirty) return;
    try {
      const { saved, schemes } = await this.draft.save();
      this.schemes = schemes;
      this.options.onSaved(schemes);
      await this.open(saved.scheme.name);
      this.foot.saved(saved);
    } catch (error) {
      if (error instanceof CommandError && error.code === "stale_scheme") this.foot.conflict(error);
      else this.ctx.notice(error);
    }
  }

  private shortcuts(): Shortcut[] {
    return [
      { keys: ["Escape"], label: t("Close"), inText: true, run: () => this.escape() },
      { keys: ["Ctrl+Enter"], label: t("Save"), inText: true, run: () => this.enter() },
      { keys: ["Ctrl+z"], label: t("Take back"), inText: true, run: (event) => (isTextField(event.target) ? false : this.draft.back()) },
    ];
  }

  private choiceKeys(): Shortcut[] {
    const { draft, detail } = this;
    const value = draft.selected;
    const form = (name: FormName): void => detail.forms.show(name);
    const tree = draft.scheme.kind === "hierarchical";
    return [
      { keys: ["ArrowDown", "j"], label: t("Next choice"), run: () => this.list.move(1) },
      { keys: ["ArrowUp", "k"], label: t("Choice before"), run: () => this.list.move(-1) },
      { keys: ["PageDown"], label: t("Next choice"), run: () => this.list.move(8) },
      { keys: ["PageUp"], label: t("Choice before"), run: () => this.list.move(-8) },
      { keys: ["Enter"], label: t("Change its words"), run: () => detail.focus() },
      { keys: ["n"], label: t("New choice"), run: () => this.adding.focus() },
      { keys: ["m"], label: t("Merge into another"), run: () => form("merge") },
      { keys: ["s"], label: t("Split"), run: () => (draft.choice?.retired ? false : form("split")) },
      { keys: ["p"], label: t("Put elsewhere"), run: () => (tree ? form("move") : false) },
      { keys: ["v"], label: t("Name in searches"), run: () => form("rename") },
      { keys: ["r"], label: t("Retire, bring back"), run: () => void draft.step(draft.choice?.retired ? "restore" : "retire", { value }) },
      { keys: ["Alt+ArrowUp"], label: t("Up"), run: () => void draft.step("shift", { value, by: -1 }) },
      { keys: ["Alt+ArrowDown"], label: t("Down"), run: () => void draft.step("shift", { value, by: 1 }) },
      { keys: ["Delete"], label: t("Remove"), run: () => void draft.step("drop", { value }) },
    ];
  }

  private enter(): void {
    if (this.detail.forms.open) this.detail.forms.submit();
    else void this.save();
  }

  private escape(): void {
    if (this.detail.forms.open) this.detail.forms.close();
    else this.leave();
  }

  private leave(): void {
    if (this.draft.dirty) this.foot.askLeave(() => this.overlay.close());
    else this.overlay.close();
  }

  private go(name: string): void {
    if (this.draft.dirty) this.foot.askLeave(() => void this.open(name));
    else void this.open(name);
  }

  /** A click beside the window leaves it, too, but not with unsaved changes. */
  private outside(event: MouseEvent): void {
    if (event.target !== this.overlay.element || !this.draft.dirty) return;
    event.stopImmediatePropagation();
    this.leave();
  }

  private closed(): void {
    for (const stop of this.stops) stop();
    this.draft.close();
  }
}
