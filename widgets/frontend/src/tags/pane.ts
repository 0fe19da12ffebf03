// The questions about what is chosen now, each with its answers, keys and guideline.
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { icon } from "../core/icon.ts";
import type { Scheme, Tag, TagValue } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { ago } from "../text/when.ts";
import { active, chooserKey, keyOf, needsChooser, type KeyPlan } from "./assign.ts";
import { enterTakes, fits, type About, type Advice } from "./advice.ts";
import { CANNOT_SAY, inWords, mine, others, same, suggested, titleOf, typed } from "./answers.ts";

export interface Subject extends About {
  label: string;
}

export interface TagPaneOptions {
  author: string;
  onAnswer: (scheme: Scheme, value: TagValue | null) => void;
  onChooser: (scheme: Scheme) => void;
  onWhole: () => void;
  /** Change the questions themselves; without it there is no button for it. */
  onEditQuestions?: () => void;
  /** The key that takes a suggestion, as it is shown; without it none does. */
  adviceKey?: string;
}

export class TagPane {
  readonly element = h("aside", { class: "wb-tags", "aria-label": t("Tags") });
  private readonly opened = new Set<string>();
  private schemes: Scheme[] = [];
  /** The suggestion whose row bears the key's cap. */
  private next: Advice | undefined;

  constructor(private readonly options: TagPaneOptions) {}

  /** What the key takes now. */
  get advice(): Advice | undefined {
    return this.next;
  }

  show(schemes: Scheme[], plan: KeyPlan, subject: Subject | null): void {
    this.schemes = schemes;
    const at = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>(".wb-question");
    this.next = subject ? enterTakes(schemes, subject, this.options.author, this.element.contains(at ?? null) ? at?.dataset.scheme : "") : undefined;
    if (!subject)
      return fill(
        this.element,
        h("p", { class: "wb-tags-none wb-quiet" }, t("Choose a conversation to answer questions about it.")),
      );
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.answer;
    fill(
      this.element,
      this.head(subject),
      ...schemes.filter((scheme) => fits(scheme, subject)).map((scheme) => this.question(scheme, plan, subject)),
    );
    if (focused)
      [...this.element.querySelectorAll<HTMLElement>("[data-answer]")]
        .find((item) => item.dataset.answer === focused)
        ?.focus();
  }

  private head(subject: Subject): HTMLElement {
    const whole = subject.turn
      ? h(
          "button",
          {
            class: "wb-button wb-button-small wb-button-quiet",
            title: t("Back to the whole conversation (Esc)"),
            on: { click: this.options.onWhole },
          },
          t("Whole"),
        )
      : null;
    return h(
      "div",
      { class: "wb-tags-head" },
      h("span", { class: "wb-label wb-grow wb-clip" }, t("Tags for")),
      h(
        "span",
        { class: subject.ids.length > 1 || subject.turn ? "wb-chip wb-chip-accent" : "wb-chip" },
        subject.label,
      ),
      whole,
      this.options.onEditQuestions ? editButton(this.options.onEditQuestions) : null,
    );
  }

  private question(scheme: Scheme, plan: KeyPlan, subject: Subject): HTMLElement {
    const answer = mine(subject.tags, scheme.name, this.options.author, subject.turn);
    const key = chooserKey(plan, scheme.name);
    const advice = answer ? undefined : suggested(subject.tags, scheme.name, subject.turn);
    const open = this.opened.has(scheme.name);
    const toggle = (): void => {
      if (!this.opened.delete(scheme.name)) this.opened.add(scheme.name);
      this.show(this.schemes, plan, subject);
    };
    return h(
      "section",
      { class: answer ? "wb-question wb-question-answered" : "wb-question", data: { scheme: scheme.name } },
      h(
        "div",
        { class: "wb-question-head" },
        h("h4", { class: "wb-grow" }, titleOf(scheme)),
        key ? h("kbd", {}, key) : null,
        h(
          "button",
          {
            class: "wb-icon-button wb-question-help",
            "aria-label": t("Guideline of {what}", { what: titleOf(scheme) }),
            "aria-expanded": String(open),
            title: said(scheme.guideline ?? "") || t("No guideline yet"),
            data: { answer: `${scheme.name}?` },
            on: { click: toggle },
          },
          "?",
        ),
      ),
      open ? this.guideline(scheme) : null,
      needsChooser(scheme)
        ? this.chooserButton(scheme, answer?.value, advice)
        : this.buttons(scheme, plan, answer?.value, advice),
      this.chosenHelp(scheme, answer?.value, open),
      ...this.otherAnswers(scheme, subject),
    );
  }

  private guideline(scheme: Scheme): HTMLElement {
    return h(
      "div",
      { class: "wb-guideline" },
      h("p", {}, said(scheme.guideline ?? "") || t("No guideline has been written yet.")),
      ...(needsChooser(scheme)
        ? []
        : active(scheme)
            .filter((choice) => choice.guideline)
            .map((choice) =>
              h(
                "p",
                {},
                h(
                  "b",
                  {},
                  choice.label
                    ? `${scheme.kind === "ordinal" ? `${choice.value} ` : ""}${said(choice.label)}. `
                    : `${choice.value}. `,
                ),
                said(choice.guideline ?? ""),
              ),
            )),
    );
  }

