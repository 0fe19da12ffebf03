// What could stand at the caret of a query: a field's name, or one of its values.
import { labelled, t } from "../core/i18n.ts";
import type { Field } from "../core/nouns.ts";
import { quoted } from "./parts.ts";

export interface Suggestion {
  /** The text that replaces characters `start` to `end`. */
  insert: string;
  label: string;
  help: string;
  start: number;
  end: number;
  /** The insert is a whole query, to be run at once. */
  whole?: boolean;
  /** The saved query it is: one that can be removed here. */
  saved?: string;
}

/** A value of a field: as it is written, and what a person calls it. */
export interface Value {
  value: string;
  label: string;
}

export interface Saved {
  name: string;
  query: string;
  title?: string;
}

const MOST = 8;
const MOST_RECENT = 6;

export function suggestions(
  text: string,
  caret: number,
  fields: Field[],
  values: (field: string) => Value[],
): Suggestion[] {
  const start = wordStart(text, caret);
  const word = text.slice(start, caret).replace(/^-/, "");
  const from = caret - word.length;
  const cut = /[:=]|>=|<=|>|</.exec(word);
  if (!cut) return word ? fieldsLike(word, from, caret, fields) : [];
  const field = word.slice(0, cut.index).replace(/@.*$/, "");
  const given = word.slice(cut.index + cut[0].length).replace(/^=/, "");
  return valuesLike(values(field), given, caret);
}

/** For an empty bar: what was asked lately, and what is saved. */
export function beginnings(text: string, recent: string[], saved: Saved[]): Suggestion[] {
  const end = text.length;
  const whole = (insert: string, label: string, help: string): Suggestion => ({
    insert,
    label,
    help,
    start: 0,
    end,
    whole: true,
  });
  return [
    ...recent.slice(0, MOST_RECENT).map((query) => whole(query, query, t("recent"))),
    ...saved
      .slice(0, MOST)
      .map((item) => ({ ...whole(`in:${quoted(item.name)}`, item.name, labelled(t("saved"), item.query || t("everything"))), saved: item.name })),
  ];
}

function valuesLike(values: Value[], given: string, caret: number): Suggestion[] {
  const last = given.replace(/^\((?:.*\sOR\s)?/, "");
  const typed = last.replace(/^"/, "").toLowerCase();
  const start = caret - last.length;
  const rank = ({ value, label }: Value): number => {
    if (value.toLowerCase().startsWith(typed)) return 0;
    return label.toLowerCase().startsWith(typed) ? 1 : 2;
  };
  return values
    .filter(({ value, label }) => `${value}\n${label}`.toLowerCase().includes(typed) && value.toLowerCase() !== typed)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST)
    .map(({ value, label }) => ({
      insert: `${quoted(value)} `,
      label: value,
      help: label === value ? "" : label,
      start,
      end: caret,
    }));
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
  // Inside a group of values, domain:(a OR b, the field stands before the parenthesis.
  const open = /[^\s(]+:\((?:[^()\s]+ OR )*$/.exec(text.slice(0, at));
  return open ? open.index : at;
}
