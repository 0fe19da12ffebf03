// What to find, what to put there, and where: the form of find and replace.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { ROLES } from "../edit/draft.ts";
import { roleName } from "../edit/turnform.ts";

export interface Rule {
  find: string;
  by: string;
  whole_words: boolean;
  match_case: boolean;
  regex: boolean;
  roles: string[];
}

export class RuleForm {
  readonly element: HTMLElement;
  private readonly find = h("input", { class: "wb-input", type: "text", dir: "auto", data: { first: "" }, "aria-label": t("Find"), autocomplete: "off", spellcheck: "false" });
  private readonly by = h("input", { class: "wb-input", type: "text", dir: "auto", "aria-label": t("Replace with"), autocomplete: "off", spellcheck: "false" });
  private readonly words = check();
  private readonly exact = check();
  private readonly regex = check();
  private readonly roles = ROLES.map((role) => ({ role, box: check(true) }));

  constructor(onChange: () => void) {
    const box = (input: HTMLInputElement, label: string, title = ""): HTMLElement => h("label", { class: "wb-check", title }, input, h("span", {}, label));
    const regexTitle = t("For experts: a pattern; \\1 in the replacement is what its first group found");
    this.element = h(
      "div",
      { class: "wb-replace-rule" },
      h("div", { class: "wb-field" }, h("span", { class: "wb-label" }, t("Find")), this.find),
      h("div", { class: "wb-field" }, h("span", { class: "wb-label" }, t("Replace with")), this.by),
      h(
        "div",
        { class: "wb-row wb-replace-options" },
        box(this.words, t("Whole words")),
        box(this.exact, t("Match case")),
        box(this.regex, t("Regular expression"), regexTitle),
        h("span", { class: "wb-grow" }),
        h("span", { class: "wb-quiet" }, t("In turns of")),
        ...this.roles.map(({ role, box: input }) => box(input, roleName(role))),
      ),
    );
    for (const input of [this.find, this.by, this.words, this.exact, this.regex, ...this.roles.map((item) => item.box)])
      input.addEventListener("input", onChange);
  }

  get rule(): Rule {
    const roles = this.roles.filter((item) => item.box.checked).map((item) => item.role);
    return {
      find: this.find.value,
      by: this.by.value,
      whole_words: this.words.checked,
      match_case: this.exact.checked,
      regex: this.regex.checked,
      roles: roles.length === ROLES.length ? [] : roles,
    };
  }

  /** Whether no role at all is ticked: then nothing can be found. */
  get nowhere(): boolean {
    return this.roles.every((item) => !item.box.checked);
  }

  wrong(on: boolean): void {
    this.find.classList.toggle("wb-invalid", on);
    this.find.setAttribute("aria-invalid", String(on));
  }
}

function check(on = false): HTMLInputElement {
  const input = h("input", { type: "checkbox" });
  input.checked = on;
  return input;
}
