// The answers to one question as elements: buttons with their keys, what an answer means, and what others answered.
import { h } from "../core/dom.ts";
import { percent, said, t } from "../core/i18n.ts";
import type { Scheme, Tag, TagValue } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { ago } from "../text/when.ts";
import { CANNOT_SAY, inWords, same, titleOf, typed } from "./answers.ts";
import { active, keyOf, needsChooser, type KeyPlan } from "./assign.ts";

/** A question, my answer to it, and what a machine suggests where I gave none. */
export interface Answered {
  scheme: Scheme;
  value: TagValue | undefined;
  advice: Tag | undefined;
}

export type OnAnswer = (scheme: Scheme, value: TagValue | null) => void;

export function guidelineView(scheme: Scheme): HTMLElement {
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

export function chooserButton({ scheme, value, advice }: Answered, choose: () => void): HTMLElement {
  const look = value !== undefined ? " wb-answer-on" : advice ? " wb-answer-suggested" : "";
  return h(
    "button",
    {
      class: `wb-answer wb-answer-wide${look}`,
      data: { answer: scheme.name },
      on: { click: choose },
    },
    value === undefined ? h("span", { class: "wb-quiet" }, t("Choose")) : line(inWords(scheme, value)),
  );
}

export function answerButtons({ scheme, value, advice }: Answered, plan: KeyPlan, answer: OnAnswer): HTMLElement {
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
          on: { click: () => answer(scheme, on ? null : typed(scheme, choice.value)) },
        },
        scale ? choice.value : words,
        key && !scale ? h("kbd", {}, key) : null,
      );
    }),
    unsureButton(scheme, plan, value, answer),
  );
}

/** "Cannot say" is an answer like the others, and stays out of every average. */
function unsureButton(scheme: Scheme, plan: KeyPlan, value: TagValue | undefined, answer: OnAnswer): HTMLElement {
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
      on: { click: () => answer(scheme, on ? null : CANNOT_SAY) },
    },
    scheme.kind === "ordinal" ? (key ? null : "–") : t("Cannot say"),
    key ? h("kbd", {}, key) : null,
  );
}

/** What the chosen answer means; of a scale without an answer, what its ends mean. */
export function chosenHelp(scheme: Scheme, value: TagValue | undefined, open: boolean): HTMLElement | null {
  if (value === CANNOT_SAY) return h("p", { class: "wb-help" }, t("Cannot say"));
  if (scheme.kind !== "ordinal" || open) return null;
  const choice = active(scheme).find((item) => value !== undefined && same(value, item.value));
  const low = said(active(scheme)[0]?.label ?? "");
  const high = said(active(scheme).at(-1)?.label ?? "");
  return choice
    ? h("p", { class: "wb-help wb-help-answer" }, said(choice.label ?? ""))
    : h("p", { class: "wb-help wb-scale-ends" }, h("span", {}, low), h("span", {}, high));
}

/** What somebody else answered; `key`, where it has one, answers the same. */
export function otherView(scheme: Scheme, tag: Tag, answer: OnAnswer, key: string | null): HTMLElement {
  const sure = tag.confidence === undefined ? "" : ` ${percent(tag.confidence)}`;
  const take = (): void => answer(scheme, tag.value);
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
      key ? h("kbd", { class: "wb-take-key" }, key) : null,
    ),
  );
}
