// The line under a widget that says what went wrong or what was done, in plain words.
import { fill, h } from "./dom.ts";
import { saidAlone, t } from "./i18n.ts";
import { CommandError } from "./rpc.ts";
import { sentences } from "./sentences.ts";

export interface Notices {
  element: HTMLElement;
  show(what: unknown): void;
  clear(): void;
}

interface Words {
  tone: "problem" | "remark";
  message: string;
  hint: string;
  /** A button beside it. */
  act?: { label: string; run: () => void };
}

/** Any thrown value, or plain text, as words for a person. */
export function inWords(what: unknown): Words {
  if (typeof what === "string") return { tone: "remark", message: what, hint: "" };
  if (what instanceof CommandError) return { tone: "problem", message: saidAlone(what.message), hint: saidAlone(what.hint) };
  if (what instanceof Error) {
    return {
      tone: "problem",
      message: t("This part of the screen failed: {what}", { what: what.message }),
      hint: t("Your saved work is not affected."),
    };
  }
  const shape = what as { message?: unknown; hint?: unknown; code?: unknown; act?: Words["act"] } | null;
  if (shape && typeof shape.message === "string") {
    const tone = shape.code ? "problem" : "remark";
    return { tone, message: saidAlone(shape.message), hint: saidAlone(String(shape.hint ?? "")), ...(shape.act ? { act: shape.act } : {}) };
  }
  return { tone: "problem", message: String(what), hint: "" };
}

/** The same in one line of text. */
export function inSentences(what: unknown): string {
  const { message, hint } = inWords(what);
  return sentences(message, hint);
}

const REMARK_MS = 6000;

/** What went wrong, ended as a sentence, and what helps. */
function inParts(words: Words): Array<string | HTMLElement> {
  if (!words.hint.trim()) return [words.message];
  const whole = sentences(words.message, words.hint);
  const hint = words.hint.trim();
  return [whole.slice(0, whole.length - hint.length), h("span", { class: "wb-notice-hint" }, hint)];
}

export function makeNotices(): Notices {
  const element = h("div", { class: "wb-notices", role: "status", "aria-live": "polite" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => {
    clearTimeout(timer);
    fill(element);
  };
  const show = (what: unknown): void => {
    clear();
    const words = inWords(what);
    fill(
      element,
      h(
        "div",
        { class: `wb-notice wb-notice-${words.tone}`, role: words.tone === "problem" ? "alert" : undefined },
        h(
          "span",
          { class: "wb-notice-text" },
          ...inParts(words),
        ),
        words.act ? h("button", { class: "wb-button wb-notice-act", data: { action: "notice-act" }, on: { click: () => (clear(), words.act!.run()) } }, words.act.label) : null,
        h("button", { class: "wb-icon-button", "aria-label": t("Close this message"), on: { click: clear } }, "✕"),
      ),
    );
    if (words.tone === "remark") timer = setTimeout(clear, words.act ? 2 * REMARK_MS : REMARK_MS);
  };
  return { element, show, clear };
}
