// The editor of questions: change one step by step, see what it would do to answers, save it as one step.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, isolated } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { said, t } from "../core/i18n.ts";
import { bindKeys, isTextField, type Shortcut } from "../core/keys.ts";
import type { Scheme } from "../core/nouns.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { CommandError } from "../core/rpc.ts";
import { ago, exactly } from "../text/when.ts";
import { button, remark } from "../work/parts.ts";
import { ChoiceList } from "./choices.ts";
import { Detail } from "./detail.ts";
import { Draft } from "./draft.ts";
import type { FormName } from "./forms.ts";
import { hasChoices, Question } from "./question.ts";
import { parentOf, type Saved, type Version } from "./types.ts";
import { headline, impactLines, savedWords, versionWords, waitingQuery } from "./words.ts";

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
  private readonly told = h("div", { class: "wb-schemes-told", role: "status" });
  private readonly buttons = h("div", { class: "wb-row" });
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
    this.question = new Question(this.draft, () => this.drawStage());
    this.list = new ChoiceList(this.draft);
    this.detail = new Detail(this.draft, () => this.list.relabel(), () => this.list.element.focus());
    this.overlay = openOverlay(rootOf(from), t("Questions"), this.parts(), () => this.closed());
    this.overlay.element.classList.add("wb-overlay-schemes");
    const sheet = this.overlay.element.firstElementChild as HTMLElement;
    this.overlay.element.addEventListener("mousedown", (event) => this.outside(event), true);
    this.stops.push(
      bindKeys(sheet, () => this.shortcuts()),
      bindKeys(this.list.element, () => this.choiceKeys()),
      ctx.on("changed", () => this.draft.lookAgain()),
      this.draft.events.on("changed", () => (this.list.draw(), this.detail.draw(), this.addingWords())),
      this.draft.events.on("impact", () => this.drawFoot()),
    );
    this.adding.addEventListener("keydown", (event) => this.addKey(event));
    void this.open(options.name ?? options.schemes[0]?.name ?? "");
  }

  private parts(): HTMLElement[] {
    const close = h("button", { class: "wb-icon-button", "aria-label": t("Close"), title: t("Close (Esc)"), on: { click: () => this.leave() } }, "✕");
    return [
      h("div", { class: "wb-row" }, h("h3", { class: "wb-grow" }, t("Questions")), close),
      h("div", { class: "wb-schemes-body" }, this.names, this.stage),
      h("div", { class: "wb-schemes-foot" }, this.told, this.buttons),
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
    this.drawFoot();
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

  private drawFoot(leaving = false): void {
    const { draft } = this;
    const { dirty, impact } = draft;
    const before = draft.before?.scheme ?? draft.scheme;
    const lines = dirty ? impactLines(impact, before, draft.scheme) : [];
    fill(
      this.told,
      impact.problem && dirty ? remark("warn", said(impact.problem)) : h("strong", {}, headline(impact, dirty)),
      lines.length ? h("ul", { class: "wb-schemes-lines" }, ...lines.map((text) => h("li", {}, isolated(text)))) : null,
    );
    if (leaving) return this.askLeave();
    fill(
      this.buttons,
      draft.fresh ? null : button(t("Versions"), () => void this.versions(), { tone: "quiet", small: true }),
      h("span", { class: "wb-grow" }),
      button(h("span", { class: "wb-keyed" }, t("Take back"), h("kbd", {}, "Ctrl Z")), () => draft.back(), { disabled: !draft.canGoBack }),
      button(h("span", { class: "wb-keyed" }, t("Save"), h("kbd", {}, "Ctrl ↵")), () => void this.save(), {
        tone: "primary",
        name: "save",
        disabled: !dirty || Boolean(impact.problem),
      }),
    );
  }

  private askLeave(next: () => void = () => this.overlay.close()): void {
    fill(
      this.buttons,
      h("span", { class: "wb-grow" }, t("Your changes are not saved.")),
      button(t("Go on changing"), () => (this.drawFoot(), this.list.element.focus()), { name: "stay" }),
      button(t("Throw them away"), next, { tone: "danger", name: "discard" }),
    );
    this.buttons.querySelector<HTMLElement>("[data-action='stay']")?.focus();
  }

  private async save(): Promise<void> {
    if (!this.draft.dirty) return;
    try {
      const { saved, schemes } = await this.draft.save();
      this.schemes = schemes;
      this.options.onSaved(schemes);
      await this.open(saved.scheme.name);
      this.saved(saved);
    } catch (error) {
      if (error instanceof CommandError && error.code === "stale_scheme") this.conflict(error);
      else this.ctx.notice(error);
    }
  }

  private saved(saved: Saved): void {
    fill(this.told, remark("good", savedWords(saved)));
    if (saved.waiting === 0) return;
    const show = (): void => {
      this.overlay.close();
      this.options.onFind(waitingQuery(saved, this.ctx.author));
    };
    this.buttons.prepend(button(t("Show what waits"), show, { tone: "primary", name: "waiting" }));
    this.buttons.querySelector<HTMLElement>("[data-action='waiting']")?.focus();
  }

  /** Somebody saved this question meanwhile: told, never merged. */
  private conflict(error: CommandError): void {
    fill(this.told, remark("bad", h("strong", {}, said(error.message)), h("p", {}, said(error.hint))));
    fill(
      this.buttons,
      h("span", { class: "wb-grow" }),
      button(t("Open the new version"), () => void this.open(this.draft.scheme.name), { tone: "primary", name: "fresh" }),
    );
    this.buttons.querySelector<HTMLElement>("[data-action='fresh']")?.focus();
  }

  private async versions(): Promise<void> {
    try {
      const items = await this.ctx.call<Version[]>("scheme.versions", { name: this.draft.scheme.name });
      fill(
        this.told,
        h("strong", {}, t("How it came to be")),
        h("ol", { class: "wb-schemes-lines", reversed: true }, ...items.map((item) => h("li", { title: item.at ? exactly(item.at) : undefined }, versionLine(item)))),
      );
    } catch (error) {
      this.ctx.notice(error);
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
    if (this.draft.dirty) this.drawFoot(true);
    else this.overlay.close();
  }

  private go(name: string): void {
    if (this.draft.dirty) this.askLeave(() => void this.open(name));
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

function versionLine(item: Version): HTMLElement {
  const who = item.author ? `${item.author}, ${ago(item.at)}` : t("from the beginning");
  return h("span", {}, versionWords(item), h("span", { class: "wb-quiet" }, ` · ${who}`), item.current ? h("span", { class: "wb-chip" }, t("now")) : null);
}
