// The step that goes on from what was approved: what it would cost by now, its settings, and its start.
import type { Act } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { inWords } from "../core/notice.ts";
import { button, keyed, newest, settled } from "../work/parts.ts";
import { price, type Estimate } from "./generate_estimate.ts";
import { parameterForm, type ParameterForm } from "./generate_form.ts";
import { budgetFields, type BudgetFields } from "./generate_limits.ts";
import type { Proposed } from "./approve_types.ts";

export interface NextBox {
  element: HTMLElement;
  /** The state of approval as it is now. */
  draw(found: Proposed): void;
  start(): void;
  /** The step as it would start now. */
  acts(): Act[];
  close(): void;
}

/** "7 drafts at most, 42 calls, about 12,300 tokens, $0.04 (at most $0.09)". */
export function costInWords(estimate: Estimate): string {
  const drafts = tn("{n} draft at most", "{n} drafts at most", estimate.drafts ?? 0);
  if (!estimate.calls) return `${drafts}, ${t("no model calls, no cost")}`;
  const tokens = (estimate.prompt_tokens ?? 0) + (estimate.completion_tokens ?? 0);
  const most = estimate.usd_most && estimate.usd !== undefined ? ` ${t("(at most {price})", { price: price(estimate.usd_most) })}` : "";
  return `${drafts}, ${tn("{n} call, about {tokens} tokens, price: {price}", "{n} calls, about {tokens} tokens, price: {price}", estimate.calls, { tokens: inDigits(tokens), price: price(estimate.usd) })}${most}`;
}

export function nextBox(ctx: Ctx, started: (run: string) => void): NextBox {
  const title = h("strong", {});
  const told = h("span", { class: "wb-numbers", role: "status" });
  const more = h("details", { class: "wb-more" });
  const go = button(keyed(t("Start the next step"), "g"), () => void start(), { tone: "primary", name: "approve-next" });
  const element = h("section", { class: "wb-approve-next", "aria-label": t("The next step") }, h("div", { class: "wb-stack wb-grow" }, h("div", { class: "wb-wrap" }, h("span", { class: "wb-quiet" }, t("Next step")), title), told, more), go);
  let now: Proposed | null = null;
  let form: ParameterForm | null = null;
  let limits: BudgetFields | null = null;
  let priced = "";
  const take = newest();
  const ready = (): number => now?.counts.ready ?? 0;
  const ask = async (): Promise<void> => {
    const ticket = take();
    const params = form?.values();
    if (!now || ready() === 0) return;
    if (!params) return void (told.textContent = t("The estimate comes when all fields can be read."));
    try {
      const found = await ctx.call<Estimate>("approve.estimate", { run: now.run, params });
      if (!ticket.old() && ready() > 0) told.textContent = tn("from {n} approved: {cost}", "from {n} approved: {cost}", found.rows ?? 0, { cost: costInWords(found) });
    } catch (error) {
      if (!ticket.old()) told.textContent = inWords(error).message;
    }
  };
  const later = settled(() => void ask(), 200);
  const start = async (): Promise<void> => {
    const params = form?.values(true);
    const budget = limits ? limits.values(true) : {};
    if (!now || ready() === 0 || go.disabled) return;
    if (!params || !budget) return void more.setAttribute("open", "");
    go.disabled = true;
    try {
      started((await ctx.call<{ run: string }>("approve.run", { run: now.run, params, budget })).run);
    } catch (error) {
      ctx.notice(error);
    } finally {
      go.disabled = ready() === 0;
    }
  };
  const build = (found: Proposed): void => {
    form = parameterForm(found.next.form, later);
    limits = found.next.needs_model ? budgetFields(() => {}) : null;
    title.textContent = said(found.next.title);
    fill(more, h("summary", {}, t("Settings of the next step")), h("div", { class: "wb-approve-form" }, form.element, limits?.element), limits ? h("p", { class: "wb-help" }, t("Without a limit of its own it has what is left of the first step's limit.")) : null);
  };
  return {
    element,
    draw(found) {
      if (now?.run !== found.run) build(found);
      now = found;
      go.disabled = ready() === 0;
      if (ready() === 0) {
        take();
        priced = "";
        told.textContent = t("nothing is sent before you approve something");
        return;
      }
      const state = `${found.run}:${ready()}:${found.counts.used}`;
      if (state !== priced) later();
      priced = state;
    },
    start: () => void start(),
    acts() {
      const params = form?.values();
      const budget = limits ? limits.values() : {};
      return now && params && budget && ready() > 0 ? [{ name: "approve.run", args: { run: now.run, params, budget } }] : [];
    },
    close: () => later.stop(),
  };
}
