// What could stand at the caret of a query: a field's name, or one of its values.
import type { Field } from "../core/nouns.ts";
import { quoted } from "./parts.ts";

export interface Suggestion {
  /** The text that replaces characters `start` to `end`. */
  insert: string;
  label: string;
  help: string;
  start: number;
  end: number;
}

const MOST = 8;

export function suggestions(
  text: string,
  caret: number,
  fields: Field[],
  values: (field: string) => string[],
): Suggestion[] {
  const start = wordStart(text, caret);
  const word = text.slice(start, caret).replace(/^-/, "");
  const from = caret - word.length;
  const colon = word.indexOf(":");
  if (colon < 0) return word ? fieldsLike(word, from, caret, fields) : [];
  const typed = word
    .slice(colon + 1)
    .replace(/^[("]+/, "")
    .toLowerCase();
  return values(word.slice(0, colon))
    .filter((value) => value.toLowerCase().includes(typed) && value.toLowerCase() !== typed)
    .sort((a, b) => Number(b.toLowerCase().startsWith(typed)) - Number(a.toLowerCase().startsWith(typed)))
    .slice(0, MOST)
    .map((value) => ({
      insert: `${quoted(value)} `,
      label: value,
      help: "",
      start: caret - typed.length - quotesBefore(word, colon),
      end: caret,
    }));
}

function quotesBefore(word: string, colon: number): number {
  return word[colon + 1] === '"' ? 1 : 0;
}

function fieldsLike(word: string, start: number, end: number, fields: Field[]): Suggestion[] {
  const typed = word.toLowerCase();
  return fields
    .filter((field) => field.name.startsWith(typed))
    .slice(0, MOST)
    .map((field) => ({ insert: `${field.name}:`, label: `${field.name}:`, help: field.description, start, end }));
}

function wordStart(text: string, caret: number): number {
  let at = caret;
  while (at > 0 && !/[\s(]/.test(text[at - 1]!)) at -= 1;
  return at;
}
