// Small windows of a review: why a dispute is settled so, all examples, and what something is an example of.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { labelled, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import type { Scheme, TagValue } from "../core/nouns.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { inFullWords, titleOf } from "../tags/answers.ts";
import { line } from "../text/body.ts";
import { offerKeys, offerOf, type Offer } from "./choices.ts";
import type { Example } from "./types.ts";

/** Ask for the reason of a decision between others; it may stay empty. */
export function openReason(from: HTMLElement, scheme: Scheme, value: TagValue, onSave: (note: string) => void): void {
  const text = h("textarea", {
    class: "wb-textarea",
    data: { first: "" },
    "aria-label": t("Why"),
    placeholder: t("Why? The others read this."),
  });
  const save = (): void => {
    overlay.close();
    onSave(text.value.trim());
  };
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    save();
  });
  const overlay = openOverlay(rootOf(from), t("Settle"), [
    h("h3", {}, labelled(titleOf(scheme)), line(inFullWords(scheme, value))),
    text,
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("span", { class: "wb-quiet wb-grow" }, t("Enter settles it. Nobody's answer is overwritten.")),
      h("button", { class: "wb-button wb-button-primary", on: { click: save } }, t("Settle")),
    ),
  ]);
}

/** All examples of a question, by choice, with a way to drop one. */
export function openExamples(
  from: HTMLElement,
  ctx: Ctx,
  scheme: Scheme,
  examples: Example[],
  onChange: (examples: Example[]) => void,
): void {
  const list = h("div", { class: "wb-example-list" });
  const draw = (shown: Example[]): void =>
    fill(
      list,
      shown.length === 0 ? h("p", { class: "wb-quiet" }, t("There is no example yet. x names one.")) : null,
      ...shown.map((example) =>
        h(
          "div",
          { class: "wb-example-card" },
          h(
            "div",
            { class: "wb-row" },
            h("strong", { class: "wb-grow" }, line(inFullWords(scheme, example.value))),
            line(example.author, "wb-quiet"),
            h(
              "button",
              { class: "wb-button wb-button-small wb-button-quiet", on: { click: () => void drop(example) } },
              t("Show it no longer"),
            ),
          ),
          h("p", {}, line(example.text)),
          example.note ? h("p", { class: "wb-help" }, line(example.note)) : null,
        ),
      ),
    );
  const drop = async (example: Example): Promise<void> => {
    try {
      const { sample: id, value, turn } = example;
      const args = { id, scheme: scheme.name, value, on: false, ...(turn ? { turn } : {}) };
      const left = await ctx.call<Example[]>("review.example", args);
      onChange(left);
      draw(left);
    } catch (error) {
      ctx.notice(error);
    }
  };
  draw(examples);
  openOverlay(rootOf(from), t("Examples"), [
    h("h3", {}, t("Examples: {what}", { what: titleOf(scheme) })),
    list,
    h("span", { class: "wb-quiet" }, t("Esc closes")),
  ]).element.classList.add("wb-overlay-wide");
}

/** Which choice is this an example of? One key says it. */
export function openExamplePick(
  from: HTMLElement,
  scheme: Scheme,
  offers: Offer[],
  onPick: (value: TagValue) => void,
): void {
  const pick = (offer: Offer): void => {
    overlay.close();
    onPick(offer.value);
  };
  const list = h(
    "div",
    { class: "wb-offers", tabindex: -1, data: { first: "" } },
    ...offers.map((offer) =>
      h(
        "button",
        { class: "wb-offer", on: { click: () => pick(offer) } },
        h("kbd", {}, offer.key),
        h("span", { class: "wb-grow" }, offer.words),
      ),
    ),
  );
  const overlay = openOverlay(rootOf(from), t("Example"), [
    h("h3", {}, t("An example of which answer? ({what})", { what: titleOf(scheme) })),
    list,
    h("p", { class: "wb-help" }, t("It is shown beside the question. This answers nothing.")),
  ]);
  bindKeys(overlay.element, () =>
    offerKeys(offers).map((name) => ({ keys: [name], label: "", run: () => pick(offerOf(offers, name)!) })),
  );
}
