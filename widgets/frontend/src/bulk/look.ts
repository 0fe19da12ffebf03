// The sample check: one random conversation after the other, readable, one key each.
import { fill, h, isolated } from "../core/dom.ts";
import { key, t } from "../core/i18n.ts";
import type { Shortcut } from "../core/keys.ts";
import type { Sample } from "../core/nouns.ts";
import { conversation } from "../work/bubbles.ts";
import { back, judge, type Judged, type Verdict } from "./check.ts";

const VERDICTS: { verdict: Verdict; keys: string[]; label: string }[] = [
  { verdict: "fits", keys: ["f", "1"], label: key("It fits") },
  { verdict: "misses", keys: ["d", "2"], label: key("It does not fit") },
  { verdict: "unsure", keys: ["c", "3"], label: key("Cannot say") },
];

export interface LookOptions {
  samples: Sample[];
  judged: Judged;
  words: string;
  /** A verdict was given or taken back. */
  onChange: (judged: Judged) => void;
  /** All were looked at, or the person had enough. */
  onEnd: () => void;
}

export class Look {
  readonly element = h("div", { class: "wb-bulk-look" });
  private readonly head = h("div", { class: "wb-row" });
  private readonly text = h("div", { class: "wb-bulk-text", tabindex: 0, "aria-label": t("Conversation") });
  private readonly verdicts = h("div", { class: "wb-bulk-verdicts", role: "group", "aria-label": t("Does the answer fit?") });
  private judged: Judged;

  constructor(private readonly options: LookOptions) {
    this.judged = options.judged;
    this.element.append(this.head, this.text, this.verdicts);
    this.draw();
  }

  focus(): void {
    this.text.focus({ preventScroll: true });
  }

  shortcuts(): Shortcut[] {
    return [
      ...VERDICTS.map(({ verdict, keys, label }) => ({ keys, label: t(label), run: () => this.say(verdict) })),
      { keys: ["Backspace", "k", "ArrowLeft"], label: t("The one before"), run: () => this.change(back(this.judged)) },
      { keys: ["Escape"], label: t("Enough"), run: this.options.onEnd },
    ];
  }

  private get sample(): Sample | undefined {
    return this.options.samples[this.judged.at];
  }

  private say(verdict: Verdict): void {
    if (this.sample) this.change(judge(this.judged, this.sample.id, verdict));
  }

  private change(judged: Judged): void {
    this.judged = judged;
    this.options.onChange(judged);
    if (judged.at >= this.options.samples.length) this.options.onEnd();
    else this.draw();
  }

  private draw(): void {
    const { sample } = this;
    if (!sample) return;
    const { samples, words, onEnd } = this.options;
    const given = this.judged.verdicts.get(sample.id);
    fill(
      this.head,
      h("h3", { class: "wb-grow wb-clip" }, t("Does this fit?"), " ", isolated(words, "wb-bulk-words")),
      h("span", { class: "wb-quiet wb-numbers", role: "status" }, t("{n} of {total}", { n: this.judged.at + 1, total: samples.length })),
      h("button", { class: "wb-button wb-button-small", on: { click: onEnd } }, t("Enough"), h("kbd", {}, "Esc")),
    );
    fill(this.text, conversation(sample.turns));
    this.text.scrollTop = 0;
    fill(
      this.verdicts,
      ...VERDICTS.map(({ verdict, keys, label }) =>
        h(
          "button",
          {
            class: `wb-button wb-verdict wb-verdict-${verdict}`,
            "aria-pressed": String(given === verdict),
            on: { click: () => (this.say(verdict), this.focus()) },
          },
          t(label),
          h("kbd", {}, keys[0]!),
        ),
      ),
      h(
        "button",
        { class: "wb-button wb-button-quiet", disabled: this.judged.at === 0, on: { click: () => this.change(back(this.judged)) } },
        t("The one before"),
        h("kbd", {}, "k"),
      ),
    );
  }
}
