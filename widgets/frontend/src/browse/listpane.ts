// The list: virtual rows, what is current and marked, and its line of facts below the query.
import { inDigits, key, t, tn } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, loading, toCollect } from "../core/empty.ts";
import { icon } from "../core/icon.ts";
import { VirtualList } from "../list/virtual.ts";
import { Marking } from "./marks.ts";
import { placeholderRow, ROW_HEIGHT, rowElement, type Density } from "./row.ts";
import type { Session } from "./session.ts";

const SORTS: [string, string][] = [
  ["best", key("Best match")],
  ["newest", key("Newest first")],
  ["oldest", key("Oldest first")],
  ["longest", key("Longest first")],
  ["shortest", key("Shortest first")],
  ["turns", key("Most turns first")],
  ["updated", key("Last changed first")],
  ["most-natural", key("Most natural first")],
  ["least-natural", key("Least natural first")],
];

export class ListPane {
  readonly element = h("section", { class: "wb-listpane", "aria-label": t("Conversations") });
  readonly list: VirtualList;
  private readonly facts = h("span", { class: "wb-grow wb-numbers", role: "status" });
  private readonly every: HTMLButtonElement;
  private readonly replace: HTMLButtonElement;
  private readonly note = h("p", { class: "wb-list-note wb-numbers", role: "status" });
  private readonly over = h("div", { class: "wb-list-over" });
  private readonly sort = h(
    "select",
    { class: "wb-select wb-sort", data: { kept: "" }, "aria-label": t("Order") },
    ...SORTS.map(([value, label]) => h("option", { value }, t(label))),
  );
  readonly marking: Marking;
  private density: Density = "comfortable";
  private readonly dense = h(
    "button",
    {
      class: "wb-icon-button",
      "aria-pressed": "false",
      "aria-label": t("Compact rows"),
      title: `${t("Compact rows")} (${keyShown("browse", "compact-rows", "Shift+D")})`,
      on: { click: () => this.switchDensity() },
    },
    icon("rows"),
  );
  private readonly keys = new RowKeys();
  private readonly id = Math.random().toString(36).slice(2, 8);

