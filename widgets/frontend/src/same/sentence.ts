// A rule as a sentence. No element is touched here.
import { key, t } from "../core/i18n.ts";
import { roleName } from "../edit/turnform.ts";
import type { Rule } from "./types.ts";

export const PLACES: Record<Rule["at"], string> = {
  "": key("anywhere"),
  start: key("at the start of a turn"),
  end: key("at the end of a turn"),
  whole: key("turns that say only this"),
};

/** "assistant, at the start of a turn: leave out “Certainly!”" */
export function inWords(rule: Rule): string {
  const who = rule.roles.length > 0 ? rule.roles.map(roleName).join(" + ") : t("everybody");
  const where = rule.at ? `${who}, ${t(PLACES[rule.at])}` : who;
  return t("{where}: {what}", { where, what: whatItDoes(rule) });
}

/** Without who and where: "leave out “Certainly!”" */
export function whatItDoes(rule: Rule): string {
  const [find, by] = [oneLine(rule.find), oneLine(rule.by)];
  if (!find) return t("add “{by}”", { by });
  return by ? t("“{find}” becomes “{by}”", { find, by }) : t("leave out “{find}”", { find });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Whether the rule names slots, so that what they mean has to be said. */
export function hasSlots(rule: Rule): boolean {
  return rule.slots && /\{(number|name|word)\d*\}/i.test(rule.find);
}
