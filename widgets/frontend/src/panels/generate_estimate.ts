// What a run will ask for, before it starts. What is not known is called unknown.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inDecimals, inDigits, inFirstDigits, said, t } from "../core/i18n.ts";
import { inSentences } from "../core/notice.ts";
import { settled } from "../work/parts.ts";
import { whole } from "../work/whole.ts";

/** As Python says it (flows.generate.Estimate); absent fields are not known. */
export interface Estimate {
  rows?: number;
  drafts?: number;
  calls?: number;
  prompt_tokens?: number;
  completion_tokens?: number;
  tokens_most?: number;
  usd?: number;
  usd_most?: number;
  notes?: string[];
  model?: string;
  /** What the next step would take if everything proposed is approved. */
  then?: Estimate;
  then_recipe?: string;
}

export interface EstimateArgs extends Record<string, unknown> {
  params: Record<string, unknown> | null;
}

export interface EstimateBox {
  element: HTMLElement;
  now(): void;
  later(): void;
  close(): void;
}

/** `start` is what the recipe starts from. */
export function lines(estimate: Estimate, start = "sample"): [string, string][] {
  const rounded = (n: number): string => inDigits(Math.round(n));
  const from: [string, string][] = start === "nothing" ? [] : [[start === "document" ? t("Documents") : t("Conversations"), rounded(estimate.rows ?? 0)]];
  const found: [string, string][] = [...from, [t("Drafts, most"), rounded(estimate.drafts ?? 0)]];
  if (!estimate.calls) return [...found, [t("Model calls"), t("none")]];
  const tokens = (estimate.prompt_tokens ?? 0) + (estimate.completion_tokens ?? 0);
  const most = estimate.usd_most && estimate.usd !== undefined ? ` ${t("(at most {price})", { price: price(estimate.usd_most) })}` : "";
  return [...found, [t("Model calls"), rounded(estimate.calls)], [t("Tokens, about"), rounded(tokens)], [t("Price"), `${price(estimate.usd)}${most}`]];
}

/** Small prices keep their first digits; no price at all is "unknown", which is not the same as nothing. */
export function price(usd: number | null | undefined): string {
  if (usd === null || usd === undefined) return t("unknown");
  if (usd === 0) return t("nothing");
  return `$${usd < 0.01 ? inFirstDigits(usd, 1) : inDecimals(usd, 2)}`;
}

export function estimateBox(ctx: Ctx, args: () => EstimateArgs | null, start: () => string = () => "sample"): EstimateBox {
  const element = h("div", { class: "wb-estimate", role: "status", "aria-label": t("Estimate") });
  const working = whole<EstimateArgs, Estimate>(ctx, {
    ask: "generate.estimate",
    read: "generate.estimated",
    alike: (one, other) => one["recipe"] === other["recipe"],
    inView: () => element.isConnected,
    slow: () => {
      if (!element.firstElementChild?.classList.contains("wb-facts")) fill(element, h("span", { class: "wb-quiet" }, t("The whole selection is looked at.")));
    },
    found: (estimate) => {
      element.removeAttribute("aria-busy");
      show(element, estimate, start());
    },
    failed: (error) => {
      element.removeAttribute("aria-busy");
      fill(element, h("span", { class: "wb-problem" }, inSentences(error)));
    },
  });
  const ask = (): void => {
    const asked = args();
    if (asked && asked.params !== null) {
      element.setAttribute("aria-busy", "true"); // the last estimate stays, and is told to be old, until the new one is there
      return working.ask(asked);
    }
    working.drop();
    element.removeAttribute("aria-busy");
    fill(element, h("span", { class: "wb-quiet" }, t("The estimate comes when all fields can be read.")));
  };
  const later = settled(ask, 300);
  return { element, now: ask, later, close: () => (later.stop(), working.close()) };
}

function show(element: HTMLElement, estimate: Estimate, start: string): void {
  const { then } = estimate;
  fill(
    element,
    then ? h("p", { class: "wb-step-name" }, t("1. What is proposed")) : null,
    facts(lines(estimate, start)),
    ...(estimate.notes ?? []).map((note) => h("p", { class: "wb-help" }, said(note))),
    then ? h("p", { class: "wb-step-name" }, t("2. If you approve all of it")) : null,
    then ? facts(lines(then).slice(1)) : null,
    then ? h("p", { class: "wb-help" }, t("Nothing of the second step is sent before you approve.")) : null,
  );
}

function facts(found: [string, string][]): HTMLElement {
  return h("div", { class: "wb-facts" }, ...found.map(([name, value]) => h("div", { class: "wb-fact" }, h("span", { class: "wb-quiet" }, name), h("span", { class: "wb-numbers" }, value))));
}
