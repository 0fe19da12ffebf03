// The narrow column: how far, how fast, what comes next.
import { fill, h } from "../core/dom.ts";
import { inDecimals, inDigits, t, tn } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { line } from "../text/body.ts";
import { duration } from "./numbers.ts";
import type { PaceMeter } from "./pace.ts";
import type { OpenQueue } from "./types.ts";
import type { Walk } from "./walk.ts";

export interface SideOptions {
  onLeave: () => void;
  onPlace: (place: number) => void;
  onAuto: () => void;
}

const LISTED = 9;

export class Side {
  readonly element = h("aside", { class: "wb-review-side", "aria-label": t("Queue") });

  constructor(private readonly options: SideOptions) {}

  show(queue: OpenQueue["queue"], walk: Walk, pace: PaceMeter, titles: Map<string, string>, auto: boolean): void {
    const total = walk.items.length;
    const share = total > 0 ? walk.doneCount / total : 0;
    const perItem = queue.together ? queue.schemes.length : 1;
    const minutes = pace.minutesFor(walk.left * perItem);
    fill(
      this.element,
      h(
        "div",
        { class: "wb-row" },
        h("h3", { class: "wb-grow wb-clip", title: queue.name }, line(queue.name)),
        h(
          "button",
          { class: "wb-icon-button", "aria-label": t("All queues"), title: t("All queues (Esc)"), on: { click: this.options.onLeave } },
          "✕",
        ),
      ),
      h(
        "div",
        {
          class: "wb-meter wb-meter-wide",
          role: "progressbar",
          "aria-label": t("Progress"),
          "aria-valuemin": 0,
          "aria-valuemax": total,
          "aria-valuenow": walk.doneCount,
        },
        h("span", { class: "wb-meter-fill", style: { width: `${share * 100}%` } }),
      ),
      h(
        "dl",
        { class: "wb-review-facts wb-numbers" },
        h("dt", {}, t("Done")),
        h("dd", { data: { fact: "done" } }, t("{done} of {all}", { done: inDigits(walk.doneCount), all: inDigits(total) })),
        h("dt", {}, t("Pace")),
        h(
          "dd",
          { title: t("Decisions per minute; breaks of more than a minute are left out") },
          pace.perMinute === null ? "–" : t("{n} a minute", { n: inDecimals(pace.perMinute, 1) }),
        ),
        h("dt", {}, t("Left")),
        h("dd", {}, minutes === null ? tn("{n} to do", "{n} to do", walk.left) : minutes < 1 ? duration(minutes) : t("about {time}", { time: duration(minutes) })),
      ),
      h(
        "label",
        { class: "wb-check" },
        this.autoBox(auto),
        h("span", { class: "wb-grow" }, t("Go on by itself")),
        h("kbd", {}, keyShown("review", "go-on-by-itself-or-wait", "a")),
      ),
      h("h4", {}, t("Next")),
      h(
        "ol",
        { class: "wb-coming" },
        ...(walk.at === null ? [] : walk.coming(walk.at, LISTED)).map((place) => this.coming(walk, place, titles)),
      ),
      h(
        "p",
        { class: "wb-help wb-review-keys" },
        h("kbd", {}, keyShown("review", "later-put-it-behind-the-others", "s")), ` ${t("later")} `,
        h("kbd", {}, keyShown("review", "back", "k")), ` ${t("back")} `,
        h("kbd", {}, keyShown("review", "undo-my-last-answer", "u")), ` ${t("undo")} `,
        h("kbd", {}, keyShown("review", "these-keys", "?")), ` ${t("all keys")}`,
      ),
    );
  }

  private autoBox(auto: boolean): HTMLElement {
    const box = h("input", { type: "checkbox", data: { part: "auto" }, on: { change: this.options.onAuto } });
    box.checked = auto;
    return box;
  }

  private coming(walk: Walk, place: number, titles: Map<string, string>): HTMLElement {
    const sample = walk.items[place]!.sample;
    return h(
      "li",
      {},
      h(
        "button",
        { class: "wb-coming-item", data: { place }, on: { click: () => this.options.onPlace(place) } },
        h("span", { class: "wb-quiet wb-numbers" }, inDigits(place + 1)),
        h("span", { class: "wb-clip wb-grow" }, line(titles.get(sample) ?? "…")),
        walk.isSkipped(place) ? h("span", { class: "wb-chip" }, t("later")) : null,
      ),
    );
  }
}
