// The numbers over what a run gave: rows, what passed, what people accepted, and what an accepted draft took.
import { h } from "../core/dom.ts";
import { inDigits, inFirstDigits, percent, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { price } from "./generate_estimate.ts";
import type { RunYield } from "./yield_types.ts";

/** What a person asks first; what is not known is called unknown. */
export function facts(given: RunYield): HTMLElement {
  const shown = given.judged === null ? ofDrafts(given) : ofOpinions(given, given.judged);
  shown.push(...inDoubt(given));
  if (given.estimated) shown.push([t("calls with estimated tokens"), inDigits(given.estimated)]);
  return h("div", { class: "wb-yield-facts" }, ...shown.map(([name, value]) => h("div", { class: "wb-yield-fact" }, h("b", { class: "wb-numbers" }, value), h("span", {}, name))));
}

/** What was maybe charged, where anything was. */
export function inDoubt(given: RunYield): [string, string][] {
  const doubt = given.usd_in_doubt;
  return doubt === 0 ? [] : [[t("maybe charged"), doubt === null ? t("at an unknown price") : t("up to {price}", { price: price(doubt) })]];
}

/** A line for each model of a run that asked several; null for one model. */
export function byModel(given: RunYield): HTMLElement | null {
  if (!given.models?.length) return null;
  const told = given.models.map((one) => {
    const numbers = { made: inDigits(one.made), accepted: inDigits(one.accepted), rejected: inDigits(one.rejected), calls: inDigits(one.calls), price: price(one.usd) };
    const doubt = one.usd_in_doubt === 0 ? "" : ` · ${t("maybe charged")} ${one.usd_in_doubt === null ? t("at an unknown price") : t("up to {price}", { price: price(one.usd_in_doubt) })}`;
    return h("li", {}, h("b", {}, line(one.asked_as || one.model)), one.asked_as ? h("span", { class: "wb-quiet" }, " ", line(one.model)) : ` (${t("at an earlier address")})`, ` ${t("texts: {made} · accepted: {accepted} · rejected: {rejected} · calls: {calls} · cost: {price}", numbers)}${doubt}`);
  });
  return h("ul", { class: "wb-yield-models wb-numbers", "aria-label": t("By model") }, ...told);
}

function ofOpinions(given: RunYield, judged: number): [string, string][] {
  return [
    [t("with an opinion"), t("{n} of {all}", { n: inDigits(judged), all: inDigits(given.requested) })],
    [t("cost"), price(given.usd)],
    [t("minutes"), minutes(given.minutes)],
  ];
}

function ofDrafts(given: RunYield): [string, string][] {
  const passed = given.everything.passed.drafts;
  const share = given.made > 0 ? ` (${percent(passed / given.made)})` : "";
  const each = given.accepted === 0 ? t("nothing accepted yet") : null;
  return [
    [t("with a text"), t("{n} of {all}", { n: inDigits(given.made), all: inDigits(given.requested) })],
    [t("passed all gates"), `${inDigits(passed)}${share}`],
    [t("accepted by people"), inDigits(given.accepted)],
    [t("cost per accepted"), each ?? price(given.each.usd)],
    [t("minutes per accepted"), each ?? minutes(given.each.minutes)],
  ];
}

export function minutes(value: number | null): string {
  if (value === null) return t("unknown");
  if (value > 0 && value < 0.01) return t("less than {n}", { n: inDigits(0.01) });
  return inFirstDigits(value, 2);
}
