// The end of a queue: what was decided, how fast, and what it says about agreement.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDecimals, inDigits, labelled, t, tn } from "../core/i18n.ts";
import type { Scheme, TagValue } from "../core/nouns.ts";
import { CANNOT_SAY, inFullWords, inWords, titleOf } from "../tags/answers.ts";
import { line } from "../text/body.ts";
import { button, stat } from "../work/parts.ts";
import { duration, flipWords } from "./numbers.ts";
import { round } from "./rounding.ts";
import type { AgainResult, OpenQueue, Results } from "./types.ts";

export interface EndOptions {
  ctx: Ctx;
  queue: OpenQueue;
  onQueues: () => void;
  onMore: () => void;
}

export function endPage(options: EndOptions): HTMLElement {
  const { ctx, queue } = options;
  const page = h("div", { class: "wb-review-end", tabindex: -1 }, loading());
  const load = (): void =>
    void ctx
      .call<Results>("review.results", { id: queue.queue.id })
      .then((results) => fill(page, ...content(options, results)))
      .catch((error) => fill(page, failed(error, load)));
  load();
  return page;
}

function content(options: EndOptions, results: Results): HTMLElement[] {
  const { queue } = options;
  const { pace } = results;
  const named = new Map(queue.schemes.map((scheme) => [scheme.name, scheme]));
  const left = results.total - results.done;
  return [
    h(
      "div",
      { class: "wb-head" },
      h("h2", {}, left > 0 ? t("So far") : t("All done")),
      h("p", { class: "wb-lead" }, line(queue.queue.name)),
    ),
    h(
      "div",
      { class: "wb-stats" },
      stat(inDigits(results.done), tn("conversation", "conversations", results.done)),
      stat(inDigits(pace.decisions), tn("decision", "decisions", pace.decisions)),
      stat(pace.per_minute ? inDecimals(pace.per_minute, 1) : "–", t("decisions a minute"), "", t("Breaks of more than a minute are left out")),
      stat(pace.middle ? t("{n} s", { n: inDecimals(pace.middle, 1) }) : "–", t("middle time of a decision")),
      stat(pace.seconds ? duration(pace.seconds / 60) : "–", t("of work")),
    ),
    ...results.again.map((one) => again(one, named.get(one.scheme))),
    ...(queue.queue.order === "again" ? [] : results.answers.map((one) => answers(one, named.get(one.scheme)))),
    ...figures(results, named),
    h(
      "div",
      { class: "wb-row" },
      button(t("All queues"), options.onQueues, { tone: "primary", name: "queues" }),
      left > 0 ? button(t("Go on"), options.onMore, { name: "more" }) : null,
      h("span", { class: "wb-quiet" }, t("Enter: all queues")),
    ),
  ];
}

function answers(one: Results["answers"][number], scheme: Scheme | undefined): HTMLElement {
  const most = Math.max(1, ...one.values.map((item) => item.count));
  const listed = [...one.values].sort((a, b) => place(scheme, a.value) - place(scheme, b.value) || b.count - a.count);
  return h(
    "section",
    { class: "wb-sec" },
    h("h3", {}, scheme ? titleOf(scheme) : one.scheme),
    listed.length === 0
      ? h("p", { class: "wb-quiet" }, t("No answer."))
      : h(
          "dl",
          { class: "wb-bars" },
          ...listed.slice(0, 20).flatMap((item) => [
            h("dt", { class: "wb-clip" }, line(label(scheme, item.value))),
            h(
              "dd",
              {},
              h("span", { class: "wb-bar", style: { width: `${(70 * item.count) / most}%` } }),
              h("span", { class: "wb-numbers" }, inDigits(item.count)),
            ),
          ]),
        ),
  );
}

function label(scheme: Scheme | undefined, value: TagValue): string {
  return scheme ? inFullWords(scheme, value) : inWords(scheme, value);
}

/** A scale keeps its order; elsewhere the most frequent come first, "cannot say" last. */
function place(scheme: Scheme | undefined, value: unknown): number {
  if (value === CANNOT_SAY) return 1e9;
  return scheme?.kind === "ordinal" ? Number(value) : 0;
}

function again(one: AgainResult, scheme: Scheme | undefined): HTMLElement {
  return h(
    "section",
    { class: "wb-sec" },
    h("h3", {}, t("{what}: you against yourself", { what: scheme ? titleOf(scheme) : one.scheme })),
    h(
      "div",
      { class: "wb-stats" },
      stat(one.percent === null ? "–" : t("{n} %", { n: round(one.percent) }), t("the same answer again")),
      stat(one.kappa === null ? "–" : inDecimals(one.kappa, 2), t("Cohen's kappa"), "", t("1 is perfect, 0 is what chance alone gives")),
      stat(inDigits(one.pairs), t("asked twice")),
    ),
    one.left_out > 0
      ? h("p", { class: "wb-help" }, tn("{n} pair with a “cannot say” is left out.", "{n} pairs with a “cannot say” are left out.", one.left_out))
      : null,
    one.differing.length > 0
      ? h(
          "table",
          { class: "wb-table" },
          h("thead", {}, h("tr", {}, h("th", {}, t("Conversation")), h("th", {}, t("Before")), h("th", {}, t("Again")))),
          h(
            "tbody",
            {},
            ...one.differing.map((item) =>
              h(
                "tr",
                {},
                h("td", {}, line(item.title)),
                h("td", {}, line(label(scheme, item.before))),
                h("td", {}, line(label(scheme, item.again))),
              ),
            ),
          ),
        )
      : null,
    h("p", { class: "wb-help" }, t("Your first answers stay as they are.")),
  );
}

function figures(results: Results, named: Map<string, Scheme>): HTMLElement[] {
  const lines = results.agreement.flatMap((one) => {
    const scheme = named.get(one.scheme);
    const title = scheme ? titleOf(scheme) : one.scheme;
    const flips = flipWords(results.flips.find((item) => item.scheme === one.scheme)!);
    const agree =
      one.units > 0
        ? [
            tn(
              "{percent} % agreement with others on {n} conversation",
              "{percent} % agreement with others on {n} conversations",
              one.units,
              { percent: round(one.percent ?? 0) },
            ) + (one.disputed > 0 ? `, ${tn("{n} disputed", "{n} disputed", one.disputed)}.` : "."),
          ]
        : [];
    return [...agree, ...flips].map((text) => h("p", {}, h("strong", {}, labelled(title)), text));
  });
  return lines.length > 0 ? [h("section", { class: "wb-sec" }, h("h3", {}, t("Beside the others")), ...lines)] : [];
}
