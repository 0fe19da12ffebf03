// Release: slices on the left; on the right the chosen one: freeze it, compare its builds, export a build.
import type { Ctx, Mount } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { markReady } from "../core/ready.ts";
import { button, newest, throttled } from "../work/parts.ts";
import { sliceForm } from "./release_form.ts";
import { sliceCard, slicePage, type SlicePage } from "./release_slice.ts";
import type { Slice, Start } from "./release_types.ts";

export const mount: Mount = (root, ctx) => {
  const page = new Release(root, ctx);
  return () => page.close();
};

class Release {
  private readonly list = h("div", { class: "wb-slices" });
  private readonly stage = h("div", { class: "wb-release-stage" });
  private readonly stops: (() => void)[] = [];
  private readonly take = newest();
  private start: Start | null = null;
  private chosen = "";
  private page: SlicePage | null = null;
  private away = false;
  /** A form is open: nothing that arrives later may take what was typed. */
  private asking = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
  ) {
    const side = h(
      "aside",
      { class: "wb-release-side", "aria-label": "Slices" },
      h("header", { class: "wb-head" }, h("h2", {}, "Slices"), h("p", { class: "wb-lead" }, "A slice is a saved query. Frozen, it is a build: exactly these texts, for ever.")),
      button("New slice", () => this.blank(), { name: "new-slice" }),
      this.list,
    );
    fill(root, h("div", { class: "wb-work" }, side, this.stage));
    fill(this.stage, loading());
    const again = throttled(() => !this.away && void this.refresh(), 1500);
    this.stops.push(
      again.stop,
      ctx.on("changed", again),
      ctx.on("hidden", () => void (this.away = true)),
      ctx.on("shown", (args) => {
        this.away = false;
        if (this.start) again();
        if (typeof args["query"] === "string") this.blank(args["query"]);
      }),
    );
    void this.refresh();
  }

  close(): void {
    this.stops.forEach((stop) => stop());
    this.page?.close();
    this.root.replaceChildren();
  }

  private async refresh(): Promise<void> {
    const ticket = this.take();
    const first = this.start === null;
    try {
      const start = await this.ctx.call<Start>("release.start");
      if (ticket.old()) return;
      this.start = start;
      this.drawList();
      if (first && !this.asking) this.begin();
      else if (this.page) this.page.update(this.current());
      else if (this.chosen) this.open(this.chosen); // just saved, and an older answer did not know it yet
      if (first) markReady(this.root);
    } catch (error) {
      if (first) fill(this.stage, failed(error, () => void this.refresh()));
      else this.ctx.notice(error);
    }
  }

  private begin(): void {
    const first = this.start?.slices[0];
    if (first) this.open(first.name);
    else {
      fill(
        this.stage,
        emptyState("Nothing to release yet", "Find in Browse what should go out, then name that query here. You can freeze it as often as you like and see what changed between two builds."),
      );
      this.blank();
    }
  }

  private current(): Slice | undefined {
    return this.start?.slices.find((slice) => slice.name === this.chosen);
  }

  private drawList(): void {
    const slices = this.start?.slices ?? [];
    fill(
      this.list,
      ...slices.map((slice) => sliceCard(slice, slice.name === this.chosen, () => this.open(slice.name))),
      slices.length === 0 ? h("p", { class: "wb-quiet" }, "No slice yet.") : null,
    );
  }

  private open(name: string): void {
    this.chosen = name;
    this.asking = false;
    this.page?.close();
    this.page = null;
    this.drawList();
    const slice = this.current();
    if (!slice || !this.start) return;
    this.page = slicePage(this.ctx, slice, this.start, { changed: () => void this.refresh(), edit: (item) => this.blank(item.query ?? "", item) });
    fill(this.stage, this.page.element);
  }

  private blank(query = this.ctx.trait.get<string>("query") ?? "", slice?: Slice): void {
    this.page?.close();
    this.page = null;
    this.chosen = "";
    this.asking = true;
    this.drawList();
    const form = sliceForm(this.ctx, { query, names: () => this.start?.slices.map((item) => item.name) ?? [], ...(slice ? { slice } : {}) }, {
      saved: (name) => void this.refresh().then(() => this.open(name)),
      cancelled: () => (slice ? this.open(slice.name) : this.begin()),
    });
    fill(this.stage, form.element);
    form.focus();
  }
}