  private chooserButton(scheme: Scheme, value: TagValue | undefined, advice: Tag | undefined): HTMLElement {
    const look = value !== undefined ? " wb-answer-on" : advice ? " wb-answer-suggested" : "";
    return h(
      "button",
      {
        class: `wb-answer wb-answer-wide${look}`,
        data: { answer: scheme.name },
        on: { click: () => this.options.onChooser(scheme) },
      },
      value === undefined ? h("span", { class: "wb-quiet" }, t("Choose")) : line(inWords(scheme, value)),
    );
  }

  private buttons(
    scheme: Scheme,
    plan: KeyPlan,
    value: TagValue | undefined,
    advice: Tag | undefined,
  ): HTMLElement {
    const scale = scheme.kind === "ordinal";
    return h(
      "div",
      { class: scale ? "wb-answers wb-scale" : "wb-answers", role: "group", "aria-label": titleOf(scheme) },
      ...active(scheme).map((choice) => {
        const on = value !== undefined && same(value, choice.value);
        const key = keyOf(plan, scheme.name, choice.value);
        const words = said(choice.label || choice.value);
        const advised = advice !== undefined && same(advice.value, choice.value);
        return h(
          "button",
          {
            class: on ? "wb-answer wb-answer-on" : advised ? "wb-answer wb-answer-suggested" : "wb-answer",
            "aria-pressed": String(on),
            "aria-label": scale ? `${choice.value}: ${words}` : words,
            title: choice.guideline ? `${words}. ${said(choice.guideline)}` : words,
            data: { answer: `${scheme.name}=${choice.value}` },
            on: { click: () => this.options.onAnswer(scheme, on ? null : typed(scheme, choice.value)) },
          },
          scale ? choice.value : words,
          key && !scale ? h("kbd", {}, key) : null,
        );
      }),
      this.unsure(scheme, plan, value),
    );
  }

  /** "Cannot say" is an answer like the others, and stays out of every average. */
  private unsure(scheme: Scheme, plan: KeyPlan, value: TagValue | undefined): HTMLElement {
    const on = value === CANNOT_SAY;
    const key = keyOf(plan, scheme.name, CANNOT_SAY);
    return h(
      "button",
      {
        class: on ? "wb-answer wb-answer-unsure wb-answer-on" : "wb-answer wb-answer-unsure",
        "aria-pressed": String(on),
        "aria-label": t("Cannot say"),
        title: t("Cannot say: an answer that stays out of averages and agreement"),
        data: { answer: `${scheme.name}=${CANNOT_SAY}` },
        on: { click: () => this.options.onAnswer(scheme, on ? null : CANNOT_SAY) },
      },
      scheme.kind === "ordinal" ? (key ? null : "–") : t("Cannot say"),
      key ? h("kbd", {}, key) : null,
    );
  }

  private chosenHelp(scheme: Scheme, value: TagValue | undefined, open: boolean): HTMLElement | null {
    if (value === CANNOT_SAY) return h("p", { class: "wb-help" }, t("Cannot say"));
    if (scheme.kind !== "ordinal" || open) return null;
    const choice = active(scheme).find((item) => value !== undefined && same(value, item.value));
    const low = said(active(scheme)[0]?.label ?? "");
    const high = said(active(scheme).at(-1)?.label ?? "");
    return choice
      ? h("p", { class: "wb-help wb-help-answer" }, said(choice.label ?? ""))
      : h("p", { class: "wb-help wb-scale-ends" }, h("span", {}, low), h("span", {}, high));
  }

  private otherAnswers(scheme: Scheme, subject: Subject): HTMLElement[] {
    return others(subject.tags, scheme.name, this.options.author, subject.turn).map((tag) => {
      const sure = tag.confidence === undefined ? "" : ` ${Math.round(tag.confidence * 100)} %`;
      const take = (): void => this.options.onAnswer(scheme, tag.value);
      return h(
        "div",
        {
          class: tag.machine ? "wb-other wb-other-machine" : "wb-other",
          title: `${tag.machine ? t("suggested {when}", { when: ago(tag.at) }) : t("answered {when}", { when: ago(tag.at) })}${tag.note ? `: ${tag.note}` : ""}`,
        },
        line(tag.author, "wb-other-author"),
        line(`${inWords(scheme, tag.value)}${sure}`, "wb-grow"),
        h(
          "button",
          {
            class: "wb-button wb-button-small wb-button-quiet",
            "aria-label": t("Answer the same as {who}", { who: tag.author }),
            data: { answer: `${scheme.name}@${tag.author}` },
            on: { click: take },
          },
          t("Same"),
          this.options.adviceKey && this.next?.tag === tag ? h("kbd", { class: "wb-take-key" }, this.options.adviceKey) : null,
        ),
      );
    });
  }
}

function editButton(run: () => void): HTMLElement {
  const words = t("Edit the questions");
  return h(
    "button",
    { class: "wb-icon-button", "aria-label": words, title: `${words} (Shift+Q)`, data: { answer: "edit-questions" }, on: { click: run } },
    icon("edit", 14),
  );
}
