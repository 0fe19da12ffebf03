// The rows of a run that came to nothing: what was maybe charged can be sent again, what could not be read can be mended.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inDigits, said, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { button } from "../work/parts.ts";
import type { LostRow } from "./generate_types.ts";

export interface LostRows {
  element: HTMLElement;
  /** Show the rows of a run; again for the same run: put them away. */
  show(run: string): Promise<void>;
  /** Read the rows again, unless somebody is writing in one of them. */
  look(): void;
}

export function lostRows(ctx: Ctx, changed: () => void): LostRows {
  const element = h("section", { class: "wb-nothing", hidden: true, "aria-label": t("What came to nothing") });
  let open: string | null = null;
  let drawn = "";
  const away = (): void => {
    open = null;
    drawn = "";
    element.hidden = true;
    fill(element);
  };
  const read = async (run: string): Promise<void> => {
    const found = await ctx.call<{ rows: LostRow[]; more: boolean }>("draft.lost", { run });
    if (open !== run) return;
    if (found.rows.length === 0) return away();
    if (JSON.stringify(found) === drawn) return;
    drawn = JSON.stringify(found);
    const done = (): void => (changed(), read(run).catch(ctx.notice), undefined);
    const typed = typedIn(element);
    element.hidden = false;
    fill(
      element,
      h("div", { class: "wb-row" }, h("h3", {}, t("What came to nothing")), button(t("Close"), away, { small: true, name: "lost-close" })),
      h("ul", { class: "wb-nothing-rows" }, ...found.rows.map((row) => item(ctx, run, row, typed.get(row.id), done))),
      found.more ? h("p", { class: "wb-quiet" }, t("There are more; these are the first {n}.", { n: inDigits(found.rows.length) })) : null,
    );
  };
  return {
    element,
    look() {
      if (open && typedIn(element).size === 0) read(open).catch(ctx.notice);
    },
    async show(run) {
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

function item(ctx: Ctx, run: string, row: LostRow, typed: string | undefined, done: () => void): HTMLElement {
  const doubtful = row.state === "in_doubt";
  return h(
    "li",
    { class: "wb-nothing-row", data: { draft: row.id } },
    h(
      "div",
      { class: "wb-wrap" },
      h("span", { class: "wb-quiet" }, t("row {n}", { n: inDigits(row.row + 1) })),
      h("span", { class: `wb-chip ${doubtful ? "wb-chip-warn" : "wb-chip-bad"}` }, doubtful ? t("maybe charged") : t("failed")),
      line(said(row.reason)),
      doubtful ? again(ctx, run, row, done) : null,
    ),
    row.repairable ? mend(ctx, row, typed, done) : row.raw ? h("pre", { class: "wb-nothing-raw" }, row.raw) : null,
  );
}

/** One row at a time: a person says that this call may be paid a second time. */
function again(ctx: Ctx, run: string, row: LostRow, done: () => void): HTMLElement {
  const send = button(t("Send again"), () => {
    send.disabled = true;
    void ctx.call("run.resume", { run, send_again: [row.id] }).then(done, (error) => ((send.disabled = false), ctx.notice(error)));
  }, { small: true, name: "send-again", title: t("It is sent once more, and may be paid for twice. The run goes on with all it has left to make") });
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
