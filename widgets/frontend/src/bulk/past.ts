// Bulk answers given before: what was asked for, what the check told, and running one again on what is new.
import type { Ctx } from "../core/ctx.ts";
import { fill, h, isolated } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { inDigits, labelled, said, t, tn } from "../core/i18n.ts";
import type { Scheme } from "../core/nouns.ts";
import { inWords } from "../tags/answers.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";
import { button } from "../work/parts.ts";
import type { BulkTag } from "./types.ts";

export function pastView(ctx: Ctx, schemes: Scheme[], onDone: () => void): HTMLElement {
  const box = h("div", { class: "wb-bulk-past" }, loading());
  const again = async (item: BulkTag): Promise<void> => {
    try {
      const { done } = await ctx.call<{ done: BulkTag }>("bulk.again", { id: item.id });
      ctx.notice(
        done.changed === 0
          ? t("Nothing new was found to answer.")
          : tn("{n} new answer given. u takes it back.", "{n} new answers given. u takes all of them back.", done.changed),
      );
      onDone();
      draw();
    } catch (error) {
      ctx.notice(error);
    }
  };
  const draw = (): void => {
    ctx
      .call<BulkTag[]>("bulk.list")
      .then((items) => {
        if (items.length === 0)
          fill(box, emptyState(t("None yet"), t("Answers given to many conversations at once are listed here.")));
        else fill(box, h("ul", { class: "wb-bulk-items" }, ...items.map((item) => row(item, schemes, () => void again(item)))));
      })
      .catch((error) => fill(box, failed(error, draw)));
  };
  draw();
  return box;
}

function row(item: BulkTag, schemes: Scheme[], again: () => void): HTMLElement {
  const scheme = schemes.find((found) => found.name === item.scheme);
  const rerun = item.query !== null;
  return h(
    "li",
    { class: item.undone ? "wb-bulk-item wb-bulk-undone" : "wb-bulk-item" },
    h(
      "div",
      { class: "wb-grow wb-stack-tight" },
      h(
        "div",
        { class: "wb-row" },
        h("b", { class: "wb-clip" }, labelled(said(scheme?.title || item.scheme)), isolated(scheme ? said(inWords(scheme, item.value)) : String(item.value))),
        item.undone ? h("span", { class: "wb-chip" }, t("taken back")) : null,
      ),
      line(whereWords(item), "wb-clip wb-quiet"),
      h("div", { class: "wb-help", title: exactly(item.at) }, factWords(item)),
    ),
    button(t("Run again"), again, {
      small: true,
      disabled: !rerun,
      title: rerun
        ? t("Answer what the search finds now and you have not answered")
        : t("These were marked one by one: there is no search to repeat"),
    }),
  );
}

function whereWords(item: BulkTag): string {
  if (item.query === null) return t("conversations marked one by one");
  return item.query ? t("what “{query}” found", { query: item.query }) : t("every conversation");
}

function factWords(item: BulkTag): string {
  const parts = [
    tn("{n} answer", "{n} answers", item.changed),
    item.check
      ? tn("{n} of {judged} looked at fits", "{n} of {judged} looked at fit", item.check.fits, { judged: inDigits(item.check.fits + item.check.misses) })
      : t("no sample looked at"),
    `${item.author}, ${ago(item.at)}`,
  ];
  return parts.join(" · ");
}
