// The rule of an edit as a form: narrower, wider, or in one's own words; where it is looked for, and in whose turns.
import { fill, h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { labelled, markWrong, RoleTicks, tick, ticked, wordsField } from "../replace/fields.ts";
import type { Rule } from "../replace/types.ts";
import { button, keyed, select } from "../work/parts.ts";
import { hasSlots, inWords, PLACES, whatItDoes } from "./sentence.ts";
import type { Correction } from "./types.ts";

export interface Scope {
  run: string | null;
  samples: boolean;
}

export class RuleForm {
  readonly element = h("div", { class: "wb-same-rule" });
  private at: number;
  private place: number;
  private rule: Rule;
  private readonly sentence = h("p", { class: "wb-same-sentence", role: "status" });
  private readonly find = wordsField(t("Find"));
  private readonly by = wordsField(t("Replace with"));
  private readonly where = select(Object.entries(PLACES).map(([value, label]) => ({ value, label: t(label) })), "", { "aria-label": t("Where in a turn") });
  private readonly roles = new RoleTicks();
  private readonly scope: HTMLSelectElement;
  private readonly samples = tick();
  private readonly narrower: HTMLButtonElement;
  private readonly wider: HTMLButtonElement;
  private readonly slots = h("p", { class: "wb-help" }, t("{number}, {name} and {word} stand for any; what stands there stays."));

  constructor(
    private readonly corrections: Correction[],
    private readonly run: string,
    samples: boolean,
    private readonly onChange: () => void,
  ) {
    this.at = corrections.reduce((most, one, at) => (one.fits > corrections[most]!.fits ? at : most), 0);
    this.place = this.corrections[this.at]!.best;
    this.rule = this.corrections[this.at]!.rules[this.place]!;
    this.narrower = button(keyed(t("Narrower"), "n"), () => this.step(-1), { small: true, name: "narrower" });
    this.wider = button(keyed(t("Wider"), "w"), () => this.step(1), { small: true, name: "wider" });
    this.scope = select(
      [
        { value: "run", label: t("undecided drafts of this run") },
        { value: "all", label: t("all undecided drafts") },
      ],
      "run",
      { "aria-label": t("Where to look") },
    );
    this.samples.checked = samples;
    this.build();
    for (const input of [this.find, this.by]) input.addEventListener("input", () => this.typed());
    for (const input of [this.where, this.scope, this.samples, ...this.roles.boxes]) input.addEventListener("change", () => this.typed());
    this.show();
  }

  get value(): Rule {
    return this.rule;
  }

  get asked(): Scope {
    return { run: this.scope.value === "run" ? this.run : null, samples: this.samples.checked };
  }

  /** Nothing to look for: no words, or nobody's turns. */
  get nothing(): boolean {
    const adds = this.rule.by.trim() !== "" && (this.rule.at === "start" || this.rule.at === "end");
    return (this.rule.find.trim() === "" && !adds) || this.roles.nobody;
  }

  step(by: number): void {
    const { rules } = this.corrections[this.at]!;
    const next = this.place + by;
    if (next < 0 || next >= rules.length) return;
    this.place = next;
    this.rule = rules[next]!;
    this.show();
    this.onChange();
  }

  wrong(on: boolean): void {
    markWrong(this.find, on);
  }

  private build(): void {
    fill(
      this.element,
      this.corrections.length > 1 ? this.choice() : null,
      h("div", { class: "wb-row wb-same-says" }, this.sentence, h("span", { class: "wb-grow" }), this.narrower, this.wider),
      h(
        "div",
        { class: "wb-same-fields" },
        labelled(t("Find"), this.find),
        labelled(t("Replace with"), this.by),
        labelled(t("Where in a turn"), this.where),
        labelled(t("Where to look"), this.scope),
      ),
      h(
        "div",
        { class: "wb-row wb-same-options" },
        ...this.roles.labels(),
        h("span", { class: "wb-grow" }),
        ticked(this.samples, t("also in what was accepted from there")),
      ),
      this.slots,
    );
  }

  /** An edit that corrected several things: which one. */
  private choice(): HTMLElement {
    const label = (one: Correction): string => `${whatItDoes(one.rules[one.best]!)} (${one.fits})`;
    const pick = select(this.corrections.map((one, at) => ({ value: String(at), label: label(one) })), String(this.at), { "aria-label": t("Which change") });
    pick.addEventListener("change", () => {
      this.at = Number(pick.value);
      this.place = this.corrections[this.at]!.best;
      this.rule = this.corrections[this.at]!.rules[this.place]!;
      this.show();
      this.onChange();
    });
    return labelled(t("Which change"), pick);
  }

  private typed(): void {
    this.rule = { ...this.rule, find: this.find.value, by: this.by.value, at: this.where.value as Rule["at"], roles: this.roles.value };
    this.told();
    this.onChange();
  }

  private show(): void {
    this.find.value = this.rule.find;
    this.by.value = this.rule.by;
    this.where.value = this.rule.at;
    this.roles.value = this.rule.roles;
    this.told();
  }

  private told(): void {
    this.sentence.textContent = inWords(this.rule);
    this.narrower.disabled = this.place === 0;
    this.wider.disabled = this.place >= this.corrections[this.at]!.rules.length - 1;
    this.slots.hidden = !hasSlots(this.rule);
  }
}
