// The preference pairs kept of a conversation: the better words over the worse, and a way to take one away.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import type { Opened } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { wordDiff } from "../text/diff.ts";
import { diffView } from "../text/diffview.ts";
import { ago } from "../text/when.ts";

interface PairRow {
  id: string;
  turn: string;
  author: string;
  at: number;
  rejected: string;
  chosen: string;
}

/** Nothing when no pair is kept; else a line that opens to the pairs. */
export function pairsView(opened: Opened, ctx: Ctx, onChanged: () => void): HTMLElement | null {
  const kept = (opened.pairs ?? []).filter((pair) => pair.kept);
  if (kept.length === 0) return null;
  const list = h("div", { class: "wb-pairs" });
  const element = h(
    "details",
    { class: "wb-extra" },
    h("summary", {}, tn("{n} preference pair", "{n} preference pairs", kept.length)),
    list,
  );
  element.addEventListener("toggle", () => element.open && void draw());
  const numbers = new Map(opened.sample.turns.map((turn, at) => [turn.id, at + 1]));
  const draw = async (): Promise<void> => {
    try {
      const pairs = await ctx.call<PairRow[]>("pair.list", { id: opened.sample.id });
      fill(list, ...pairs.map((pair) => pairView(pair, numbers.get(pair.turn), () => void take(pair))));
    } catch (error) {
      ctx.notice(error);
    }
  };
  const take = async (pair: PairRow): Promise<void> => {
    try {
      await ctx.call("pair.keep", { id: pair.id, kept: false });
      ctx.notice(t("The pair is taken away; the text stays as it is. u brings it back."));
      onChanged();
    } catch (error) {
      ctx.notice(error);
    }
  };
  return element;
}

function pairView(pair: PairRow, number: number | undefined, onRemove: () => void): HTMLElement {
  return h(
    "div",
    { class: "wb-pair" },
    h(
      "div",
      { class: "wb-row" },
      h("span", { class: "wb-grow wb-quiet" }, line(number === undefined ? `${pair.author}, ${ago(pair.at)}` : `${t("Turn {n}", { n: number })} · ${pair.author}, ${ago(pair.at)}`)),
      h("button", { class: "wb-button wb-button-small", on: { click: onRemove } }, t("Take away")),
    ),
    diffView(wordDiff(pair.rejected, pair.chosen), true),
  );
}
