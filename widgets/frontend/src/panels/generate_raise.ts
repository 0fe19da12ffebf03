// Raising the limit of a run where it was reached: what is spent, a field for each limit that is set, one button.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { inDigits, key, t } from "../core/i18n.ts";
import { button, field } from "../work/parts.ts";
import { price } from "./generate_estimate.ts";
import { limitOf } from "./generate_limits.ts";
import type { Budget, Limit, Run } from "./generate_types.ts";

const KINDS = ["usd", "tokens", "calls"] as const;
const LABELS: Record<(typeof KINDS)[number], string> = { usd: key("US dollars"), tokens: key("Tokens"), calls: key("Calls") };

/** The form; `send` gets the whole new limit. The button waits until one limit is higher than it was, and for the answer. */
export function raiseForm(limit: Limit, label: string, send: (budget: Budget) => Promise<void>): HTMLElement {
  const kinds = KINDS.filter((kind) => limit.budget[kind] != null);
  const inputs = new Map(kinds.map((kind) => [kind, h("input", { class: "wb-input wb-numbers", type: "text", inputmode: "decimal", value: String(limit.budget[kind]), placeholder: t("no limit"), data: { raise: kind } })]));
  const go = button(label, () => {
    const budget = raisedTo(limit, inputs);
    if (budget) {
      go.disabled = true;
      void send(budget).finally(() => (go.disabled = raisedTo(limit, inputs) === null));
    }
  }, { small: true, tone: "primary", name: "raise-limit", disabled: true });
  for (const [kind, input] of inputs) {
    input.addEventListener("input", () => {
      const read = limitOf(input.value, kind !== "usd");
      input.classList.toggle("wb-invalid", "problem" in read);
      input.title = "problem" in read ? read.problem : "";
      go.disabled = raisedTo(limit, inputs) === null;
    });
  }
  return h(
    "div",
    { class: "wb-raise" },
    ...kinds.map((kind) => field(t(LABELS[kind]), inputs.get(kind)!, t("spent: {n}", { n: kind === "usd" ? price(limit.usd) : inDigits(limit[kind]) }))),
    h("div", { class: "wb-wrap" }, go, h("span", { class: "wb-help" }, t("Calls under way count with the most they can cost."))),
  );
}

/** For a run that stopped: it goes on under a higher limit. Null for a run without one. */
export function raiseOfRun(ctx: Ctx, run: Run, again: () => void): HTMLElement | null {
  if (!run.limit) return null;
  const box: HTMLDetailsElement = h(
    "details",
    { class: "wb-more", data: { raise: run.id } },
    h("summary", {}, t("Raise the limit")),
    raiseForm(run.limit, t("Raise the limit and go on"), (budget) => ctx.call("run.resume", { run: run.id, budget }).then(() => ((box.open = false), again()), (error) => (ctx.notice(error), again()))),
  );
  return box;
}

/** The new limit; null while a field cannot be read, or none of them is higher than before. */
function raisedTo(limit: Limit, inputs: Map<(typeof KINDS)[number], HTMLInputElement>): Budget | null {
  const budget: Budget = {};
  let higher = false;
  for (const [kind, input] of inputs) {
    const read = limitOf(input.value, kind !== "usd");
    if ("problem" in read) return null;
    if (read.value !== null) budget[kind] = read.value;
    higher ||= read.value === null || read.value > (limit.budget[kind] ?? 0);
  }
  return higher ? budget : null;
}
