// The answers that are offered to one question, each with the one key that gives it.
import { percent, said } from "../core/i18n.ts";
import type { Scheme, Tag, TagValue } from "../core/nouns.ts";
import { CANNOT_SAY, inWords, same, typed } from "../tags/answers.ts";
import { active } from "../tags/assign.ts";

/** Keys with a meaning of their own while reviewing; "0" is "cannot say" everywhere. */
export const TAKEN = new Set([..."jksunxvab/?[]0", "Space", "Enter"]);

export interface Offer {
  key: string;
  value: TagValue;
  words: string;
  guideline: string;
}

/** Whether all answers are shown. Else there are too many: the quick ones have digits, all others are typed for. */
export function offersAll(scheme: Scheme): boolean {
  return scheme.kind !== "text" && scheme.kind !== "hierarchical" && active(scheme).length <= 9;
}

/**
 * A choice's own key where it is free, else its place as a digit. A scale's points are their own digits.
 * `quick` are the values with digits of a scheme whose answers are too many to show.
 */
export function offers(scheme: Scheme, quick: string[]): Offer[] {
  if (scheme.kind === "text") return [];
  const all = active(scheme);
  const shown = offersAll(scheme) ? all : quick.flatMap((value) => all.find((choice) => choice.value === value) ?? []);
  const taken = new Set<string>();
  return shown.slice(0, 9).map((choice, at) => {
    const own = offersAll(scheme) && choice.key && !TAKEN.has(choice.key) ? choice.key : "";
    const key = own && !taken.has(own) ? own : String(at + 1);
    taken.add(key);
    const value = scheme.kind === "multi" ? choice.value : typed(scheme, choice.value);
    const words = offersAll(scheme) ? said(choice.label || choice.value) : inWords(scheme, choice.value);
    return { key, value, words, guideline: said(choice.guideline ?? "") };
  });
}

/** The offer of a pressed key. Where choices have letters their place as a digit works as well. */
export function offerOf(list: Offer[], name: string): Offer | undefined {
  const own = list.find((offer) => offer.key === name);
  if (own) return own;
  return /^[1-9]$/.test(name) ? list[Number(name) - 1] : undefined;
}

/** Every key that `offerOf` knows. */
export function offerKeys(list: Offer[]): string[] {
  return [...new Set([...list.map((offer) => offer.key), ...list.map((_, at) => String(at + 1))])];
}

/** What a set of choices becomes when one of them is pressed; null when none is left. */
export function toggled(now: TagValue | undefined, value: string): TagValue | null {
  const picked = new Set(Array.isArray(now) ? now : []);
  if (!picked.delete(value)) picked.add(value);
  return picked.size > 0 ? [...picked].sort() : null;
}

/** Who else gave this answer: names, with how sure a machine is. */
export function givenBy(tags: Tag[], value: TagValue): string[] {
  return tags
    .filter((tag) => same(tag.value, value) || (Array.isArray(tag.value) && tag.value.includes(String(value))))
    .map((tag) => (tag.confidence === undefined ? tag.author : `${tag.author} ${percent(tag.confidence)}`));
}

export function chosen(now: TagValue | undefined, value: TagValue): boolean {
  if (now === undefined) return false;
  return Array.isArray(now) ? now.includes(String(value)) : same(now, value);
}

export { CANNOT_SAY };
