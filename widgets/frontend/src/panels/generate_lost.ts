// The rows of a run that came to nothing: each can be sent again, alone or with others; what could not be read, mended.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inDigits, said, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { button } from "../work/parts.ts";
import type { LostRow } from "./generate_types.ts";

export interface LostRows {
  element: HTMLElement;
  /** Show the rows of a run; again for the same run: put them away. A text that is being mended there stays. */
  show(run: string): Promise<void>;
  /** Read the rows again, unless somebody is writing in one of them. */
  look(): void;
}

export function lostRows(ctx: Ctx, changed: () => void): LostRows {
  const element = h("section", { class: "wb-nothing", hidden: true, "aria-label": t("What came to nothing") });
  let open: string | null = null;
  let drawn = "";
  const chosen = new Set<string>();
  const away = (): void => {
    open = null;
    drawn = "";
    chosen.clear();
    element.hidden = true;
    fill(element);
  };
  const read = async (run: string, looking = false): Promise<void> => {
    const found = await ctx.call<{ rows: LostRow[]; more: boolean }>("draft.lost", { run });
    if (open !== run || (looking && isWriting(element))) return;
    if (found.rows.length === 0) return away();
    if (JSON.stringify(found) === drawn) return;
    drawn = JSON.stringify(found);
    const done = (): void => (changed(), read(run).catch(ctx.notice), undefined);
    const typed = typedIn(element);
    const back = focusIn(element);
    for (const id of [...chosen]) if (!found.rows.some((row) => row.id === id)) chosen.delete(id);
    const several = chosenBar(ctx, run, found.rows, chosen, done);
    element.hidden = false;
    fill(
      element,
      h("div", { class: "wb-row" }, h("h3", {}, t("What came to nothing")), button(t("Close"), away, { small: true, name: "lost-close" })),
      several.element,
      h("ul", { class: "wb-nothing-rows" }, ...found.rows.map((row) => item(ctx, run, row, typed.get(row.id), several.tick(row), done))),
      found.more ? h("p", { class: "wb-quiet" }, t("There are more; these are the first {n}.", { n: inDigits(found.rows.length) })) : null,
    );
    back();
  };
  return {
    element,
    look() {
      if (open && !isWriting(element)) read(open, true).catch(ctx.notice);
    },
    async show(run) {
      if (typedIn(element).size > 0) return ctx.notice(t("A text below was changed and is not read yet: “Read again” takes it, “Close” lets it go."));
      if (open === run) return away();
      open = run;
      try {
        await read(run);
      } catch (error) {
        away();
        ctx.notice(error);
      }
    },
  };
}

/** What somebody is writing, by draft: it outlives a list that is read again. */
function typedIn(element: HTMLElement): Map<string, string> {
  const texts = [...element.querySelectorAll("textarea")].filter((text) => text.value !== text.defaultValue);
  return new Map(texts.map((text) => [text.closest<HTMLElement>("[data-draft]")?.dataset["draft"] ?? "", text.value]));
}

/** Somebody writes in it, or has written: no look draws it anew. */
function isWriting(element: HTMLElement): boolean {
  return typedIn(element).size > 0 || (document.activeElement instanceof HTMLTextAreaElement && element.contains(document.activeElement));
}

/** Where the focus is, as a way back there once the rows are drawn again: keys never fall to the drafts below. */
function focusIn(element: HTMLElement): () => void {
  const now = document.activeElement as HTMLElement | null;
  if (!now || !element.contains(now)) return () => {};
  const draft = now.closest<HTMLElement>("[data-draft]")?.dataset["draft"];
  const at = now instanceof HTMLTextAreaElement ? [now.selectionStart, now.selectionEnd] as const : null;
  const which = at ? "textarea" : now instanceof HTMLInputElement ? "input" : `[data-action="${now.dataset["action"]}"]`;
  return () => {
    const row = draft ? [...element.querySelectorAll<HTMLElement>("[data-draft]")].find((one) => one.dataset["draft"] === draft) : element;
    const next = row?.querySelector<HTMLElement>(which) ?? element.querySelector<HTMLElement>("[data-action=lost-close]");
    next?.focus({ preventScroll: true });
    if (at && next instanceof HTMLTextAreaElement) next.setSelectionRange(...at);
  };
}

