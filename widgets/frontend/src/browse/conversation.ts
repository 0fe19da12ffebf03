// One conversation: where it came from, and what is said in it.
import { t } from "../core/i18n.ts";
import { fill, h, type Child } from "../core/dom.ts";
import { emptyState, loading } from "../core/empty.ts";
import { icon } from "../core/icon.ts";
import type { Opened, Scheme, Why } from "../core/nouns.ts";
import { scrollTo } from "../core/scroll.ts";
import { keepUnfolded } from "../core/unfolded.ts";
import { line } from "../text/body.ts";
import { languageName } from "../text/names.ts";
import { badges, lineageView } from "./lineage.ts";
import { noteView } from "./turn.ts";
import { Turns } from "./turns.ts";

export interface ConversationOptions {
  onTurn: (turn: string | null) => void;
  onOpen: (id: string) => void;
  /** What is said of how it was made, below its family. */
  made?: (opened: Opened) => HTMLElement | null;
  /** What else stands below the turns. */
  more?: (opened: Opened) => HTMLElement | null;
  actions: () => Tool[];
}

/** A button over the conversation. `on`: it is a switch, and on or off. */
export interface Tool {
  label: string;
  icon: string;
  keys: string;
  on?: boolean;
  run: () => void;
}

export class Conversation {
  readonly element = h("section", { class: "wb-conversation", "aria-label": t("Conversation") });
  private readonly head = h("header", { class: "wb-conversation-head" });
  private turns: Turns;
  private shownId = "";
  private marked: string | null = null;

  constructor(private readonly options: ConversationOptions) {
    this.turns = new Turns(options.onTurn);
  }

  wait(): void {
    if (!this.element.hasChildNodes()) fill(this.element, loading(t("Opening")));
    this.element.classList.add("wb-waiting");
  }

  none(empty: boolean): void {
    this.shownId = "";
    delete this.element.dataset.about;
    this.element.classList.remove("wb-waiting");
    fill(this.element, empty ? null : emptyState(t("Nothing is open"), t("Choose a conversation from the list.")));
  }

  show(opened: Opened, why: Why[], turn: string | null, schemes: Scheme[]): void {
    const same = this.shownId === opened.sample.id;
    this.element.classList.remove("wb-waiting");
    // The editor stands in this place while a text is edited.
    if (!same || this.turns.element.parentElement !== this.element) {
      this.shownId = opened.sample.id;
      this.marked = null;
      this.turns = new Turns(this.options.onTurn);
      fill(this.element, this.head, this.turns.element);
    }
    this.element.dataset.about = opened.sample.id;
    const head = (): void => fill(this.head, ...this.header(opened, why));
    if (same) keepUnfolded(this.head, head);
    else head();
    this.turns.show({ opened, why, schemes }, this.footer(opened));
    this.markTurn(turn);
    const hit = same ? null : this.turns.element.querySelector("mark");
    if (hit) scrollTo(this.turns.element, hit, "middle");
  }

  markTurn(turn: string | null): void {
    for (const bubble of this.element.querySelectorAll<HTMLElement>("[data-turn-id]")) {
      const on = bubble.dataset.turnId === turn;
      bubble.classList.toggle("wb-turn-current", on);
      if (on) bubble.setAttribute("aria-current", "true");
      else bubble.removeAttribute("aria-current");
      // Whoever scrolled away from the current turn is not taken back to it by what others do.
      if (on && turn !== this.marked) scrollTo(this.turns.element, bubble);
    }
    this.marked = turn;
  }

  /** Say the language of the turns that are in another one than the conversation. */
  languages(opened: Opened, found: Record<string, string>): void {
    if (this.shownId !== opened.sample.id) return;
    const main = opened.sample.language ?? mostOf(Object.values(found));
    for (const bubble of this.element.querySelectorAll<HTMLElement>("[data-turn-id]")) {
      const language = found[bubble.dataset.turnId ?? ""];
      const place = bubble.querySelector<HTMLElement>(".wb-turn-language");
      if (!language || !place) continue;
      bubble.querySelector(".wb-bubble")?.setAttribute("lang", language);
      const other = sameLanguage(language, main) ? null : languageName(language);
      fill(place, other ? h("span", { class: "wb-mini wb-mini-short", title: t("seems to be in this language") }, other) : null);
    }
  }

  scrollBy(share: number): void {
    this.turns.element.scrollBy({ top: share * this.turns.element.clientHeight });
  }

  private header(opened: Opened, why: Why[]): Child[] {
    const { sample } = opened;
    const first = sample.turns.find((turn) => turn.content.trim())?.content ?? "";
    const actions = this.options
      .actions()
      .map((action) =>
        h(
          "button",
          {
            class: "wb-icon-button",
            "aria-label": action.label,
            "aria-pressed": action.on === undefined ? undefined : String(action.on),
            title: `${action.label} (${action.keys})`,
            on: { click: action.run },
          },
          icon(action.icon),
        ),
      );
    const reasons = [...new Set(why.map((item) => item.label))].filter(Boolean);
    return [
      h(
        "div",
        { class: "wb-row" },
        h("h3", { class: "wb-grow wb-conversation-title" }, line((sample.title || first).slice(0, 200) || t("(no text)"))),
        ...actions,
      ),
      badges(opened),
      reasons.length > 0
        ? h(
            "div",
            { class: "wb-why" },
            h("span", { class: "wb-quiet" }, t("Found by")),
            ...reasons.slice(0, 6).map((label) => h("span", { class: "wb-chip" }, line(label))),
          )
        : null,
      lineageView(opened, this.options.onOpen),
      this.options.made?.(opened) ?? null,
    ];
  }

  private footer(opened: Opened): HTMLElement {
    const notes = opened.notes.filter((note) => !note.turn);
    const extra = Object.entries({ ...(opened.sample.extra ?? {}) });
    return h(
      "footer",
      { class: "wb-conversation-foot" },
      ...notes.map((note) => noteView(note)),
      this.options.more?.(opened) ?? null,
      extra.length > 0 ? details(t("Fields kept from the file"), extra) : null,
    );
  }
}

function mostOf(values: string[]): string | undefined {
  const count = (value: string): number => values.filter((item) => item === value).length;
  return [...values].sort((a, b) => count(b) - count(a))[0];
}

function sameLanguage(one: string, other: string | undefined): boolean {
  return other !== undefined && one.split("-")[0] === other.toLowerCase().split(/[-_]/)[0];
}

function details(title: string, entries: [string, unknown][]): HTMLElement {
  return h(
    "details",
    { class: "wb-extra" },
    h("summary", {}, title),
    h(
      "dl",
      {},
      ...entries.flatMap(([key, value]) => [
        h("dt", {}, line(key)),
        h("dd", {}, line(typeof value === "string" ? value : JSON.stringify(value))),
      ]),
    ),
  );
}
