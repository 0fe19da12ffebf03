// Others' answers beside a question: a suggestion before it, the sides of a dispute, what is shown after a blind answer.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { inFullWords } from "../tags/answers.ts";
import { line } from "../text/body.ts";
import { reportWords } from "./numbers.ts";
import type { Asking } from "./question.ts";

/** What a machine suggests; nothing counts before the person takes it. */
export function adviceView(one: Asking, onTake: () => void): HTMLElement | null {
  if (!one.advice || one.value !== undefined) return null;
  const sure = one.advice.confidence;
  return h(
    "button",
    { class: "wb-advice", "aria-keyshortcuts": "Enter", on: { click: onTake } },
    h("kbd", { "aria-hidden": "true" }, "⏎"),
    h(
      "span",
      { class: "wb-grow" },
      h("span", { class: "wb-advice-label" }, t("Only a suggestion; Enter takes it")),
      h(
        "span",
        { class: "wb-offer-words" },
        line(inFullWords(one.scheme, one.advice.value)),
        sure === undefined ? null : h("span", { class: "wb-quiet" }, t("{n} % sure", { n: Math.round(sure * 100) })),
      ),
      h(
        "span",
        { class: "wb-offer-help" },
        line(one.advice.author),
        one.report ? `. ${reportWords(one.report)}` : "",
      ),
    ),
  );
}

/** Both sides of a dispute, each with who said it and why. */
export function sidesView(one: Asking): HTMLElement {
  return h(
    "div",
    { class: "wb-sides" },
    ...one.others.map((tag) =>
      h(
        "div",
        { class: tag.machine ? "wb-side wb-side-machine" : "wb-side" },
        line(tag.author, "wb-quiet"),
        h("strong", {}, line(inFullWords(one.scheme, tag.value))),
        tag.note ? line(tag.note, "wb-offer-help") : null,
      ),
    ),
  );
}

/** What the others said, after a blind answer. */
export function revealView(one: Asking): HTMLElement {
  return h(
    "div",
    { class: "wb-reveal" },
    h("strong", {}, t("You answered first. The others say:")),
    ...one.others.map((tag) =>
      h(
        "div",
        { class: "wb-row" },
        line(tag.author, "wb-quiet"),
        h("span", { class: "wb-grow" }, line(inFullWords(one.scheme, tag.value))),
        tag.confidence === undefined
          ? null
          : h("span", { class: "wb-quiet" }, t("{n} % sure", { n: Math.round(tag.confidence * 100) })),
      ),
    ),
    h("p", { class: "wb-help" }, t("Enter keeps your answer and goes on. Another key changes it; both are recorded.")),
  );
}