/** Rows that are ticked are sent together, and no other: a tick for each row, and the line that says what is sent. */
function chosenBar(ctx: Ctx, run: string, rows: LostRow[], chosen: Set<string>, done: () => void): { element: HTMLElement; tick(row: LostRow): HTMLElement } {
  const element = h("div", { class: "wb-wrap wb-nothing-chosen", role: "status" });
  const draw = (): void => {
    const named = rows.filter((row) => chosen.has(row.id));
    const doubtful = named.filter(inDoubt).length;
    const send = sender(ctx, run, named, tn("Try the chosen row again", "Try the {n} chosen rows again", named.length), "try-chosen", () => (chosen.clear(), done()));
    fill(
      element,
      named.length > 0 ? send : h("span", { class: "wb-help" }, t("Tick rows to try several of them again. No other row is sent.")),
      doubtful > 0 ? h("span", { class: "wb-chip wb-chip-warn" }, named.length === 1 ? t("It may be paid for twice.") : tn("{n} of them may be paid for twice", "{n} of them may be paid for twice", doubtful)) : null,
    );
  };
  draw();
  return {
    element,
    tick(row) {
      const box = h("input", { type: "checkbox", checked: chosen.has(row.id), "aria-label": t("choose row {n}", { n: inDigits(row.row + 1) }) });
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(row.id);
        else chosen.delete(row.id);
        draw();
      });
      return box;
    },
  };
}

function item(ctx: Ctx, run: string, row: LostRow, typed: string | undefined, tick: HTMLElement, done: () => void): HTMLElement {
  const doubtful = inDoubt(row);
  return h(
    "li",
    { class: "wb-nothing-row", data: { draft: row.id } },
    h(
      "div",
      { class: "wb-wrap" },
      tick,
      h("span", { class: "wb-quiet" }, t("row {n}", { n: inDigits(row.row + 1) })),
      h("span", { class: `wb-chip ${doubtful ? "wb-chip-warn" : "wb-chip-bad"}` }, doubtful ? t("maybe charged") : t("failed")),
      line(said(row.reason)),
      again(ctx, run, row, done),
    ),
    row.repairable ? mend(ctx, row, typed, done) : row.raw ? h("pre", { class: "wb-nothing-raw" }, row.raw) : null,
  );
}

function inDoubt(row: LostRow): boolean {
  return row.state === "in_doubt";
}

/** One row alone: a person says that it is paid for, a second time when it was maybe charged. */
function again(ctx: Ctx, run: string, row: LostRow, done: () => void): HTMLElement {
  if (inDoubt(row)) return sender(ctx, run, [row], t("Send again"), "send-again", done, t("It is sent once more, and may be paid for twice. No other row is sent"));
  return sender(ctx, run, [row], t("Try again"), "try-again", done, t("This row alone is asked for again, and paid for as any other"));
}

function sender(ctx: Ctx, run: string, rows: LostRow[], label: string, name: string, done: () => void, title = ""): HTMLElement {
  const doubtful = rows.filter(inDoubt).map((row) => row.id);
  const args = { run, only: rows.map((row) => row.id), ...(doubtful.length > 0 ? { send_again: doubtful } : {}) };
  const send = button(label, () => {
    send.disabled = true;
    void ctx.call("run.resume", args).then(done, (error) => ((send.disabled = false), ctx.notice(error)));
  }, { small: true, name, ...(title ? { title } : {}) });
  return send;
}

function mend(ctx: Ctx, row: LostRow, typed: string | undefined, done: () => void): HTMLElement {
  const text = h("textarea", { class: "wb-input wb-nothing-raw", rows: 4, spellcheck: false, "aria-label": t("What the model wrote") });
  text.defaultValue = row.raw;
  text.value = typed ?? row.raw;
  const read = button(t("Read again"), () => {
    read.disabled = true;
    void ctx.call("draft.repair", { id: row.id, text: text.value }).then(done, (error) => ((read.disabled = false), ctx.notice(error)));
  }, { small: true, name: "repair" });
  return h("div", { class: "wb-stack" }, text, h("div", { class: "wb-wrap" }, read, h("span", { class: "wb-help" }, t("Mend what the model wrote and have it read again. Nothing is sent."))));
}
