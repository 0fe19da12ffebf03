// Which conversations a run starts from: the selection in Browse, its query, a query typed here, or those nearest to one
// conversation; with a live count.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { inSentences } from "../core/notice.ts";
import { field, newest, select, settled } from "../work/parts.ts";

export interface Near {
  like: string;
  query: string;
  mix: number;
  limit: number;
}

export type Where = string | string[] | Near;

export interface WherePicker {
  element: HTMLElement;
  value(): Where;
  /** Whether it is said where to start from; the person is told what is missing. */
  ready(): boolean;
  shown(args: Record<string, unknown>): void;
  close(): void;
}

type Mode = "selection" | "query" | "near";

const MOST_NEAR = 20;
/** How much nearness weighs beside relevance to the query (Python: `joint_select`). */
const MIXES = { nearest: 1, both: 0.5 };

/** Browse's selection when several are chosen, else its query. */
export function firstMode(selection: readonly string[] | undefined): Mode {
  return selection && selection.length > 1 ? "selection" : "query";
}

export function wherePicker(ctx: Ctx, onChange: () => void): WherePicker {
  const selection = (): string[] => ctx.trait.get<string[]>("selection") ?? [];
  let mode: Mode = firstMode(selection());
  let ids = selection();
  let typed = false;
  const query = h("input", { class: "wb-input", type: "text", spellcheck: "false", placeholder: t("all conversations"), value: ctx.trait.get<string>("query") ?? "", data: { field: "where" } });
  const kind = select(
    [
      { value: "query", label: t("Those a query finds") },
      { value: "selection", label: t("Those selected in Browse") },
      { value: "near", label: t("Those nearest to a conversation") },
    ],
    mode,
    { data: { field: "start-from" } },
  );
  const near = nearFields(ctx.trait.get<string>("sample") ?? "");
  const told = h("span", { class: "wb-where-count wb-numbers", role: "status" });
  const queryField = field(t("Query"), query);
  const take = newest();

  const value = (): Where => (mode === "selection" ? ids : mode === "near" ? near.value(query.value.trim()) : query.value.trim());
  const ready = (): boolean => mode !== "near" || near.input.value.trim() !== "";
  const ask = async (): Promise<void> => {
    const ticket = take();
    queryField.hidden = mode === "selection";
    near.element.hidden = mode !== "near";
    const wrong = mode === "near" ? near.input : query;
    told.className = "wb-where-count wb-numbers";
    if (!ready()) {
      told.textContent = t("Open a conversation in Browse, or name one.");
      return;
    }
    try {
      const answer = await ctx.call<{ count: number }>("generate.count", { where: value() });
      if (ticket.old()) return;
      for (const input of [query, near.input]) input.classList.remove("wb-invalid");
      told.className = "wb-where-count wb-numbers";
      told.textContent = answer.count === 0 ? t("no conversation") : tn("{n} conversation", "{n} conversations", answer.count);
    } catch (error) {
      if (ticket.old()) return;
      wrong.classList.add("wb-invalid");
      told.className = "wb-where-count wb-problem";
      told.textContent = inSentences(error);
    }
  };
  const changed = (): void => (void ask(), onChange());
  const later = settled(changed, 250);
  query.addEventListener("input", () => ((typed = true), later()));
  near.element.addEventListener("input", later);
  kind.addEventListener("change", () => {
    mode = kind.value as Mode;
    if (mode === "selection") ids = selection();
    if (mode === "near" && !near.input.value) near.input.value = ctx.trait.get<string>("sample") ?? "";
    changed();
  });
  const follow = (): void => {
    if (mode === "selection") ids = selection();
    if (!typed && mode === "query") query.value = ctx.trait.get<string>("query") ?? "";
    changed();
  };
  const stops = [ctx.trait.on("query", follow), ctx.trait.on("selection", () => mode === "selection" && follow())];
  void ask();
  return {
    element: h("div", { class: "wb-stack wb-where" }, field(t("Start from"), kind), near.element, queryField, told),
    value,
    ready,
    shown(args) {
      const wantedIds = args["ids"];
      if (typeof args["query"] === "string") {
        mode = "query";
        typed = true;
        query.value = args["query"];
      } else if (Array.isArray(wantedIds)) {
        mode = "selection";
        ids = wantedIds as string[];
      }
      kind.value = mode;
      changed();
    },
    close: () => (later.stop(), stops.forEach((stop) => stop())),
  };
}

function nearFields(like: string): { element: HTMLElement; input: HTMLInputElement; value(query: string): Near } {
  const input = h("input", { class: "wb-input", type: "text", spellcheck: "false", value: like, data: { field: "near-like" } });
  const limit = h("input", { class: "wb-input wb-numbers", type: "number", min: "1", value: String(MOST_NEAR), data: { field: "near-limit" } });
  const order = select([{ value: "both", label: t("both as near and as fitting the query as possible") }, { value: "nearest", label: t("the nearest first") }], "both");
  const element = h(
    "div",
    { class: "wb-stack", hidden: true },
    field(t("Near to"), input, t("The id of a conversation: the one open in Browse, unless you name another.")),
    h("div", { class: "wb-row wb-where-near" }, field(t("At most"), limit), field(t("In which order"), order)),
  );
  return { element, input, value: (query) => ({ like: input.value.trim(), query, mix: MIXES[order.value as keyof typeof MIXES], limit: Math.round(limit.valueAsNumber) || 0 }) };
}
