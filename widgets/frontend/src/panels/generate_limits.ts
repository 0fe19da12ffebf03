// How many conversations a run takes, what it may spend, and the seed that makes it repeatable.
import { h } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { field } from "../work/parts.ts";

export interface Limits {
  element: HTMLElement;
  /** At most this many conversations, null for all. */
  limit(): number | null;
  seed(): number;
  /** Whether identical requests are answered from the ledger. */
  reuse(): boolean;
  /** What the run may spend; null when a field cannot be read. */
  budget(complain?: boolean): Record<string, number> | null;
}

/** "" is no limit; anything else must be a number from 0. */
export function limitOf(typed: string, whole: boolean): { value: number | null } | { problem: string } {
  const text = typed.trim().replace(",", ".");
  if (text === "") return { value: null };
  const number = Number(text);
  if (!Number.isFinite(number) || number < 0) return { problem: t("A number from 0, or nothing for no limit.") };
  if (whole && !Number.isInteger(number)) return { problem: t("A whole number, or nothing for no limit.") };
  return { value: number };
}

/** `whole`: the recipe counts its selection as a whole, which is cut only when a person says so. */
export function limitFields(costs: boolean, whole: boolean, onChange: () => void): Limits {
  const rows = input(whole ? "" : "20", "limit");
  const seed = input("0", "seed");
  const reuse = h("input", { type: "checkbox", data: { field: "reuse" } });
  reuse.addEventListener("change", onChange);
  const spend = budgetFields(onChange);
  for (const element of [rows, seed]) element.addEventListener("input", () => (check(element, true), onChange()));
  const read = (element: HTMLInputElement, whole = true): number | null => {
    const answer = limitOf(element.value, whole);
    return "value" in answer ? answer.value : null;
  };
  return {
    element: h(
      "div",
      { class: "wb-stack" },
      h("div", { class: "wb-pair" }, field(t("At most"), rows), field(t("Seed"), seed)),
      costs
        ? h(
            "details",
            { class: "wb-more" },
            h("summary", {}, t("Stop the run when it has spent")),
            spend.element,
          )
        : null,
      costs ? h("label", { class: "wb-check", title: t("The same model, messages, settings and seed: the answer of the ledger is taken, nothing is sent.") }, reuse, t("Reuse answers to identical requests, at no cost")) : null,
    ),
    limit: () => read(rows),
    reuse: () => reuse.checked,
    seed: () => read(seed) ?? 0,
    budget: spend.values,
  };
}

export interface BudgetFields {
  element: HTMLElement;
  /** What may be spent; null when a field cannot be read. */
  values(complain?: boolean): Record<string, number> | null;
}

/** What a run may spend: dollars, tokens, calls, each with or without a limit. */
export function budgetFields(onChange: () => void): BudgetFields {
  const spend = { usd: input("", "usd"), tokens: input("", "tokens"), calls: input("", "calls") };
  for (const [name, element] of Object.entries(spend)) element.addEventListener("input", () => (check(element, name !== "usd"), onChange()));
  return {
    element: h(
      "div",
      { class: "wb-stack" },
      h("div", { class: "wb-three" }, field(t("US dollars"), spend.usd), field(t("Tokens"), spend.tokens), field(t("Calls"), spend.calls)),
      h("p", { class: "wb-help" }, t("A limit is hard: the call that could pass it is not sent.")),
    ),
    values(complain = false) {
      const budget: Record<string, number> = {};
      for (const [name, element] of Object.entries(spend)) {
        if (!check(element, name !== "usd")) {
          if (complain) (element.closest("details")?.setAttribute("open", ""), element.focus());
          return null;
        }
        const answer = limitOf(element.value, name !== "usd");
        if ("value" in answer && answer.value !== null) budget[name] = answer.value;
      }
      return budget;
    },
  };
}

function check(element: HTMLInputElement, whole: boolean): boolean {
  const answer = limitOf(element.value, whole);
  const wrong = "problem" in answer;
  element.classList.toggle("wb-invalid", wrong);
  element.title = wrong ? answer.problem : "";
  return !wrong;
}

function input(value: string, name: string): HTMLInputElement {
  return h("input", { class: "wb-input wb-numbers", type: "text", inputmode: "decimal", value, placeholder: t("no limit"), data: { field: name } });
}
