// A rule, what it fits and what was changed by it, each as a sentence. No element is touched here.
import { inDigits, key, t, tn } from "../core/i18n.ts";
import { roleName } from "../edit/turnform.ts";
import type { Rule } from "../replace/types.ts";
import type { Done, Report } from "./types.ts";

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

export function inOneLine(report: Report, out: number): string {
  const parts = [
    tn("Fits {n} of {read} read", "Fits {n} of {read} read", report.found, { read: inDigits(report.read) }),
    out > 0 ? tn("{n} taken out", "{n} taken out", out) : "",
    report.broken.length > 0 ? tn("a check speaks against {n} afterwards", "a check speaks against {n} afterwards", report.broken.length) : "",
    report.unsure > 0 ? tn("{n} worth a look", "{n} worth a look", report.unsure) : "",
    report.beyond > 0 ? tn("{n} more is beyond what one step may change", "{n} more are beyond what one step may change", report.beyond) : "",
    report.emptied > 0 ? tn("{n} turn would be left empty and stays as it is", "{n} turns would be left empty and stay as they are", report.emptied) : "",
    report.live > 0 ? tn("{n} is run turn by turn and left alone", "{n} are run turn by turn and left alone", report.live) : "",
  ];
  return parts.filter(Boolean).join(", ");
}

export function doneInWords(done: Done): string {
  const parts = [
    done.drafts > 0 ? tn("{n} draft changed", "{n} drafts changed", done.drafts) : "",
    done.samples > 0 ? tn("{n} conversation changed", "{n} conversations changed", done.samples) : "",
    done.conflicts > 0 ? tn("{n} was decided or changed meanwhile and left alone", "{n} were decided or changed meanwhile and left alone", done.conflicts) : "",
  ].filter(Boolean);
  return t("{what}. u takes it back.", { what: parts.join(", ") || t("nothing changed") });
}
