// What a person reads when the kernel cannot be heard, and the way back.
import { fill, h } from "./dom.ts";
import { t, tn } from "./i18n.ts";
import type { LinkState } from "./link.ts";
import { rootOf } from "./overlay.ts";

/** The event our JupyterLab extension hears: run the page's cell again, with a new kernel when there is none. */
export const REOPEN = "workbench:reopen";

const SHOW_CUT_MS = 1_200;

export interface LinkBar {
  element: HTMLElement;
  show(state: LinkState, unconfirmed: number): void;
  close(): void;
}

export function linkBar(): LinkBar {
  const element = h("div", { class: "wb-linkbar", role: "alert" });
  element.hidden = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = (...children: Parameters<typeof fill> extends [Element, ...infer C] ? C : never): void => {
    fill(element, ...children);
    element.hidden = children.length === 0;
  };
  const show = (state: LinkState, unconfirmed: number): void => {
    clearTimeout(timer);
    if (state === "live") draw();
    else if (state === "cut") timer = setTimeout(() => draw(cutText()), SHOW_CUT_MS);
    else draw(h("span", { class: "wb-grow" }, goneText(unconfirmed)), reopenButton(element));
  };
  return { element, show, close: () => clearTimeout(timer) };
}

function cutText(): HTMLElement {
  return h(
    "span",
    {},
    t("The connection to the kernel dropped. It is being made again; what you decide meanwhile is sent then."),
  );
}

function goneText(unconfirmed: number): string {
  const base = t("The kernel behind this page stopped. Everything it confirmed is saved.");
  if (unconfirmed === 0) return base;
  return `${base} ${tn("{n} step was not confirmed: look whether it is there.", "{n} steps were not confirmed: look whether they are there.", unconfirmed)}`;
}

/** In our own notebook the extension runs the cell again; a page without a notebook (Voila) is loaded again. */
function reopenButton(inside: HTMLElement): HTMLElement {
  const notebook = inside.closest(".jp-NotebookPanel");
  const ours = notebook?.classList.contains("workbench-page");
  if (notebook && !ours) return h("span", { class: "wb-quiet" }, t("Run its cell again to go on."));
  const reopen = (): void => {
    if (ours) rootOf(inside).dispatchEvent(new CustomEvent(REOPEN, { bubbles: true }));
    else location.reload();
  };
  return h("button", { class: "wb-button wb-button-primary", on: { click: reopen } }, t("Open again"));
}
