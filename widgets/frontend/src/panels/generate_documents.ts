// Which documents a run starts from: all of them, or some; one more can be added here.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { button } from "../work/parts.ts";
import { pathField } from "../work/pathfield.ts";
import type { WherePicker } from "./generate_where.ts";

interface DocumentLine {
  id: string;
  title: string;
  language: string;
  passages: number;
}

/** Lines drawn at once; words narrow a longer list. */
const MOST_LINES = 50;

export function documentPicker(ctx: Ctx, onChange: () => void): WherePicker {
  let documents: DocumentLine[] = [];
  let all = true;
  const chosen = new Set<string>();
  const list = h("div", { class: "wb-documents-list" }, loading());
  const words = h("input", { class: "wb-input", type: "search", placeholder: t("Words of a title"), "aria-label": t("Words of a title"), on: { input: () => draw() } });
  const path = pathField(ctx, { command: "document.complete", label: t("Path of a text or Markdown file"), placeholder: t("Path of a text or Markdown file"), onChosen: () => void add() });

  const changed = (): void => (draw(), onChange());
  const everything = (): HTMLElement =>
    tick(tn("The one document", "All {n} documents", documents.length), "", all, (on) => {
      all = on;
      if (!on) documents.forEach((one) => chosen.add(one.id));
      changed();
    });
  const one = (item: DocumentLine): HTMLElement =>
    tick(item.title, [item.language, tn("{n} passage", "{n} passages", item.passages)].filter(Boolean).join(" · "), all || chosen.has(item.id), (on) => {
      if (all) documents.forEach((other) => chosen.add(other.id));
      all = false;
      if (on) chosen.add(item.id);
      else chosen.delete(item.id);
      all = chosen.size === documents.length;
      changed();
    });
  const draw = (): void => {
    const focused = (document.activeElement as HTMLElement | null)?.dataset?.["tick"];
    const found = documents.filter((item) => item.title.toLowerCase().includes(words.value.trim().toLowerCase()));
    const more = found.length - MOST_LINES;
    words.hidden = documents.length <= 8;
    if (documents.length === 0) return fill(list, h("p", { class: "wb-help" }, t("There is no document yet. Add a text or Markdown file here; answers will point at its passages.")));
    fill(list, everything(), ...found.slice(0, MOST_LINES).map(one), more > 0 ? h("p", { class: "wb-help" }, tn("{n} more: narrow them by words of a title.", "{n} more: narrow them by words of a title.", more)) : null);
    if (focused !== undefined) [...list.querySelectorAll<HTMLElement>("[data-tick]")].find((item) => item.dataset["tick"] === focused)?.focus();
  };
  const read = async (): Promise<void> => {
    try {
      documents = (await ctx.call<{ documents: DocumentLine[] }>("document.list")).documents;
      draw();
    } catch (error) {
      fill(list, failed(error, () => void read()));
    }
  };
  const add = async (): Promise<void> => {
    if (!path.value().trim()) return path.input.focus();
    try {
      const answer = await ctx.call<{ id: string; documents: DocumentLine[] }>("document.add", { path: path.value() });
      documents = answer.documents;
      chosen.add(answer.id);
      path.set("");
      changed();
    } catch (error) {
      ctx.notice(error);
    }
  };
  void read();
  return {
    element: h(
      "fieldset",
      { class: "wb-stack wb-where wb-documents" },
      h("legend", {}, t("Start from documents")),
      words,
      list,
      h("div", { class: "wb-choose-line" }, path.element, button(t("Add"), () => void add(), { name: "add-document" })),
    ),
    ready: () => true,
    value: () => (all ? "" : documents.filter((item) => chosen.has(item.id)).map((item) => item.id)),
    shown() {},
    close: () => path.close(),
  };
}

/** For recipes that make everything from what is typed below. */
export function nothingPicker(): WherePicker {
  return { element: h("p", { class: "wb-help wb-where" }, t("It starts from what you give below; no conversation is needed.")), value: () => "", ready: () => true, shown() {}, close() {} };
}

function tick(label: string, told: string, on: boolean, run: (on: boolean) => void): HTMLElement {
  const box = h("input", { type: "checkbox", checked: on, data: { tick: label }, on: { change: (event) => run((event.target as HTMLInputElement).checked) } });
  return h("label", { class: "wb-check wb-document" }, box, h("span", { class: "wb-grow" }, line(label)), told ? h("span", { class: "wb-quiet" }, told) : null);
}