  constructor(
    private readonly session: Session,
    events: { onEvery: () => void; onReplace: () => void },
  ) {
    this.marking = new Marking(session);
    this.list = new VirtualList({
      rowHeight: ROW_HEIGHT.comfortable,
      label: t("Conversations"),
      draw: (at) => this.row(at),
      keyOf: (at) => this.keyOf(at),
      onWindow: (first, last) => {
        session.view = { first, last };
        if (session.found.total > 0) session.found.pages.need(first, last);
      },
    });
    this.list.element.setAttribute("aria-multiselectable", "true");
    this.list.element.addEventListener("click", (event) => this.clicked(event));
    // Shift and a click mark a range; they do not select text across rows.
    this.list.element.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault());
    this.sort.addEventListener("change", () => void session.run(session.found.query, this.sort.value));
    this.every = h(
      "button",
      {
        class: "wb-button wb-button-small wb-button-quiet",
        title: t("Give one answer to everything found"),
        on: { click: events.onEvery },
      },
      t("Tag all"),
    );
    this.replace = h(
      "button",
      {
        class: "wb-icon-button",
        "aria-label": t("Find and replace in everything found"),
        title: t("Find and replace in everything found (Shift+R)"),
        on: { click: events.onReplace },
      },
      icon("replace"),
    );
    this.element.append(
      h("div", { class: "wb-list-facts" }, this.facts, this.every, this.replace, this.sort, this.dense),
      this.note,
      h("div", { class: "wb-list-frame" }, this.list.element, this.over),
    );
    this.note.hidden = true;
    fill(this.over, loading(t("Opening the workspace")));
  }

  /** Rows came or changed. `shift` keeps the current row at its place on the screen. */
  rows(shift: number): void {
    const { session } = this;
    this.list.resize(session.found.total);
    if (shift) this.list.shift(shift);
    this.list.refresh();
    this.describe();
    fill(this.over, session.found.loaded && session.found.total === 0 ? this.empty() : null);
    this.activeDescendant();
  }

  current(at: number): void {
    this.list.reveal(at);
    this.list.refresh();
    this.activeDescendant();
  }

  refresh(): void {
    this.list.refresh();
    this.describe();
  }

  /** More rows on the screen, or more of each; kept for the person. */
  switchDensity(): void {
    const next: Density = this.density === "compact" ? "comfortable" : "compact";
    this.setDensity(next);
    this.session.ctx.remember("density", next);
  }

  setDensity(density: Density): void {
    if (density === this.density) return;
    this.density = density;
    this.dense.setAttribute("aria-pressed", String(density === "compact"));
    this.list.setRowHeight(ROW_HEIGHT[density]);
    this.list.reveal(this.session.current);
  }

  /** The order that is used, also when a place was restored. */
  showSort(): void {
    this.sort.value = this.session.found.sort;
  }

  focus(): void {
    this.list.element.focus({ preventScroll: true });
  }

  private describe(): void {
    const { marks } = this.session;
    const { total, loaded, indexing, partly } = this.session.found;
    const words = tn("{n} found", "{n} found", total);
    const found = loaded ? words : "";
    this.every.hidden = this.replace.hidden = total === 0;
    const now = partly && (indexing ?? partly);
    this.note.hidden = !now || now.indexed >= now.total;
    if (now) this.note.textContent = t("Searchable so far: {n} of {total}. More may be found.", { n: inDigits(now.indexed), total: inDigits(now.total) });
    const share = indexing ? Math.floor((100 * indexing.indexed) / Math.max(1, indexing.total)) : 100;
    const marked = marks.size > 0 ? tn("{n} marked of {total}", "{n} marked of {total}", marks.size, { total: inDigits(total) }) : "";
    this.facts.textContent = marked || (indexing && loaded ? t("{n} · reading {share} %", { n: inDigits(total), share }) : found);
    this.facts.title = indexing ? t("The words of {share} % of the conversations can be searched already", { share }) : "";
  }

  private empty(): HTMLElement {
    const { session } = this;
    if (!session.found.query && session.found.samples === 0) {
      return emptyState(
        t("No conversations yet"),
        t("Bring some in first: a file of chats in almost any format."),
        toCollect(session.ctx),
      );
    }
    return emptyState(
      t("Nothing matches"),
      t("Take a part out of the query, or look for other words."),
      h("button", { class: "wb-button", on: { click: () => void session.run("") } }, t("Show everything")),
    );
  }

  private keyOf(at: number): unknown {
    const { session } = this;
    const row = session.found.pages.get(at);
    if (!row) return "waiting";
    const state = `${at === session.current && row.id === session.currentId}${session.marks.has(row.id)}`;
    return this.keys.of(row, state);
  }

  private row(at: number): HTMLElement {
    const { session } = this;
    const row = session.found.pages.get(at);
    if (!row) return placeholderRow(this.density);
    const state = {
      current: at === session.current && row.id === session.currentId,
      marked: session.marks.has(row.id),
      at,
      total: session.found.total,
      density: this.density,
    };
    return rowElement(row, state, session.schemes, `wb-row-${this.id}-${at}`);
  }

  private clicked(event: MouseEvent): void {
    const item = (event.target as HTMLElement).closest<HTMLElement>("[data-sample-id]");
    const id = item?.dataset.sampleId;
    if (!id) return;
    const at = this.session.found.pages.find((row) => row.id === id);
    if (event.ctrlKey || event.metaKey) return this.marking.one(id);
    if (event.shiftKey && at !== null) return void this.marking.range(at).catch(this.session.ctx.notice);
    if (at !== null) this.session.go(at);
  }

  private activeDescendant(): void {
    const { element } = this.list;
    if (this.session.found.total === 0) element.removeAttribute("aria-activedescendant");
    else element.setAttribute("aria-activedescendant", `wb-row-${this.id}-${this.session.current}`);
  }
}

/** One value per (row object, state), so that a row is drawn again exactly when it changed. */
class RowKeys {
  private readonly known = new WeakMap<object, Map<string, object>>();

  of(row: object, state: string): object {
    const states = this.known.get(row) ?? new Map<string, object>();
    this.known.set(row, states);
    const key = states.get(state) ?? {};
    states.set(state, key);
    return key;
  }
}
