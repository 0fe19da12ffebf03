// How the files of an export will begin, to the letter, and the card as it stands, before anything is written.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, type Child } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { bindKeys } from "../core/keys.ts";
import { said, saidLabel, t, tn } from "../core/i18n.ts";
import { line, plain } from "../text/body.ts";
import { newest, uid } from "../work/parts.ts";
import { cardView } from "./release_card.ts";
import type { Chosen } from "./release_options.ts";
import type { Build, Exporter, FileStart, Preview } from "./release_types.ts";

export interface PreviewBox {
  element: HTMLElement;
  /** Show this format. */
  show(format: string): void;
  /** Other options were chosen. */
  again(): void;
  focus(): void;
}

type View = "records" | "card";

/** `options`: what was chosen for a format; `onNotes` hears what deserves a look before the shown format goes out. */
export function previewBox(ctx: Ctx, build: Build, exporters: Exporter[], options: (format: string) => Chosen, onNotes: (told: string[]) => void): PreviewBox {
  const take = newest();
  const known = new Map<string, Preview>();
  const panel = uid("preview");
  let format = exporters[0]?.name ?? "";
  let view: View = "records";
  const title = h("span", { class: "wb-grow wb-clip" });
  const body = h("div", { class: "wb-preview-body", id: panel, role: "tabpanel", tabindex: 0, "aria-label": t("Preview") });
  const tab = (name: View, label: string): HTMLButtonElement =>
    h("button", { class: "wb-button wb-button-small wb-segment", role: "tab", "aria-controls": panel, data: { view: name }, on: { click: () => turn(name) } }, label);
  const tabs = [tab("records", t("First records")), tab("card", t("Card"))];
  const bar = h("div", { class: "wb-segments", role: "tablist", "aria-label": t("What is previewed") }, ...tabs);
  const element = h("div", { class: "wb-preview", data: { part: "export-preview" } }, h("div", { class: "wb-row wb-preview-head" }, title, bar), body);

  const turn = (next: View): void => {
    view = next;
    void draw();
  };
  const mark = (): void => {
    const exporter = exporters.find((item) => item.name === format);
    title.textContent = exporter ? t("As it will be written: {format}", { format: said(exporter.title) }) : "";
    for (const item of tabs) {
      const on = item.dataset["view"] === view;
      item.setAttribute("aria-selected", String(on));
      item.tabIndex = on ? 0 : -1;
    }
  };
  const draw = async (): Promise<void> => {
    mark();
    const ticket = take();
    const waiting = setTimeout(() => !ticket.old() && fill(body, loading(t("Writing the first records"))), 150);
    try {
      const asked = { build: build.id, to: format, options: options(format) };
      const key = JSON.stringify(asked);
      const found = known.get(key) ?? (await ctx.call<Preview>("release.preview", asked));
      known.set(key, found);
      if (ticket.old()) return;
      onNotes(found.notes);
      fill(body, ...(view === "card" ? cardPart(found) : records(found)));
      body.scrollTop = 0;
    } catch (error) {
      if (!ticket.old()) fill(body, failed(error, () => void draw()));
    } finally {
      clearTimeout(waiting);
    }
  };
  bindKeys(bar, () => [
    { keys: ["ArrowRight", "ArrowLeft"], label: t("The other view"), fixed: true, run: () => (turn(view === "card" ? "records" : "card"), tabs.find((item) => item.tabIndex === 0)?.focus()) },
  ]);
  void draw();
  return {
    element,
    show(next) {
      if (next === format) return;
      format = next;
      void draw();
    },
    again: () => void draw(),
    focus: () => body.focus({ preventScroll: true }),
  };
}

function records(found: Preview): HTMLElement[] {
  if (found.files.length === 0)
    return [h("div", { class: "wb-empty" }, h("h3", {}, t("No record to show")), h("p", {}, t("The first conversations of this build give no record in this format.")))];
  return found.files.map(fileView);
}

function fileView(file: FileStart): HTMLElement {
  const told = file.whole ? t("the whole file") : tn("the first record", "the first {n} records", file.records);
  return h(
    "section",
    { class: "wb-preview-file" },
    h("header", { class: "wb-row" }, h("code", {}, line(file.name)), h("span", { class: "wb-quiet" }, file.table ? t("not text; as a table") : told)),
    file.table ? tableView(file) : h("pre", { class: "wb-plain", data: { file: file.name } }, ...(plain(file.text ?? "") as Child[])),
  );
}

function tableView(file: FileStart): HTMLElement {
  const { columns = [], rows = [] } = file.table ?? {};
  return h(
    "table",
    { class: "wb-table wb-preview-table" },
    h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, line(name))))),
    h("tbody", {}, ...rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, line(cell.length > 160 ? `${cell.slice(0, 160)}…` : cell)))))),
  );
}

function cardPart(found: Preview): HTMLElement[] {
  return [h("p", { class: "wb-help" }, t("This card is written beside the files. What only writing can count is added to its notes then.")), cardView(found.card)];
}

export function notes(told: string[]): HTMLElement | null {
  return told.length > 0 ? h("ul", { class: "wb-notes" }, ...told.map((note) => h("li", {}, line(saidLabel(note))))) : null;
}
