// Why a draft is rejected: a short list by digit, or one's own words. Rejected drafts are kept with their reason.
import { h } from "../core/dom.ts";
import { key, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { button } from "../work/parts.ts";

export const REASONS = [
  key("not natural"),
  key("wrong or made up"),
  key("off topic"),
  key("too close to the original"),
  key("does not keep the meaning"),
  key("unsafe or personal data"),
  key("broken text or language"),
];

export function askReason(from: HTMLElement, onReason: (reason: string) => void): void {
  const own = h("input", { class: "wb-input", type: "text", placeholder: t("or in your own words"), "aria-label": t("Reason in your own words") });
  const give = (reason: string): void => {
    if (!reason.trim()) return own.focus();
    off();
    overlay.close();
    onReason(reason.trim());
  };
  const list = h(
    "div",
    { class: "wb-reasons", role: "group", "aria-label": t("Reasons") },
    ...REASONS.map((reason, at) => {
      const choice = h("button", { class: "wb-reason", on: { click: () => give(reason) } }, h("kbd", {}, at + 1), t(reason));
      if (at === 0) choice.dataset["first"] = "";
      return choice;
    }),
  );
  const overlay = openOverlay(rootOf(from), t("Why is it rejected?"), [
    h("h3", {}, t("Why is it rejected?")),
    list,
    h("div", { class: "wb-row" }, own, button(t("Reject"), () => give(own.value), { tone: "danger" })),
  ], () => off());
  const off = bindKeys(overlay.element, () => [
    ...REASONS.map((reason, at) => ({ keys: [String(at + 1)], label: t(reason), fixed: true, run: () => give(reason) })),
    { keys: ["Enter"], inText: true, label: t("Reject"), fixed: true, run: (event: KeyboardEvent) => (event.target === own ? give(own.value) : false) },
    { keys: ["ArrowDown", "j"], label: t("Next"), fixed: true, run: () => step(list, 1) },
    { keys: ["ArrowUp", "k"], label: t("Before"), fixed: true, run: () => step(list, -1) },
  ]);
}

function step(list: HTMLElement, by: number): void {
  const choices = [...list.querySelectorAll<HTMLElement>("button")];
  const at = choices.indexOf(document.activeElement as HTMLElement);
  choices[Math.min(Math.max(at + by, 0), choices.length - 1)]?.focus();
}
