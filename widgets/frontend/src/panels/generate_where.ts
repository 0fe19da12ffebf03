// Which conversations a run starts from: the selection in Browse, its query, or a query typed here; with a live count.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { said, t, tn } from "../core/i18n.ts";
import { CommandError } from "../core/rpc.ts";
import { field, newest, select, settled } from "../work/parts.ts";

export type Where = string | string[];

export interface WherePicker {
  element: HTMLElement;
  value(): Where;
  shown(args: Record<string, unknown>): void;
  close(): void;
}

type Mode = "selection" | "query";

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
  const kind = select([{ value: "query", label: t("Those a query finds") }, { value: "selection", label: t("Those selected in Browse") }], mode);
  const told = h("span", { class: "wb-where-count wb-numbers", role: "status" });
  const queryField = field(t("Query"), query);
  const take = newest();

  const value = (): Where => (mode === "selection" ? ids : query.value.trim());
  const ask = async (): Promise<void> => {
    const ticket = take();
    queryField.hidden = mode === "selection";
    try {
      const answer = await ctx.call<{ count: number }>("generate.count", { where: value() });
      if (ticket.old()) return;
      query.classList.remove("wb-invalid");
      told.className = "wb-where-count wb-numbers";
      told.textContent = answer.count === 0 ? t("no conversation") : tn("{n} conversation", "{n} conversations", answer.count);
    } catch (error) {
      if (ticket.old()) return;
      query.classList.add("wb-invalid");
      told.className = "wb-where-count wb-problem";
      told.textContent = error instanceof CommandError ? `${said(error.message)}. ${said(error.hint)}` : String(error);
    }
  };
  const changed = (): void => (void ask(), onChange());
  const later = settled(changed, 250);
  query.addEventListener("input", () => ((typed = true), later()));
  kind.addEventListener("change", () => {
    mode = kind.value as Mode;
    if (mode === "selection") ids = selection();
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
    element: h("div", { class: "wb-stack wb-where" }, field(t("Start from"), kind), queryField, told),
    value,
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
