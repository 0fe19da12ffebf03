// A button that copies a text and says so on itself.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { copyText } from "./copy.ts";

const TOLD_MS = 1600;

export function copyButton(text: () => string, label: string, name = "copy", small = true): HTMLButtonElement {
  const words = h("span", { "aria-live": "polite" }, label);
  const element = h(
    "button",
    { class: `wb-button${small ? " wb-button-small" : ""} wb-copy`, data: { action: name }, on: { click: () => void go() } },
    words,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const go = async (): Promise<void> => {
    element.style.setProperty("min-width", `${element.offsetWidth}px`);
    words.textContent = (await copyText(text())) ? t("Copied") : t("Press Ctrl+C");
    clearTimeout(timer);
    timer = setTimeout(() => (words.textContent = label), TOLD_MS);
  };
  return element;
}
