// What others ask of the browse page: another page that shows something here, and Python that sets query or selection.
import type { Ctx } from "../core/ctx.ts";
import type { Session } from "./session.ts";

export interface FollowingOptions {
  ctx: Ctx;
  session: Session;
  /** Show the query in the bar. */
  show: (query: string) => void;
  /** What is shown may be old. */
  stale: () => void;
  focus: () => void;
}

/** Follow until the returned function is called. */
export function followOthers(options: FollowingOptions): () => void {
  const { ctx, session, show, stale, focus } = options;
  const run = (query: string): void => {
    show(query);
    void session.run(query).catch(ctx.notice);
  };
  const shown = (args: Record<string, unknown>): void => {
    if (typeof args.query === "string") run(args.query);
    else if (session.found.loaded) stale();
    if (typeof args.id === "string") void session.open(args.id);
    focus();
  };
  const asked = (): void => {
    const query = ctx.trait.get<string>("query") ?? "";
    if (query !== session.found.query) run(query);
  };
  const stops = [
    ctx.on("shown", shown),
    ctx.trait.on("query", asked),
    ctx.trait.on("selection", () => point(session, ctx.trait.get<string[]>("selection") ?? [])),
  ];
  return () => stops.forEach((stop) => stop());
}

/** Open the first of these conversations, and mark them when there are several. */
function point(session: Session, ids: string[]): void {
  if (ids.join() === session.chosen().join()) return;
  session.marks.clear();
  if (ids.length > 1) for (const id of ids) session.marks.add(id);
  const at = ids[0] === undefined ? null : session.found.pages.find((row) => row.id === ids[0]);
  if (at !== null) session.go(at);
  else if (ids[0]) void session.open(ids[0]);
  session.events.emit("marks", null);
}
