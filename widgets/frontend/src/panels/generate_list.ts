// The queue as a list: one line per undecided draft, with what the gates think of it.
import { fill, h } from "../core/dom.ts";
import { key, t } from "../core/i18n.ts";
import { scrollTo } from "../core/scroll.ts";
import { line } from "../text/body.ts";
import { uid } from "../work/parts.ts";
import { offPromise } from "./generate_opinion.ts";
import { openIndex, type Queue } from "./generate_queue.ts";
import type { Line } from "./generate_types.ts";

export interface QueueList {
  element: HTMLElement;
  /** `redraw` when lines came or went; else only the mark of the open one moves. */
  draw(queue: Queue, redraw: boolean, running: boolean): void;
}

const WORDS = { problem: key("a problem was found"), warning: key("worth a look"), info: key("a remark"), "": "" };

export function queueList(open: (id: string) => void): QueueList {
  const element = h("div", { class: "wb-queue", role: "listbox", tabindex: 0, "aria-label": t("Drafts to decide") });
  const ids = new Map<string, string>();
  const idOf = (line: Line): string => ids.get(line.id) ?? (ids.set(line.id, uid("draft")), ids.get(line.id)!);
  return {
    element,
    draw(queue, redraw, running) {
      if (redraw || element.childElementCount === 0) {
        const top = element.scrollTop;
        fill(
          element,
          ...queue.lines.map((item, at) => row(item, idOf(item), queue.skipped.has(item.id), sameGroup(queue.lines[at - 1], item), open)),
          running ? h("div", { class: "wb-queue-more", role: "presentation" }, h("span", { class: "wb-spinner", "aria-hidden": "true" }), t("more are coming")) : null,
        );
        element.scrollTop = top;
      }
      mark(element, queue, idOf);
    },
  };
}

function mark(element: HTMLElement, queue: Queue, idOf: (line: Line) => string): void {
  const open = queue.lines[openIndex(queue)];
  element.querySelectorAll<HTMLElement>("[role=option]").forEach((item) => {
    const on = open !== undefined && item.id === idOf(open);
    if (item.getAttribute("aria-selected") === String(on)) return;
    item.setAttribute("aria-selected", String(on));
    if (on) scrollTo(element, item);
  });
  if (open) element.setAttribute("aria-activedescendant", idOf(open));
  else element.removeAttribute("aria-activedescendant");
}

function sameGroup(a: Line | undefined, b: Line): boolean {
  return Boolean(a && b.group && a.group === b.group && a.run === b.run);
}

function row(item: Line, id: string, skipped: boolean, joined: boolean, open: (id: string) => void): HTMLElement {
  const says = t(WORDS[item.worst]);
  return h(
    "div",
    {
      class: `wb-queue-row${skipped ? " wb-skipped" : ""}${joined ? " wb-joined" : ""}`,
      id,
      role: "option",
      "aria-selected": "false",
      data: { draftId: item.id },
      on: { click: () => open(item.id) },
    },
    h(
      "span",
      { class: "wb-row wb-queue-top" },
      item.worst ? h("span", { class: `wb-dot wb-dot-${item.worst}`, role: "img", "aria-label": says, title: says }) : null,
      h("span", { class: "wb-quiet wb-grow wb-clip" }, t("{recipe} · row {n}", { recipe: item.recipe, n: item.row + 1 })),
      item.opinion === "flagged" ? h("span", { class: "wb-chip wb-chip-violet", title: t("a machine thinks it is worth a look") }, t("worth a look")) : null,
      item.opinion === "off" ? offPromise() : null,
      item.rank ? h("span", { class: "wb-chip wb-chip-accent" }, t("rank {n}", { n: item.rank })) : null,
    ),
    line(item.start, "wb-queue-start"),
  );
}
