// The review page: the list of queues, one open queue, or what came of it.
import { onScreen } from "../code/screen.ts";
import type { Ctx } from "../core/ctx.ts";
import { fill } from "../core/dom.ts";
import { loading } from "../core/empty.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import { CatchUp } from "../browse/catchup.ts";
import { openHelp } from "../browse/help.ts";
import { t } from "../core/i18n.ts";
import { browserShelf } from "../core/kept.ts";
import { endPage } from "./end.ts";
import { named } from "./named.ts";
import { Room } from "./room.ts";
import { StartPage } from "./start.ts";
import type { OpenQueue } from "./types.ts";
import type { Wish } from "./wish.ts";

/** What tells that a person is at work, so that reading their own answers again can wait. */
const AT_WORK = ["keydown", "pointerdown"];

export class ReviewPage {
  private readonly start: StartPage;
  private room: Room | null = null;
  private ended: OpenQueue | null = null;
  private stops: (() => void)[] = [];
  private readonly catchUp = new CatchUp({ others: () => this.refresh(), own: () => this.refresh() });
  private auto = true;

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
  ) {
    this.start = new StartPage(ctx, (id) => void this.open(id));
    this.stops.push(
      bindKeys(root, () => this.shortcuts()),
      onScreen(root, () => (this.shownQueue ? [{ name: "review.open", args: { id: this.shownQueue } }] : this.start.form.acts())),
      ctx.on("changed", ({ position }) => this.catchUp.changed(position)),
      ctx.on("shown", (args) => void this.shown(args)),
    );
    for (const event of AT_WORK) root.addEventListener(event, this.busy, true);
    void this.begin();
  }

  close(): void {
    this.catchUp.stop();
    for (const event of AT_WORK) this.root.removeEventListener(event, this.busy, true);
    for (const stop of this.stops) stop();
    this.start.close();
    this.root.replaceChildren();
  }

  /** Where the person was: in a queue that is still there, or before any. */
  private async begin(): Promise<void> {
    fill(this.root, loading());
    this.auto = (await this.ctx.recall<boolean>("review.auto").catch(() => null)) ?? true;
    const last = await this.ctx.recall<string>("review.open").catch(() => null);
    if (this.room) return;
    if (last && (await this.open(last, true))) return;
    await this.queues();
  }

  private async shown(args: Record<string, unknown>): Promise<void> {
    if (typeof args.queue === "string") await this.open(args.queue);
    else if (typeof args.query === "string" || Array.isArray(args.schemes)) await this.queues(args as Partial<Wish>);
    else if (this.room) {
      this.room.focus();
      await this.room.refresh().catch(this.ctx.notice);
    } else if (!this.ended && this.start.element.isConnected) await this.start.load();
  }

  private async queues(wish: Partial<Wish> = {}): Promise<void> {
    this.room = null;
    this.ended = null;
    this.ctx.remember("review.open", null);
    fill(this.root, this.start.element);
    await this.start.load(wish);
    this.start.element.querySelector<HTMLElement>("[data-part=query]")?.focus({ preventScroll: true });
  }

  /** Answers whether it could be opened; `quietly` says nothing when it could not. */
  private async open(id: string, quietly = false): Promise<boolean> {
    let queue: OpenQueue;
    try {
      const opened = await this.ctx.call<OpenQueue>("review.open", { id });
      queue = { ...opened, queue: named(opened.queue, opened.schemes) };
    } catch (error) {
      if (!quietly) this.ctx.notice(error);
      return false;
    }
    if (queue.next === null) {
      this.end(queue);
      return true;
    }
    const room = new Room({
      root: this.root,
      ctx: this.ctx,
      queue,
      keeper: browserShelf(),
      auto: this.auto,
      onAuto: (auto) => this.ctx.remember("review.auto", (this.auto = auto)),
      onWrote: (span) => this.catchUp.wrote(span),
      onLeave: () => void this.queues(),
      onEnd: () => this.end(queue),
    });
    this.room = room;
    this.ended = null;
    this.ctx.remember("review.open", id);
    fill(this.root, room.element);
    await room.start();
    if (this.room === room) room.focus();
    return true;
  }

  private end(queue: OpenQueue): void {
    this.room = null;
    this.ended = queue;
    this.ctx.remember("review.open", null);
    const page = endPage({
      ctx: this.ctx,
      queue,
      onQueues: () => void this.queues(),
      onMore: () => void this.open(queue.queue.id),
    });
    fill(this.root, page);
    page.focus({ preventScroll: true });
  }

  private get shownQueue(): string | null {
    return this.room?.id ?? this.ended?.queue.id ?? null;
  }

  private readonly busy = (): void => this.catchUp.busy();

  private refresh(): void {
    this.catchUp.done();
    void this.room?.refresh().catch(this.ctx.notice);
  }

  private shortcuts(): Shortcut[] {
    if (this.room) return this.room.shortcuts();
    if (this.ended)
      return [
        {
          keys: ["Enter", "Escape"],
          label: t("All queues"),
          run: (event) =>
            event.key === "Enter" && (event.target as HTMLElement).tagName === "BUTTON" ? false : void this.queues(),
        },
      ];
    return [
      ...this.start.shortcuts(),
      { keys: ["?"], label: t("These keys"), run: () => openHelp(this.root, this.start.shortcuts()) },
    ];
  }
}
