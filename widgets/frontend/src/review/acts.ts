// What a key or a button does in an open queue, each said once.
import { openNote } from "../browse/note.ts";
import type { Ctx } from "../core/ctx.ts";
import type { Answering } from "./answering.ts";
import { CANNOT_SAY } from "./choices.ts";
import type { RoomActions } from "./keys.ts";
import type { Opening } from "./opening.ts";
import type { Sheet } from "./sheet.ts";
import type { Shelf } from "./shelf.ts";
import type { Stage } from "./stage.ts";
import type { Taking } from "./taking.ts";

export interface ActingRoom {
  ctx: Ctx;
  sheet: Sheet;
  stage: Stage;
  shelf: Shelf;
  answering: Answering;
  opening: Opening;
  taking: Taking;
  draw: () => void;
  auto: () => void;
  leave: () => void;
  help: () => void;
}

export function roomActs(room: ActingRoom): RoomActions {
  const { sheet, stage, shelf, answering, opening, taking } = room;
  const pick = (turn: string | null): void => {
    sheet.pick(turn);
    stage.mark(turn ?? sheet.step?.turn ?? null);
    room.draw();
  };
  return {
    offers: () => (sheet.scheme ? sheet.offersOf(sheet.scheme) : []),
    answer: (offer) => answering.offered(offer),
    unsure: () => answering.answer(CANNOT_SAY),
    enter: () => answering.enter(),
    find: () => answering.find(),
    next: () => opening.move(1),
    back: () => opening.move(-1),
    later: () => void opening.later(),
    undo: () => void taking.undo(),
    redo: () => void taking.redo(),
    question: (by) => question(room, by),
    turn: (by) => {
      const next = sheet.turnBeside(by);
      if (next) pick(next);
    },
    pick,
    scroll: (share) => stage.conversation.scrollBy(share),
    note: () => note(room),
    example: () => shelf.name(),
    examples: () => shelf.see(),
    auto: room.auto,
    browse: () => browse(room),
    leave: () => (sheet.picked ? pick(null) : room.leave()),
    help: room.help,
  };
}

function question({ sheet, stage, draw }: ActingRoom, by: number): void {
  if (!sheet.move(by)) return;
  stage.mark(sheet.step?.turn ?? null);
  draw();
}

function note({ ctx, sheet, stage, opening }: ActingRoom): void {
  if (sheet.opened) openNote(stage.element, ctx, sheet.opened.sample.id, sheet.picked, () => void opening.refresh());
}

function browse({ ctx, sheet }: ActingRoom): void {
  if (sheet.opened) ctx.navigate("browse", { query: `id:${sheet.opened.sample.id}` });
}
