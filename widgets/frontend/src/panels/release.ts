// Release: slices on the left; on the right the chosen one: freeze it, compare its builds, export a build.
import type { Ctx, Mount } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { emptyState, failed, loading } from "../core/empty.ts";
import { t } from "../core/i18n.ts";
import { keyShown } from "../core/keymap.ts";
import { keepFocus } from "../core/refocus.ts";
import { bindKeys } from "../core/keys.ts";
import { markReady } from "../core/ready.ts";
import { button, keyed, newest, throttled } from "../work/parts.ts";
import { openHelp } from "../browse/help.ts";
import { takeStep } from "../browse/steps.ts";
import { tellUndoable } from "../steps/takeback.ts";
import { onScreen } from "../code/screen.ts";
import { sliceForm } from "./release_form.ts";
import { releaseKeys, type ReleaseActions } from "./release_keys.ts";
import { countInWords, sliceCard, slicePage, type SlicePage } from "./release_slice.ts";
import type { Counted, Slice, Start } from "./release_types.ts";

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
  private drawn = "";
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
      { class: "wb-release-side", "aria-label": t("Slices") },
      h("header", { class: "wb-head" }, h("h2", {}, t("Slices")), h("p", { class: "wb-lead" }, t("A slice is a saved query. Frozen, it is a build: exactly these texts, for ever."))),
      button(keyed(t("New slice"), keyShown("release", "new", "n")), () => this.blank(), { name: "new-slice" }),
      this.list,
    );
    fill(root, h("div", { class: "wb-work" }, side, this.stage));
    fill(this.stage, loading());
    const again = throttled(() => !this.away && void this.refresh(), 10_000);
    const count = throttled(() => !this.away && void this.recount(), 700);
    this.stops.push(
      again.stop,
      count.stop,
      bindKeys(root, () => (this.asking ? [] : releaseKeys(this.actions()))),
      onScreen(root, () => this.page?.acts() ?? []),
      ctx.on("changed", () => (count(), again())),
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

  /** The live counts, in place; the rest of the slices changes more seldom and costs more to read. */
  private async recount(): Promise<void> {
    if (!this.start) return;
    try {
      const found = await this.ctx.call<Record<string, Counted>>("slice.counts");
      const slices = this.start.slices.map((slice) => recounted(slice, found[slice.name]));
      this.start = { ...this.start, slices };
      this.drawCounts();
      this.page?.update(this.current());
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private actions(): ReleaseActions {
    const open = (): Slice | undefined => this.current();
    return {
      move: (by) => this.step(by),
      create: () => this.blank(),
      change: () => open() && this.blank(open()!.query ?? "", open()),
      browse: () => open() && this.ctx.navigate("browse", { query: open()!.query ?? "" }),
      freeze: () => this.page?.freeze(),
      preview: () => this.page?.preview(),
      export: () => this.page?.export(),
      remove: () => void this.remove(),
      undo: () => void this.undo(),
      help: () => openHelp(this.root, releaseKeys(this.actions())),
    };
  }

  /** No question before it: one button takes it back. */
  private async remove(): Promise<void> {
    const slice = this.current();
    if (!slice) return;
    const at = this.start!.slices.indexOf(slice);
    try {
      const { step } = await this.ctx.call<{ step: number }>("slice.remove", { name: slice.name });
      await this.refresh();
      const slices = this.start?.slices ?? [];
      const next = slices[Math.min(at, slices.length - 1)];
      if (next) this.open(next.name);
      else this.begin();
      const name = slice.title || slice.name;
      tellUndoable(this.ctx, t("{name} is removed; its builds stay.", { name }), step, () => void this.refresh().then(() => this.open(slice.name)));
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private async undo(): Promise<void> {
    try {
      if (await takeStep(this.ctx, "undo")) await this.refresh();
    } catch (error) {
      this.ctx.notice(error);
    }
  }

  private step(by: number): void {
    const slices = this.start?.slices ?? [];
    const at = slices.findIndex((slice) => slice.name === this.chosen);
    const next = slices[Math.min(Math.max(at + by, 0), slices.length - 1)];
    if (!next || next.name === this.chosen) return;
    this.open(next.name);
    this.list.querySelector<HTMLElement>(".wb-on")?.focus({ preventScroll: true });
  }

  private begin(): void {
    const first = this.start?.slices[0];
    if (first) this.open(first.name);
    else {
      fill(
        this.stage,
        emptyState(t("Nothing to release yet"), t("Find in Browse what should go out, then name that query here. You can freeze it as often as you like and see what changed between two builds.")),
      );
      this.blank();
    }
  }

  private current(): Slice | undefined {
    return this.start?.slices.find((slice) => slice.name === this.chosen);
  }

  private drawList(): void {
    const slices = this.start?.slices ?? [];
    const look = JSON.stringify(slices.map((slice) => [slice.name, slice.title, slice.last?.id, slice.name === this.chosen]));
    if (look === this.drawn) return this.drawCounts();
    this.drawn = look;
    const cards = slices.map((slice) => sliceCard(slice, slice.name === this.chosen, () => this.open(slice.name)));
    keepFocus(this.list, () => fill(this.list, ...cards, slices.length === 0 ? h("p", { class: "wb-quiet" }, t("No slice yet.")) : null));
  }

  private drawCounts(): void {
    const places = [...this.list.querySelectorAll<HTMLElement>("[data-count]")];
    this.start?.slices.forEach((slice, at) => {
      const words = countInWords(slice);
      if (places[at] && places[at].textContent !== words) places[at].textContent = words;
    });
  }

  private open(name: string): void {
    this.chosen = name;
    this.asking = false;
    this.page?.close();
    this.page = null;
    const here = this.list.contains(document.activeElement);
    this.drawList();
    if (here) this.list.querySelector<HTMLElement>(".wb-on")?.focus({ preventScroll: true });
    const slice = this.current();
    if (!slice || !this.start) return;
    this.page = slicePage(this.ctx, slice, this.start, { changed: () => void this.refresh(), edit: (item) => this.blank(item.query ?? "", item), remove: () => void this.remove() });
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

function recounted(slice: Slice, found: Counted | undefined): Slice {
  if (!found) return slice;
  const { problem: _before, ...rest } = slice;
  return { ...rest, ...found };
}
