// Texts that are shown or heard one after the other: each is a sentence, and ends before the next one begins.
import { spokenLanguage } from "./i18n.ts";

/** A mark that ends a sentence, perhaps with a bracket or quotation mark behind it. */
const ENDED = /[.!?…。！？:：;；][)\]"'”’»」）]*$/u;

/** The texts in one line, empty ones left out, with a full stop where one does not end by itself; the last stays as it is. */
export function sentences(...texts: string[]): string {
  const chinese = spokenLanguage() === "zh";
  return texts
    .map((text) => text.trim())
    .filter(Boolean)
    .map((text, at, all) => (at === all.length - 1 ? text : ended(text, chinese)))
    .join("");
}

function ended(text: string, chinese: boolean): string {
  if (!ENDED.test(text)) return text + (chinese ? "。" : ". ");
  return /[。！？：；]/u.test(text.at(-1)!) ? text : `${text} `;
}
