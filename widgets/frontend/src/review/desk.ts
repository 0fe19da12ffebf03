// The desk of an open queue: its answers are about what is open there, and those given apart are kept by the queue.
import type { Ctx } from "../core/ctx.ts";
import type { Opened } from "../core/nouns.ts";
import type { Span } from "../tags/decisions.ts";
import { Desk } from "../tags/desk.ts";
import type { Keeper } from "../tags/journal.ts";
import type { Quick } from "../tags/quick.ts";
import type { Answering } from "./answering.ts";
import type { Opening } from "./opening.ts";
import type { Sheet } from "./sheet.ts";
import type { OpenQueue, Reviewed } from "./types.ts";

export interface ReviewDeskOptions {
  ctx: Ctx;
  root: HTMLElement;
  keeper: Keeper | null;
  queue: OpenQueue["queue"];
  sheet: Sheet;
  quick: Quick;
  answering: Answering;
  opening: Opening;
  draw: () => void;
  onWrote: (span: Span) => void;
}

export function reviewDesk({ ctx, root, keeper, queue, sheet, quick, answering, opening, draw, onWrote }: ReviewDeskOptions): Desk {
  const how = queue.order;
  return new Desk({
    ctx,
    root,
    keeper,
    opened: () => sheet.opened as Opened | null,
    ids: () => (sheet.opened ? [sheet.opened.sample.id] : []),
    turn: () => (sheet.step ? sheet.turnOf(sheet.step) : null),
    quick: (scheme) => quick.values(scheme.name),
    onChosen: (_scheme, value) => answering.answer(value),
    onTags: (opened) => answering.tagged(opened as Reviewed),
    onPaint: (decision) => opening.old(decision.ids),
    onScheme: (scheme) => {
      sheet.schemes = sheet.schemes.map((item) => (item.name === scheme.name ? scheme : item));
      draw();
    },
    onRefused: () => void opening.reload().catch(ctx.notice),
    onPending: (count) => opening.saved(count),
    onWrote,
    ...(how === "again" || how === "settle" ? { review: () => ({ queue: queue.id, how, note: answering.reason }) } : {}),
  });
}
