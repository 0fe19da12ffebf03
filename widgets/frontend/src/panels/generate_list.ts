// The queue as a list: one line per undecided draft, with what the gates think of it.
import { h } from "../core/dom.ts";
import { key, t } from "../core/i18n.ts";
import { arrange, Rows } from "../core/rows.ts";
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
  /** The next drawing brings the open one into view, even if it was the open one before. */
  seek(): void;
}

const WORDS = { problem: key("a problem was found"), warning: key("worth a look"), info: key("a remark"), "": "" };

export function queueList(open: (id: string) => void): QueueList {
  const element = h("div", { class: "wb-queue", role: "listbox", tabindex: 0, "aria-label": t("Drafts to decide") });
  const ids = new Map<string, string>();
  const rows = new Rows();
  let marked = "";
  let coming = false;
  const idOf = (line: Line): string => ids.get(line.id) ?? (ids.set(line.id, uid("draft")), ids.get(line.id)!);
  return {
    element,
    draw(queue, redraw, running) {
      if (redraw || running !== coming || element.childElementCount === 0) {
        coming = running;
        const top = element.scrollTop;
        const wanted = queue.lines.map((item, at) => {
          const [skipped, joined] = [queue.skipped.has(item.id), sameGroup(queue.lines[at - 1], item)];
          return { key: item.id, says: [item, skipped, joined], make: () => row(item, idOf(item), skipped, joined, open) };
        });
        const more = running ? h("div", { class: "wb-queue-more", role: "presentation" }, h("span", { class: "wb-spinner", "aria-hidden": "true" }), t("more are coming")) : null;
        arrange(element, [...rows.of(wanted), more]);
        element.scrollTop = top;
      }
      mark(element, queue, idOf, queue.open !== marked);
      marked = queue.open;
    },
    seek: () => void (marked = ""),
  };
}

/** Whoever scrolled away from the open one is not taken back to it by drafts that come: only another one is gone to. */
function mark(element: HTMLElement, queue: Queue, idOf: (line: Line) => string, go: boolean): void {
  const open = queue.lines[openIndex(queue)];
  element.querySelectorAll<HTMLElement>("[role=option]").forEach((item) => {
    const on = open !== undefined && item.id === idOf(open);
    if (item.getAttribute("aria-selected") === String(on)) return;
    item.setAttribute("aria-selected", String(on));
    if (on && go) scrollTo(element, item);
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
