// A sample's history: its revisions, what changed word by word between any two, and who answered what when.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, labelled, said, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { questionName } from "../text/names.ts";
import { ago, exactly } from "../text/when.ts";
import { turnDiff, type TurnDiff } from "./turndiff.ts";

interface RevisionRow {
  revision: number;
  author: string;
  at: number;
  note: string;
  turns: number;
}

interface EventRow {
  seq: number;
  at: number;
  author: string;
  kind: string;
  data?: Record<string, unknown>;
}

interface Past {
  revisions: RevisionRow[];
  events: EventRow[];
}

const MOST_EVENTS = 100;

export function openHistory(from: HTMLElement, ctx: Ctx, id: string): void {
  const body = h("div", { class: "wb-history" }, loading(t("Reading the history")));
  openOverlay(rootOf(from), t("History"), [
    h(
      "div",
      { class: "wb-row" },
      h("h3", { class: "wb-grow" }, t("History")),
      h("span", { class: "wb-quiet" }, t("↑ ↓ choose · Esc closes")),
    ),
    body,
  ]).element.classList.add("wb-overlay-wide");
  ctx
    .call<Past>("history.list", { id })
    .then((past) => new History(body, ctx, id, past))
    .catch((error) => fill(body, failed(error)));
}

class History {
  private readonly view = h("div", { class: "wb-history-view", tabindex: 0, role: "region", "aria-label": t("What changed") });
  private readonly newest: RevisionRow[];
  private readonly buttons: HTMLButtonElement[];
  private readonly against = h("select", { class: "wb-select", "aria-label": t("Compare with") });
  private chosen: RevisionRow | undefined;

  constructor(
    body: HTMLElement,
    private readonly ctx: Ctx,
    private readonly id: string,
    past: Past,
  ) {
    this.newest = [...past.revisions].reverse();
    this.buttons = this.newest.map((item) => this.button(item));
    this.against.addEventListener("change", () => void this.compare());
    const list = h("div", { class: "wb-history-list" }, ...this.buttons, events(past.events));
    bindKeys(list, () => [
      { keys: ["ArrowDown", "j"], label: t("Older"), run: () => this.walk(1) },
      { keys: ["ArrowUp", "k"], label: t("Newer"), run: () => this.walk(-1) },
    ]);
    const bar = h("label", { class: "wb-row wb-history-bar" }, h("span", {}, t("Compare with")), this.against);
    bar.hidden = this.newest.length < 2;
    fill(body, list, h("div", { class: "wb-history-side" }, bar, this.view));
    if (this.newest[0]) this.choose(this.newest[0]);
    this.buttons[0]?.focus();
  }

  private button(item: RevisionRow): HTMLButtonElement {
    return h(
      "button",
      {
        class: "wb-revision",
        "aria-pressed": "false",
        title: exactly(item.at),
        on: { click: () => this.choose(item), focus: () => this.choose(item) },
      },
      h("b", {}, t("Revision {n}", { n: item.revision })),
      h("span", { class: "wb-quiet" }, t("{author}, {when}", { author: item.author, when: ago(item.at) })),
      item.note ? line(item.note, "wb-revision-note") : null,
    );
  }

  private choose(item: RevisionRow): void {
    if (this.chosen === item) return;
    this.chosen = item;
    this.buttons.forEach((button, at) => {
      const on = this.newest[at] === item;
      button.classList.toggle("wb-revision-on", on);
      button.setAttribute("aria-pressed", String(on));
    });
    const others = this.newest.filter((other) => other !== item);
    fill(
      this.against,
      ...others.map((other) => h("option", { value: other.revision }, t("Revision {n}", { n: other.revision }))),
    );
    const before = others.find((other) => other.revision < item.revision) ?? others[0];
    if (before) this.against.value = String(before.revision);
    void this.compare();
  }

  private async compare(): Promise<void> {
    const item = this.chosen;
    if (!item) return;
    if (this.newest.length < 2)
      return fill(this.view, h("p", { class: "wb-quiet" }, t("The first revision: as it was when it came in.")));
    const other = Number(this.against.value);
    const [old, now] = other < item.revision ? [other, item.revision] : [item.revision, other];
    try {
      const diffs = await this.ctx.call<TurnDiff[]>("history.diff", { id: this.id, old, new: now });
      if (this.chosen !== item || Number(this.against.value) !== other) return;
      fill(
        this.view,
        h("p", { class: "wb-quiet" }, t("From revision {old} to revision {now}", { old, now })),
        ...diffs.map(turnDiff),
      );
    } catch (error) {
      fill(this.view, failed(error));
    }
  }

  private walk(by: number): void {
    const at = this.newest.indexOf(this.chosen!);
    this.buttons[Math.max(0, Math.min(this.buttons.length - 1, at + by))]?.focus();
  }
}

function events(list: EventRow[]): HTMLElement | null {
  if (list.length === 0) return null;
  const newest = [...list].reverse();
  return h(
    "div",
    { class: "wb-events" },
    h("h4", {}, t("Answers")),
    ...newest
      .slice(0, MOST_EVENTS)
      .map((event) =>
        h(
          "div",
          { class: "wb-event", title: exactly(event.at) },
          line(labelled(event.author, eventWords(event))),
          h("span", { class: "wb-quiet" }, ago(event.at)),
        ),
      ),
    newest.length > MOST_EVENTS
      ? h("p", { class: "wb-quiet" }, t("and {n} more", { n: inDigits(newest.length - MOST_EVENTS) }))
      : null,
  );
}

function eventWords(event: EventRow): string {
  const data = event.data ?? {};
  if (!data.scheme) return said(event.kind);
  const given = (data.new as { value?: string } | null | undefined)?.value;
  const scheme = questionName(String(data.scheme));
  return given === undefined ? t("took back {scheme}", { scheme }) : `${scheme} ${given.replace(/^"|"$/g, "")}`;
}
