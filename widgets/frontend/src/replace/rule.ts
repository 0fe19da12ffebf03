// What to find, what to put there, and where: the form of find and replace.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { labelled, markWrong, RoleTicks, tick, ticked, wordsField } from "./fields.ts";
import type { Rule } from "./types.ts";

/** A rule without what only the rule of an edit says. */
export type TypedRule = Omit<Rule, "at" | "slots" | "once">;

export class RuleForm {
  readonly element: HTMLElement;
  private readonly find = wordsField(t("Find"));
  private readonly by = wordsField(t("Replace with"));
  private readonly words = tick();
  private readonly exact = tick();
  private readonly regex = tick();
  private readonly roles = new RoleTicks();

  constructor(onChange: () => void) {
    const regexTitle = t("For experts: a pattern; \\1 in the replacement is what its first group found");
    this.find.dataset["first"] = "";
    this.element = h(
      "div",
      { class: "wb-replace-rule" },
      labelled(t("Find"), this.find),
      labelled(t("Replace with"), this.by),
      h(
        "div",
        { class: "wb-row wb-replace-options" },
        ticked(this.words, t("Whole words")),
        ticked(this.exact, t("Match case")),
        ticked(this.regex, t("Regular expression"), regexTitle),
        h("span", { class: "wb-grow" }),
        ...this.roles.labels(),
      ),
    );
    for (const input of [this.find, this.by, this.words, this.exact, this.regex, ...this.roles.boxes]) input.addEventListener("input", onChange);
  }

  get rule(): TypedRule {
    return {
      find: this.find.value,
      by: this.by.value,
      whole_words: this.words.checked,
      match_case: this.exact.checked,
      regex: this.regex.checked,
      roles: this.roles.value,
    };
  }

  /** Nothing to look for: no words, or nobody's turns. */
  get nothing(): boolean {
    return !this.rule.find || this.roles.nobody;
  }

  wrong(on: boolean): void {
    markWrong(this.find, on);
  }
}
