// A change in words: what becomes of the answers, who gave them, what else mentions them.
import { inDigits, said, t, tn } from "../core/i18n.ts";
import type { Scheme, TagValue } from "../core/nouns.ts";
import { pathWords } from "../tags/answers.ts";
import { choicesOf, isTree, type Impact, type Saved, type Version } from "./types.ts";

const PEOPLE_NAMED = 3;
const VALUES_TOLD = 6;

/** The whole change in one sentence, for the line beside the save button. */
export function headline(impact: Impact, dirty: boolean): string {
  if (!dirty) return t("Nothing is changed yet.");
  const touched = impact.carried + impact.waiting;
  if (touched === 0) return t("No answer given so far is touched.");
  const answers = tn("{n} answer", "{n} answers", touched);
  return t("This touches {answers} of {people}, in {samples}.", { answers, people: peopleWords(impact.people ?? []), samples: tn("{n} conversation", "{n} conversations", impact.samples) });
}

export function peopleWords(people: string[]): string {
  if (people.length === 0) return t("machines only");
  if (people.length <= PEOPLE_NAMED) return people.join(", ");
  return t("{names} and {n} more", { names: people.slice(0, PEOPLE_NAMED).join(", "), n: inDigits(people.length - PEOPLE_NAMED) });
}

/** One line for every answer that changes, every slice that asks for it, and the builds that keep what they have. */
export function impactLines(impact: Impact, before: Scheme, after: Scheme): string[] {
  const values = impact.values ?? [];
  const lines = values.slice(0, VALUES_TOLD).map((item) => {
    const from = valueWords(before, item.value);
    if (item.review) return t("{n}: “{from}” – asked again, the answer stays until then", { n: tn("{n} answer", "{n} answers", item.answers), from });
    return t("{n}: “{from}” becomes “{to}”", { n: tn("{n} answer", "{n} answers", item.answers), from, to: valueWords(after, item.becomes) });
  });
  if (values.length > VALUES_TOLD) lines.push(tn("and {n} more", "and {n} more", values.length - VALUES_TOLD));
  for (const slice of impact.slices ?? [])
    lines.push(
      slice.query === slice.becomes
        ? t("Slice “{name}” asks for it and may find other conversations", { name: slice.name })
        : t("Slice “{name}” will ask for {query}", { name: slice.name, query: slice.becomes }),
    );
  const builds = impact.builds ?? [];
  if (builds.length > 0 && values.length > 0) lines.push(t("Builds made so far stay as they are: {names}", { names: builds.join(", ") }));
  return lines;
}

export function valueWords(scheme: Scheme, value: TagValue): string {
  if (Array.isArray(value)) return value.map((item) => valueWords(scheme, item)).join(", ");
  const choices = choicesOf(scheme).map((choice) => ({ ...choice, label: said(choice.label ?? "") }));
  if (isTree(scheme)) return pathWords(choices, String(value));
  return choices.find((choice) => choice.value === String(value))?.label || String(value);
}

export function savedWords(saved: Saved): string {
  const parts = [t("Saved.")];
  if (saved.carried > 0) parts.push(tn("{n} answer was carried over.", "{n} answers were carried over.", saved.carried));
  if (saved.waiting > 0) parts.push(tn("{n} answer waits for another look.", "{n} answers wait for another look.", saved.waiting));
  parts.push(t("u takes it all back."));
  return parts.join(" ");
}

/** The search that finds what waits: my own answers when there are some, else everybody's. */
export function waitingQuery(saved: Saved, author: string): string {
  const name = /^[\w.-]+$/.test(author) ? author : `"${author}"`;
  return saved.mine > 0 ? `stale@${name}:${saved.scheme.name}` : `stale:${saved.scheme.name}`;
}

export function versionWords(version: Version): string {
  const moved = Object.keys(version.moved).length;
  const parts = [tn("{n} choice", "{n} choices", version.choices)];
  if (moved > 0) parts.push(tn("{n} renamed, moved or merged", "{n} renamed, moved or merged", moved));
  if (version.review.length > 0) parts.push(tn("{n} split", "{n} split", version.review.length));
  return parts.join(" · ");
}
