// A sample's history: its revisions, what each changed word by word, and who answered what when.
import { key, said, t } from "../core/i18n.ts";
import { roleName } from "./conversation.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import type { DiffPart } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";

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

interface TurnDiff {
  turn: string;
  role: string;
  kind: "same" | "changed" | "added" | "removed";
  parts?: DiffPart[];
}

export function openHistory(from: HTMLElement, ctx: Ctx, id: string): void {
  const body = h("div", { class: "wb-history" }, loading(t("Reading the history")));
  openOverlay(rootOf(from), t("History"), [
    h(
      "div",
      { class: "wb-row" },
      h("h3", { class: "wb-grow" }, t("History")),
      h("span", { class: "wb-quiet" }, t("Esc closes")),
    ),
    body,
  ]).element.classList.add("wb-overlay-wide");
  ctx
    .call<{ revisions: RevisionRow[]; events: EventRow[] }>("history.list", { id })
    .then((history) => draw(body, ctx, id, history))
    .catch((error) => fill(body, failed(error)));
}

function draw(
  body: HTMLElement,
  ctx: Ctx,
  id: string,
  history: { revisions: RevisionRow[]; events: EventRow[] },
): void {
  const view = h("div", { class: "wb-history-view" });
  const newest = [...history.revisions].reverse();
  const buttons = newest.map((item) =>
    h(
      "button",
      { class: "wb-revision", title: exactly(item.at), on: { click: () => choose(item) } },
      h("b", {}, t("Revision {n}", { n: item.revision })),
      h("span", { class: "wb-quiet" }, t("{author}, {when}", { author: item.author, when: ago(item.at) })),
      item.note ? line(item.note, "wb-revision-note") : null,
    ),
  );
  const choose = (item: RevisionRow): void => {
    buttons.forEach((button, at) => button.classList.toggle("wb-revision-on", newest[at] === item));
    if (item.revision === history.revisions[0]?.revision)
      return fill(view, h("p", { class: "wb-quiet" }, t("The first revision: as it was when it came in.")));
    ctx
      .call<TurnDiff[]>("history.diff", { id, old: item.revision - 1, new: item.revision })
      .then((diffs) => fill(view, ...diffs.map(turnDiff)))
      .catch((error) => fill(view, failed(error)));
  };
  fill(body, h("div", { class: "wb-history-list" }, ...buttons, events(history.events)), view);
  if (newest[0]) choose(newest[0]);
  buttons[0]?.focus();
}

const KINDS: Record<TurnDiff["kind"], string> = {
  same: key("same"),
  changed: key("changed"),
  added: key("added"),
  removed: key("removed"),
};

function turnDiff(diff: TurnDiff): HTMLElement {
  const same = diff.kind === "same";
  return h(
    "article",
    { class: same ? "wb-diff-turn wb-diff-same" : "wb-diff-turn" },
    h("div", { class: "wb-turn-role" }, line(roleName(diff.role)), same ? null : h("span", { class: "wb-chip" }, t(KINDS[diff.kind]))),
    diffView(diff.parts ?? [], same),
  );
}

function events(list: EventRow[]): HTMLElement | null {
  if (list.length === 0) return null;
  return h(
    "div",
    { class: "wb-events" },
    h("h4", {}, t("Answers")),
    ...[...list]
      .reverse()
      .slice(0, 100)
      .map((event) =>
        h(
          "div",
          { class: "wb-event", title: exactly(event.at) },
          line(`${event.author}: ${eventWords(event)}`),
          h("span", { class: "wb-quiet" }, ago(event.at)),
        ),
      ),
  );
}

function eventWords(event: EventRow): string {
  const data = event.data ?? {};
  if (!data.scheme) return said(event.kind);
  const given = (data.new as { value?: string } | null | undefined)?.value;
  const scheme = said(String(data.scheme));
  return given === undefined ? t("took back {scheme}", { scheme }) : `${scheme} ${given.replace(/^"|"$/g, "")}`;
}
