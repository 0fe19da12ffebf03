// The map: all samples in two dimensions; what is picked out on it becomes a query that works on every page.
import { openHelp } from "../browse/help.ts";
import { onScreen, type Act } from "../code/screen.ts";
import type { Ctx, Mount } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, failed, loading, toCollect } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import { bindKeys, type Shortcut } from "../core/keys.ts";
import { inSentences } from "../core/notice.ts";
import { markReady } from "../core/ready.ts";
import { CommandError } from "../core/rpc.ts";
import { bytesOf, chosenOf, pictureOf } from "../map/decode.ts";
import { countWords } from "../map/chosen.ts";
import { legendView } from "../map/legend.ts";
import { mapKeys } from "../map/keys.ts";
import { hasArea, thinned } from "../map/outline.ts";
import { regionList } from "../map/regions.ts";
import { Selecting } from "../map/selecting.ts";
import { Stage } from "../map/stage.ts";
import { tipView } from "../map/tip.ts";
import { mapBar } from "../map/tools.ts";
import type { How, PackedPicture, Picture, Point, RegionInfo, Start, Tool } from "../map/types.ts";
import { followJob } from "../work/jobs.ts";
import { newest, settled } from "../work/parts.ts";
import { progressView } from "../work/progress.ts";

export const mount: Mount = (root, ctx) => {
  const page = new MapPage(root, ctx);
  return () => page.close();
};

const COLOUR = "map.colour";

