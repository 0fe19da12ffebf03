// The interface in the person's language. The English text is the key; a catalogue holds the other languages' words.
//
// Write `t("Save")` and `t("Saved {what}", { what })` where text is drawn; `tn("{n} turn", "{n} turns", n)` where a
// number decides the form; `key("Newest first")` for a text kept in a table and drawn later with `t(text)`. Texts that
// come from Python (titles, guidelines, errors) go through `said(text)`. Sample text never goes through any of them.

import { capital, ours } from "./opening.ts";
import { LONG, templatesOf, type Template } from "./templates.ts";

/** English -> this language. A list holds the forms for one and for many. A key with {holes} fits texts from Python too. */
export type Catalogue = Record<string, string | string[]>;
export type Values = Record<string, string | number>;

export const LANGUAGES: Record<string, string> = { en: "English", fr: "Français", zh: "中文" };

let language = "en";
let words: Catalogue = {};
let originals: Map<string, string> | null = null;
let templates: Template[] | null = null;

/** Use this language from now on. What is on the screen already stays until it is drawn again. */
export function speak(name: string, catalogue: Catalogue): void {
  language = name in LANGUAGES ? name : "en";
  words = catalogue;
  templates = null;
  originals = null;
}

/** The browser's language, as far as the screen speaks it. */
export function browsersLanguage(wanted: readonly string[] = globalThis.navigator?.languages ?? []): string {
  const known = wanted.map((name) => name.toLowerCase().split("-")[0]!).find((name) => name in LANGUAGES);
  return known ?? "en";
}

/** The English text of a translated one (the first in the alphabet, of several); the text itself where none is known. */
export function originalOf(text: string): string {
  originals ??= reversed();
  return originals.get(text) ?? text;
}

/** The language of the interface: "en", "fr" or "zh". */
export function spokenLanguage(): string {
  return language;
}

export function t(text: string, values: Values = {}): string {
  const found = words[text];
  return filled((Array.isArray(found) ? found.at(-1) : found) ?? text, values);
}

/** The form for a number; `{n}` is the number, written as the language writes it. The catalogue's key is `many`. */
export function tn(one: string, many: string, n: number, values: Values = {}): string {
  const found = words[many];
  const forms = Array.isArray(found) ? found : typeof found === "string" ? [found, found] : [one, many];
  const single = language === "fr" ? Math.abs(n) < 2 : n === 1;
  return filled((single ? forms[0] : forms[1]) ?? many, { n: inDigits(n), ...values });
}

function reversed(): Map<string, string> {
  const entries = Object.entries(words).sort(([one], [two]) => (one < two ? 1 : -1));
  return new Map(entries.flatMap(([from, to]) => (typeof to === "string" ? [[to, from] as const] : [])));
}

/** Marks a text for the catalogue; draw it with `t`. */
export function key(text: string): string {
  return text;
}

/** A text of the workbench that came from Python: known as a whole, or as a template with holes; else as it is. */
export function said(text: string): string {
  const found = words[text];
  if (typeof found === "string") return found;
  if (language === "en" || !text) return text;
  const [message, hint] = hinted(text);
  return hint ? `${said(message)} (${said(hint)})` : fitted(text, 0);
}

/** An error in one line, "what is wrong (what helps)": both parts where what helps is a sentence of ours. */
function hinted(text: string): [string, string] {
  for (let at = text.indexOf(" ("); at > 0 && text.endsWith(")"); at = text.indexOf(" (", at + 1)) {
    const hint = text.slice(at + 2, -1);
    if (typeof words[hint] === "string" && hint.includes(" ")) return [text.slice(0, at), hint];
  }
  return [text, ""];
}

/** The same, where it is a sentence of its own: it begins with a capital letter, unless with a name, a value or code. */
export function saidAlone(text: string): string {
  const found = words[text];
  if (typeof found === "string") return capital(found, text);
  const [template, values] = (language !== "en" && text && fitting(text, 0)) || [];
  if (!template) return ours(text) ? capital(text) : text;
  return template.text.startsWith("{") ? filled(template.text, values!) : capital(filled(template.text, values!), text);
}

function fitted(text: string, least: number): string {
  const found = fitting(text, least);
  return found ? filled(found[0].text, found[1]) : text;
}

