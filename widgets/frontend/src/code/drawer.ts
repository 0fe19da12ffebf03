// The screen as Python: what was just done, newest first, and what is shown now; each to be copied into a notebook.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, type Child } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { plain } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";
import { button } from "../work/parts.ts";
import { copyButton } from "./copybutton.ts";
import { saysItself, shownIn } from "./screen.ts";

export interface Done {
  at: number;
  name: string;
  code: string;
}

interface Listed {
  done: Done[];
  /** All of it as one notebook cell, oldest first. */
  cell: string;
}

interface Shown {
  parts: string[];
  head: string;
}

export function openCode(ctx: Ctx, from: HTMLElement): void {
  const widget = rootOf(from);
  if (widget.querySelector(".wb-overlay-code")) return;
  const now = h("div", { class: "wb-code-list" }, loading());
  const done = h("div", { class: "wb-code-list" }, loading());
  const list = { query: ctx.trait.get<string>("query") ?? "", selection: ctx.trait.get<string[]>("selection") ?? [] };
  const asked = { ...(saysItself(widget) ? {} : list), acts: shownIn(widget) };
  const overlay = openOverlay(widget, t("Code"), [
    h(
      "div",
      { class: "wb-row" },
      h("h3", { class: "wb-grow" }, t("The screen as Python")),
      h("button", { class: "wb-icon-button", "aria-label": t("Close"), on: { click: () => overlay.close() } }, "✕"),
    ),
    h("p", { class: "wb-lead" }, t("Everything here can be pasted into a notebook: the screen and a cell are two doors to the same workspace.")),
    part(t("What is on the screen"), now),
    part(t("What I just did"), done),
  ]);
  overlay.element.classList.add("wb-overlay-code");
  const load = async <T>(place: HTMLElement, name: string, args: Record<string, unknown>, draw: (found: T) => Child[]): Promise<void> => {
    try {
      fill(place, ...draw(await ctx.call<T>(name, args)));
    } catch (error) {
      fill(place, failed(error, () => void load(place, name, args, draw)));
    }
  };
  void load<Shown>(now, "code.screen", asked, (found) =>
    found.parts.length === 0
      ? [emptyState(t("This page does nothing yet"), t("Choose or fill in something: what the page then does appears here as the call it is."))]
      : [
          ...found.parts.map((code) => codeRow(code)),
          all(copyButton(() => `${found.head}${found.parts.join("\n")}\n`, t("Copy all as a cell"), "copy-screen")),
        ],
  );
  void load<Listed>(done, "code.list", {}, (found) =>
    found.done.length === 0
      ? [emptyState(t("Nothing was done yet"), t("Tag, edit, search, freeze: each appears here as the call it is."))]
      : [all(copyButton(() => found.cell, t("Copy all as a cell"), "copy-done")), ...found.done.map((item) => codeRow(item.code, item.at))],
  );
}

function part(title: string, list: HTMLElement): HTMLElement {
  return h("section", { class: "wb-code-part" }, h("h4", {}, title), list);
}

function all(copy: HTMLElement): HTMLElement {
  return h("div", { class: "wb-row" }, copy);
}

function codeRow(code: string, at?: number): HTMLElement {
  return h(
    "div",
    { class: "wb-code-row" },
    h("pre", { class: "wb-plain", dir: "ltr", tabindex: 0 }, ...(plain(code) as Child[])),
    h("div", { class: "wb-code-side" }, at ? h("time", { class: "wb-quiet", title: exactly(at) }, ago(at)) : null, copyButton(() => code, t("Copy"))),
  );
}

/** The button that opens it, for the application's top bar. */
export function codeButton(ctx: Ctx): HTMLButtonElement {
  const label = t("Show this as Python (Alt+C)");
  const element: HTMLButtonElement = button(h("span", { "aria-hidden": "true" }, "</>"), () => openCode(ctx, element), { tone: "quiet", name: "show-code", title: label });
  element.classList.add("wb-code-button");
  element.setAttribute("aria-label", label);
  element.setAttribute("aria-haspopup", "dialog");
  return element;
}