class MapPage {
  private readonly bar = mapBar({
    query: () => void this.draw(),
    colour: () => (this.ctx.remember(COLOUR, this.bar.colour.value), void this.draw()),
    tool: (tool) => this.take(tool),
    zoom: (factor) => this.stage.zoom(factor),
    all: () => this.stage.all(),
  });
  private readonly stage = new Stage({
    outlined: (outline, how) => void this.outlined(outline, how),
    opened: (at) => void this.open(at),
    pointed: (at, place) => this.tip.show(at === null ? null : (this.picture?.rows[at] ?? null), place),
  });
  private readonly tip: ReturnType<typeof tipView>;
  private readonly selecting: Selecting;
  private readonly legend = legendView((groups) => this.stage.hide(groups), (term) => this.ctx.navigate("browse", { query: this.narrowed(term) }));
  private readonly regions = regionList((region, how) => void this.region(region, how));
  private readonly cover = h("div", { class: "wb-map-cover" }, loading(t("Opening the map")));
  private readonly stops: (() => void)[] = [];
  private readonly ticket = newest();
  private picture: Picture | null = null;
  private stale = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
  ) {
    this.tip = tipView(ctx);
    this.selecting = new Selecting({
      ctx,
      picture: () => (this.picture ? { query: this.picture.query, layout: this.picture.layout } : { query: "" }),
      onStale: () => void this.draw(),
      onShow: () => this.mark(),
      onCleared: () => this.stage.element.focus({ preventScroll: true }),
    });
    const side = h(
      "aside",
      { class: "wb-map-side", tabindex: -1, "aria-label": t("Selection, colours and regions") },
      this.selecting.card.element,
      h("h3", {}, t("Colours")),
      this.legend.element,
      h("h3", {}, t("Regions")),
      h("p", { class: "wb-help" }, t("Named by the words that set them apart, or by what lies in their middle. Choose one to select it.")),
      this.regions.element,
    );
    const middle = h("div", { class: "wb-map-middle" }, this.stage.element, this.tip.element, this.cover, h("div", { class: "wb-map-told" }, this.bar.told));
    fill(root, h("div", { class: "wb-map-page" }, this.bar.element, h("div", { class: "wb-map-two" }, middle, side)));
    const changed = settled(() => this.changed(), 900);
    this.stops.push(
      this.bar.close,
      this.legend.close,
      this.tip.close,
      changed.stop,
      () => this.stage.close(),
      bindKeys(root, () => this.keys()),
      onScreen(root, () => this.acts()),
      ctx.on("changed", changed),
      ctx.on("shown", (args) => this.shown(args)),
    );
    this.take("lasso");
    void this.begin();
  }

  close(): void {
    this.ticket();
    this.stops.forEach((stop) => stop());
    this.root.replaceChildren();
  }

  /** The picture, and what is picked out on it. */
  private acts(): Act[] {
    const picture = { name: "map.picture", args: this.asked() };
    return this.selecting.now ? [picture, { name: "map.selection", args: {} }] : [picture];
  }

  private asked(): { query: string; colour: string } {
    return { query: this.bar.query.value.trim(), colour: this.bar.colour.value || "domain" };
  }

  private keys(): Shortcut[] {
    return mapKeys({
      tool: (tool) => this.take(tool),
      zoom: (factor) => this.stage.zoom(factor),
      move: (dx, dy) => document.activeElement === this.stage.element && (this.stage.move(dx, dy), true),
      all: () => this.stage.all(),
      search: () => this.bar.query.focus(),
      colour: () => this.bar.colour.focus(),
      browse: () => this.browse(),
      clear: () => (this.selecting.now ? (void this.selecting.clear(), true) : false),
      undo: () => void this.selecting.step("undo"),
      redo: () => void this.selecting.step("redo"),
      help: () => openHelp(this.root, this.keys()),
    });
  }

  private browse(): boolean {
    const selection = this.selecting.now;
    if (!selection || document.activeElement !== this.stage.element) return false;
    this.ctx.navigate("browse", { query: selection.query });
    return true;
  }

  private async begin(): Promise<void> {
    try {
      const [start, colour] = await Promise.all([this.ctx.call<Start>("map.start"), this.ctx.recall<string>(COLOUR)]);
      this.bar.fields(start.fields, colour ?? "domain");
      this.selecting.begin(start.selection);
      await this.draw();
    } catch (error) {
      this.cover.hidden = false;
      fill(this.cover, failed(error, () => void this.begin()));
    }
    markReady(this.root);
  }

  /** Make the map ready first, as a job when that takes long; then draw what the query finds. */
  private async draw(): Promise<void> {
    const ticket = this.ticket();
    this.stale = false;
    try {
      const { job } = await this.ctx.call<{ job: string | null }>("map.ready");
      if (ticket.old()) return;
      if (job) return this.wait(job, ticket);
      await this.fetch(ticket);
    } catch (error) {
      if (!ticket.old()) this.trouble(error);
    }
  }

  private wait(job: string, ticket: { old(): boolean }): void {
    const view = progressView(this.ctx, t("Drawing the map"), job);
    if (!this.picture) fill(this.cover, h("div", { class: "wb-map-waiting" }, view.element, h("p", { class: "wb-help" }, t("The first time, all texts are read. You can go on working on the other pages meanwhile."))));
    const inView = (): boolean => this.root.offsetParent !== null;
    const end = (state: string, error?: unknown): void => {
      if (ticket.old()) return;
      if (state === "done") void this.fetch(ticket).catch((problem: unknown) => this.trouble(problem));
      else this.trouble(error ?? { code: "cancelled", message: t("The map was not drawn."), hint: t("You stopped it; draw it again when you like.") });
    };
    this.stops.push(followJob(this.ctx, job, { progress: view.update, inView, end: (ended) => end(ended.state, ended.state === "failed" ? ended.error : undefined) }));
  }

  private async fetch(ticket: { old(): boolean }): Promise<void> {
    const packed = await this.ctx.call<PackedPicture>("map.picture", this.asked());
    if (ticket.old()) return;
    this.picture = pictureOf(packed);
    this.bar.query.classList.remove("wb-invalid");
    this.bar.told.className = "wb-where-count wb-numbers";
    this.bar.told.textContent = countWords(packed.total, packed.placed, packed.drawn);
    this.cover.hidden = packed.placed > 0;
    if (packed.placed === 0) fill(this.cover, packed.query ? emptyState(t("The query finds nothing"), t("Change it above, or leave it empty to see all conversations.")) : emptyState(t("Nothing on the map yet"), t("Import conversations first; they appear here by what they say."), toCollect(this.ctx)));
    this.stage.show(this.picture);
    this.legend.show(this.picture);
    this.regions.show(this.picture);
    this.mark();
  }

  private trouble(error: unknown): void {
    if (!this.picture) {
      this.cover.hidden = false;
      fill(this.cover, failed(error, () => void this.draw()));
      return;
    }
    this.bar.query.classList.toggle("wb-invalid", error instanceof CommandError && error.code === "query");
    this.bar.told.className = "wb-where-count wb-problem";
    this.bar.told.textContent = inSentences(error);
  }

  private shown(args: Record<string, unknown>): void {
    if (typeof args["query"] === "string") {
      this.bar.query.value = args["query"];
      void this.draw();
    } else if (this.stale) void this.draw();
    if (this.picture) this.selecting.again();
  }

  /** Somebody wrote to the workspace: a map in view is drawn again, one out of view when it is shown. */
  private changed(): void {
    if (this.root.offsetParent === null || !this.picture) return void (this.stale = true);
    void this.draw();
    this.selecting.again();
  }

  private take(tool: Tool): void {
    this.stage.tool = tool;
    this.stage.element.dataset["tool"] = tool;
    this.bar.tool(tool);
  }

  private outlined(outline: Point[], how: How): Promise<void> {
    if (!hasArea(outline, 0.002)) return Promise.resolve();
    return this.selecting.select({ outline: thinned(outline), how });
  }

  private async region(region: RegionInfo, how: How): Promise<void> {
    await this.selecting.select({ region: region.number, how });
  }

  private mark(): void {
    const selection = this.selecting.now;
    const rows = selection ? new Int32Array(bytesOf(selection.rows)) : null;
    this.stage.mark(rows && this.picture ? chosenOf(this.picture.rows, rows) : null);
  }

  private async open(at: number): Promise<void> {
    const row = this.picture?.rows[at];
    if (row === undefined) return;
    try {
      const { id } = await this.ctx.call<{ id: string }>("map.point", { row });
      this.ctx.navigate("browse", { query: `id:${id}`, id });
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private narrowed(term: string): string {
    const query = this.picture?.query ?? "";
    return query ? `(${query}) ${term}` : term;
  }
}