/** The template that says most of those that fit, and what fills its holes; null where none does. */
function fitting(text: string, least: number): [Template, Values] | null {
  templates ??= templatesOf(words);
  for (const template of templates) {
    if (template.weight < least) break;
    const match = template.fits.exec(text);
    if (!match) continue;
    const values: Values = {};
    template.holes.forEach((hole, at) => (values[hole] = (template.typed[at] ? asTyped : inside)(match[at + 1]!)));
    return [template, values];
  }
  return null;
}

/** A share as Python writes it (`workbench.text.percent`). */
const SHARE = /^(\d+(?:\.\d+)?) %$/;

/** A number as Python writes it, with thousands apart or with decimals; a plain whole number is as good as it is. */
const NUMBER = /^-?(?=.*[,.])(?:\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/;

/** What fills a hole: a text of ours, a share and a number in the person's language; a value, above all a quoted one, as it is. */
function inside(value: string): string {
  const share = SHARE.exec(value);
  if (share) return percent(Number(share[1]) / 100, 1);
  const number = NUMBER.exec(value);
  if (number) return inDecimals(Number(value.replaceAll(",", "")), (number[1] ?? ".").length - 1);
  if (words[value]) return t(value);
  if (/^['"]/.test(value) || !value.includes(" ")) return value;
  const label = value.split(": ", 1)[0]!;
  return listed(value) ?? (label !== value && typeof words[label] === "string" ? saidLabel(value) : fitted(value, LONG));
}

/** Names and values that are to be typed, as they are; only that there are none is a word of ours. */
function asTyped(value: string): string {
  return value === "none" ? t(value) : value;
}

/** A list of texts of ours, one of several words at least; null where one is not known: that is a list of names. */
function listed(value: string): string | null {
  const parts = value.split(", ");
  const found: string[] = [];
  for (let from = 0; from < parts.length; ) {
    let to = parts.length; // a text may hold commas itself
    while (to > from && typeof words[parts.slice(from, to).join(", ")] !== "string") to -= 1;
    if (to === from) return null;
    found.push(parts.slice(from, to).join(", "));
    from = to;
  }
  return found.some((part) => part.includes(" ")) ? found.map((part) => t(part)).join(", ") : null;
}

/** A label and what it says, or only the beginning of that: French has a space before the colon. */
export function labelled(label: string, what = ""): string {
  return t("{label}: {what}", { label, what });
}

/** A label made of labels, "Domain: Cards / Tax": each part that is known, in the person's language. */
export function saidLabel(text: string): string {
  const whole = said(text);
  if (whole !== text) return whole;
  const [label, ...rest] = text.split(": ");
  if (rest.length === 0) return text.split(" / ").map(said).join(" / ");
  const [name, what] = [saidLabel(label!), saidLabel(rest.join(": "))];
  return name === label && what === rest.join(": ") ? text : labelled(name, what);
}

const formats = new Map<string, Intl.NumberFormat>();

/** A number as the language writes it, with at least and at most so many decimals. */
function written(n: number, least: number, most: number): string {
  const known = `${language} ${least} ${most}`;
  let format = formats.get(known);
  if (!format) formats.set(known, (format = new Intl.NumberFormat(language, { minimumFractionDigits: least, maximumFractionDigits: most })));
  return format.format(n);
}

/** A number with the language's separators, and its decimals, three at most, where it has any. */
export function inDigits(n: number): string {
  return written(n, 0, 3);
}

/** A number with exactly so many decimals. */
export function inDecimals(n: number, decimals: number): string {
  return written(n, decimals, decimals);
}

/** A number with so many decimals at most. */
export function atMost(n: number, decimals: number): string {
  return written(n, 0, decimals);
}

/** A number with so many digits that say something, from the first that is not 0. */
export function inFirstDigits(n: number, digits: number): string {
  return written(Number(n.toPrecision(digits)), 0, 20);
}

/** What stands before decimals and between thousands, as plotly wants to be told it. */
export function separators(): string {
  const parts = new Intl.NumberFormat(language).formatToParts(12345.6);
  return ["decimal", "group"].map((type) => parts.find((part) => part.type === type)!.value).join("");
}

/** A share, 0 to 1, in per cent as the language writes it, with at most so many decimals. */
export function percent(share: number, most = 0): string {
  return t("{n} %", { n: written(share * 100, 0, most) });
}

function shown(value: string | number): string {
  return typeof value === "number" ? inDigits(value) : value;
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => (name in values ? shown(values[name]!) : hole));
}
