// The questions about what is chosen now, each with its answers, keys and guideline.
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { icon } from "../core/icon.ts";
import type { Scheme, TagValue } from "../core/nouns.ts";
import { chooserKey, needsChooser, type KeyPlan } from "./assign.ts";
import { enterTakes, fits, type About, type Advice } from "./advice.ts";
import { mine, others, suggested, titleOf } from "./answers.ts";
import { answerButtons, chooserButton, chosenHelp, guidelineView, otherView } from "./answerviews.ts";

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
    if (subject) this.element.dataset.about = [...subject.ids, subject.turn ?? ""].join(" ");
    else delete this.element.dataset.about;
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
        ?.focus({ preventScroll: true });
  }

  private head(subject: Subject): HTMLElement {
    const whole = subject.turn
      ? h(
          "button",
          {
            class: "wb-button wb-button-small wb-button-quiet",
            title: t("Back to the whole conversation (Esc)"),
            data: { answer: "whole" },
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
    const { author, onAnswer, onChooser, adviceKey } = this.options;
    const answer = mine(subject.tags, scheme.name, author, subject.turn);
    const key = chooserKey(plan, scheme.name);
    const advice = answer ? undefined : suggested(subject.tags, scheme.name, subject.turn);
    const answered = { scheme, value: answer?.value, advice };
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
      open ? guidelineView(scheme) : null,
      needsChooser(scheme) ? chooserButton(answered, () => onChooser(scheme)) : answerButtons(answered, plan, onAnswer),
      chosenHelp(scheme, answer?.value, open),
      ...others(subject.tags, scheme.name, author, subject.turn).map((tag) =>
        otherView(scheme, tag, onAnswer, this.next?.tag === tag ? (adviceKey ?? null) : null),
      ),
    );
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
