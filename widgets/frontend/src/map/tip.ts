// Beside the pointer: which conversation this point is. Its text is only text.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import type { Row } from "../core/nouns.ts";
import { line } from "../text/body.ts";
import { languageName } from "../text/names.ts";
import { newest } from "../work/parts.ts";
import type { Point } from "./types.ts";

const REST = 70;

export interface Tip {
  element: HTMLElement;
  show(row: number | null, place: Point): void;
  close(): void;
}

export function tipView(ctx: Ctx): Tip {
  const element = h("div", { class: "wb-map-tip", role: "tooltip" });
  element.hidden = true;
  const take = newest();
  const known = new Map<number, Row>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const draw = (row: Row, place: Point): void => {
    fill(element, line(row.title, "wb-map-tip-title"), row.preview ? line(row.preview, "wb-map-tip-text") : null, h("div", { class: "wb-quiet" }, [row.language ? languageName(row.language) : "", tn("{n} turn", "{n} turns", row.turns), row.synthetic ? t("synthetic") : ""].filter(Boolean).join(" · ")));
    element.hidden = false;
    const room = element.parentElement!;
    const left = Math.min(place[0] + 14, room.clientWidth - element.offsetWidth - 8);
    const below = place[1] + 14 + element.offsetHeight < room.clientHeight;
    element.style.left = `${Math.max(8, left)}px`;
    element.style.top = `${Math.max(8, below ? place[1] + 14 : place[1] - element.offsetHeight - 12)}px`;
  };
  const ask = async (row: number, place: Point, ticket: { old(): boolean }): Promise<void> => {
    try {
      const found = known.get(row) ?? (await ctx.call<Row>("map.point", { row }));
      known.set(row, found);
      if (!ticket.old()) draw(found, place);
    } catch {
      element.hidden = true; // the next drawing of the map tells what is gone
    }
  };
  return {
    element,
    show(row, place) {
      const ticket = take();
      clearTimeout(timer);
      element.hidden = true;
      if (row !== null) timer = setTimeout(() => void ask(row, place, ticket), known.has(row) ? 0 : REST);
    },
    close: () => clearTimeout(timer),
  };
}
