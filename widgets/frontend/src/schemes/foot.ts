// Under the editor: what the change would do, and saving it, leaving it, or looking at earlier versions.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, isolated } from "../core/dom.ts";
import { said, saidAlone, t } from "../core/i18n.ts";
import { keepFocus } from "../core/refocus.ts";
import type { CommandError } from "../core/rpc.ts";
import { ago, exactly } from "../text/when.ts";
import { button, remark } from "../work/parts.ts";
import type { Draft } from "./draft.ts";
import type { Change, Saved, Version } from "./types.ts";
import { headline, impactLines, savedWords, versionWords, waitingQuery } from "./words.ts";

export interface Doing {
  save: () => void;
  /** Back to the choices. */
  stay: () => void;
  open: (name: string) => void;
  /** Show what a query finds. */
  find: (query: string) => void;
}

export class Foot {
  readonly element: HTMLElement;
  private readonly told = h("div", { class: "wb-schemes-told", role: "status" });
  private readonly buttons = h("div", { class: "wb-row" });
  private question: Change | null = null;
  /** What was drawn last, and of which change it was asked what to do with it. */
  private drawn = "";
  private asked = "";

  constructor(
    private readonly ctx: Ctx,
    private readonly draft: Draft,
    private readonly doing: Doing,
  ) {
    this.element = h("div", { class: "wb-schemes-foot" }, this.told, this.buttons);
  }

  /** Others' answers have it drawn again: what a person is asked, or looks at, stays while their change is the same. */
  draw(): void {
    const { draft } = this;
    const change = JSON.stringify([draft.change, draft.canGoBack]);
    const drawn = `${change} ${JSON.stringify(draft.impact)}`;
    const another = draft.before !== this.question;
    if (drawn === this.drawn && !another) return;
    this.question = draft.before;
    this.drawn = drawn;
    if (another || change !== this.asked) this.asked = "";
    if (this.asked) return;
    keepFocus(this.element, () => this.drawNow());
  }

  private drawNow(): void {
    const { draft } = this;
    const { dirty, impact } = draft;
    const before = draft.before?.scheme ?? draft.scheme;
    const lines = dirty ? impactLines(impact, before, draft.scheme) : [];
    fill(
      this.told,
      impact.problem && dirty ? remark("warn", said(impact.problem)) : h("strong", {}, headline(impact, dirty)),
      lines.length ? h("ul", { class: "wb-schemes-lines" }, ...lines.map((text) => h("li", {}, isolated(text)))) : null,
    );
    fill(
      this.buttons,
      draft.fresh ? null : button(t("Versions"), () => void this.versions(), { tone: "quiet", small: true }),
      h("span", { class: "wb-grow" }),
      button(h("span", { class: "wb-keyed" }, t("Take back"), h("kbd", {}, "Ctrl Z")), () => draft.back(), { disabled: !draft.canGoBack }),
      button(h("span", { class: "wb-keyed" }, t("Save"), h("kbd", {}, "Ctrl ↵")), this.doing.save, {
        tone: "primary",
        name: "save",
        disabled: !dirty || Boolean(impact.problem),
      }),
    );
  }

  private ask(): void {
    this.asked = JSON.stringify([this.draft.change, this.draft.canGoBack]);
  }

  private stay(): void {
    this.asked = "";
    this.drawNow();
    this.doing.stay();
  }

  /** Unsaved changes: go on, or throw them away and do what was asked for. */
  askLeave(next: () => void): void {
    this.ask();
    fill(
      this.buttons,
      h("span", { class: "wb-grow" }, t("Your changes are not saved.")),
      button(t("Go on changing"), () => this.stay(), { name: "stay" }),
      button(t("Throw them away"), next, { tone: "danger", name: "discard" }),
    );
    this.buttons.querySelector<HTMLElement>("[data-action='stay']")?.focus();
  }

  saved(saved: Saved): void {
    fill(this.told, remark("good", savedWords(saved)));
    if (saved.waiting === 0) return;
    const show = (): void => this.doing.find(waitingQuery(saved, this.ctx.author));
    this.buttons.prepend(button(t("Show what waits"), show, { tone: "primary", name: "waiting" }));
    this.buttons.querySelector<HTMLElement>("[data-action='waiting']")?.focus();
  }

  /** Somebody saved this question meanwhile: told, never merged. */
  conflict(error: CommandError): void {
    this.ask();
    fill(this.told, remark("bad", h("strong", {}, saidAlone(error.message)), h("p", {}, saidAlone(error.hint))));
    fill(
      this.buttons,
      h("span", { class: "wb-grow" }),
      button(t("Open the new version"), () => this.doing.open(this.draft.scheme.name), { tone: "primary", name: "fresh" }),
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
}

function versionLine(item: Version): HTMLElement {
  const who = item.author ? `${item.author}, ${ago(item.at)}` : t("from the beginning");
  return h("span", {}, versionWords(item), h("span", { class: "wb-quiet" }, ` · ${who}`), item.current ? h("span", { class: "wb-chip" }, t("now")) : null);
}
