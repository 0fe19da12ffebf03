// Asking a model about the drafts: what it would take, a limit, and what was asked before. It decides nothing.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { button, field, keyed, newest, settled } from "../work/parts.ts";
import { comparisonInWords, distrustInWords, type Compared } from "./generate_comparison.ts";
import { lines, type Estimate } from "./generate_estimate.ts";
import { limitOf } from "./generate_limits.ts";
import { trustInWords, type Trust } from "./generate_opinion.ts";

const CANARIES = 10;
const SETTLED = 300;

export function openJudge(ctx: Ctx, from: HTMLElement, run: string | null, started: (run: string) => void): void {
  const count = h("input", { class: "wb-input wb-numbers", type: "text", inputmode: "numeric", value: String(CANARIES), data: { field: "canaries", first: "" } });
  const calls = h("input", { class: "wb-input wb-numbers", type: "text", inputmode: "numeric", placeholder: t("no limit"), data: { field: "judge-calls" } });
  const usd = h("input", { class: "wb-input wb-numbers", type: "text", inputmode: "decimal", placeholder: t("no limit"), data: { field: "judge-usd" } });
  const takes = h("div", { class: "wb-estimate", role: "status" }, loading());
  const before = h("div", { class: "wb-stack" });
  let pairs = false;
  const ways = waysOf((chosen) => {
    pairs = chosen;
    ask.disabled = true;
    fill(takes, loading());
    void estimate();
  });
  const whole = (element: HTMLInputElement): number | null => {
    const read = limitOf(element.value, true);
    element.classList.toggle("wb-invalid", "problem" in read);
    return "value" in read ? read.value : null;
  };
  const wrong = (element: HTMLInputElement): boolean => element.classList.contains("wb-invalid");
  const ask = button(keyed(t("Ask"), "Ctrl", "⏎"), () => void start(), { tone: "primary", name: "judge-start", disabled: true });
  const take = newest();
  const estimate = async (): Promise<void> => {
    const ticket = take();
    const many = whole(count) ?? 0;
    if (wrong(count)) return fill(takes, h("p", { class: "wb-help" }, t("The estimate comes when all fields can be read.")));
    try {
      const found = await ctx.call<Estimate>("judge.estimate", { run, count: many, pairs });
      if (ticket.old()) return;
      ask.disabled = !found.rows;
      fill(takes, ...(found.rows ? facts(found) : [h("p", { class: "wb-help" }, pairs ? t("There are no two candidates to compare: those of one request that differ in their last answer make a pair.") : t("There is no draft to ask about: none has a text and waits for a decision."))]));
    } catch (error) {
      if (!ticket.old()) fill(takes, failed(error, () => void estimate()));
    }
  };
  const later = settled(() => void estimate(), SETTLED);
  let starting = false;
  const start = async (): Promise<void> => {
    if (starting || ask.disabled) return;
    const dollars = limitOf(usd.value, false);
    const [many, most] = [whole(count) ?? 0, whole(calls)];
    usd.classList.toggle("wb-invalid", "problem" in dollars);
    if ("problem" in dollars || wrong(calls) || wrong(count)) return;
    const budget = { ...(most === null ? {} : { calls: most }), ...(dollars.value === null ? {} : { usd: dollars.value }) };
    starting = true;
    try {
      const begun = await ctx.call<{ run: string }>("judge.start", { run, count: many, budget, pairs });
      overlay.close();
      started(begun.run);
    } catch (error) {
      ctx.notice(error);
    } finally {
      starting = false;
    }
  };
  count.addEventListener("input", later);
  const overlay = openOverlay(
    rootOf(from),
    t("Ask a model about the drafts"),
    [
      h("h3", {}, t("Ask a model about the drafts")),
      h("p", {}, run ? t("Those of this run that nobody decided on.") : t("All that nobody decided on."), " ", t("It gives marks and a reason; it accepts and rejects nothing.")),
      ways,
      h("div", { class: "wb-three" }, field(t("Test conversations of each kind"), count), field(t("Calls, at most"), calls), field(t("US dollars, at most"), usd)),
      takes,
      before,
      h("div", { class: "wb-row wb-sheet-foot" }, ask, button(keyed(t("Close"), "Esc"), () => overlay.close(), { tone: "quiet" })),
    ],
    () => (take(), later.stop(), off()),
  );
  const off = bindKeys(overlay.element, () => [{ keys: ["Ctrl+Enter"], label: t("Ask"), fixed: true, inText: true, run: () => void start() }]);
  void estimate();
  void Promise.all([ctx.call<Trust[]>("judge.list"), ctx.call<Compared[]>("judge.pairs")]).then(([found, compared]) => fill(before, earlier(found, compared)), () => {});
}

function facts(found: Estimate): HTMLElement[] {
  const shown = lines(found).filter(([name]) => name !== t("Drafts, most"));
  const fact = ([name, value]: [string, string]): HTMLElement => h("div", { class: "wb-fact" }, h("span", { class: "wb-quiet" }, name), h("span", { class: "wb-numbers" }, value));
  return [h("div", { class: "wb-facts" }, ...shown.map(fact)), h("p", { class: "wb-help" }, said(found.model ?? ""))];
}

const SHOWN = 3;

/** What is asked: about each draft, or about candidates two by two. */
function waysOf(choose: (pairs: boolean) => void): HTMLElement {
  const element = h("div", { class: "wb-row wb-judge-ways", role: "group", "aria-label": t("What to ask") });
  const told = h("p", { class: "wb-help" });
  const tested = h("p", { class: "wb-help" });
  const draw = (pairs: boolean): void => {
    for (const one of element.querySelectorAll("button")) one.setAttribute("aria-pressed", String((one.dataset["ways"] === "pairs") === pairs));
    told.textContent = pairs ? t("Two candidates of one request at a time, each pair in both orders: a verdict that changes with the order counts as no difference.") : t("Marks for each draft, which is shown with what it was made from.");
    tested.textContent = pairs ? t("Test pairs are mixed in unmarked, an answer against the same with a planted mistake: they say how far the model can be relied on.") : t("Conversations of known worth are mixed in unmarked, half of them with a planted mistake: they say how far the model can be relied on.");
  };
  const way = (name: string, text: string): HTMLElement => h("button", { class: "wb-button wb-button-quiet wb-button-small", data: { ways: name }, on: { click: () => (draw(name === "pairs"), choose(name === "pairs")) } }, text);
  element.append(way("each", t("Each draft")), way("pairs", t("Candidates against each other")));
  draw(false);
  return h("div", { class: "wb-stack" }, element, told, tested);
}

function earlier(found: Trust[], compared: Compared[]): HTMLElement | null {
  if (found.length + compared.length === 0) return null;
  return h(
    "section",
    { class: "wb-sec" },
    h("h4", {}, t("Asked before")),
    ...found.slice(0, SHOWN).map((trust) =>
      h("p", { class: trust.reliable ? "" : "wb-opinion-doubt" }, `${tn("{n} draft", "{n} drafts", trust.drafts)}, ${t("{n} worth a look", { n: inDigits(trust.flagged) })}. ${trustInWords(trust)} `, trust.reliable ? null : h("strong", {}, t("do not rely on it"))),
    ),
    ...compared.slice(0, SHOWN).map((one) =>
      h("p", { class: one.distrust ? "wb-opinion-doubt" : "", data: { compared: one.run } }, `${tn("{n} pair", "{n} pairs", one.pairs)}, ${tn("{n} with a better one", "{n} with a better one", one.decided)}. ${comparisonInWords(one)} `, one.distrust ? h("strong", {}, distrustInWords(one)) : null),
    ),
  );
}
