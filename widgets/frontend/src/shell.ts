// The whole application: a bar of tabs, and the panel of each, mounted when it is first shown and kept after.
import { codeButton, openCode } from "./code/drawer.ts";
import type { Ctx, Events, Mount, Tab } from "./core/ctx.ts";
import { fill, h } from "./core/dom.ts";
import { failed } from "./core/empty.ts";
import { makeEmitter, type Emitter } from "./core/emitter.ts";
import { key, t } from "./core/i18n.ts";
import { keepTabsFree } from "./core/fit.ts";
import { icon } from "./core/icon.ts";
import { bindKeys, type Shortcut } from "./core/keys.ts";
import { findLostKeys } from "./core/lostkeys.ts";
import { focusIsFree } from "./core/focusfree.ts";
import { keeper } from "./core/kept.ts";
import { jobStrip } from "./jobs.ts";
import { corner, type Start } from "./settings/corner.ts";
import type { PageName } from "./settings/keys.ts";
import { makeTour, type Tour } from "./tour/tour.ts";

export interface TabSpec {
  tab: Tab;
  /** English; drawn in the person's language. */
  label: string;
  mount: Mount;
}

interface Place {
  spec: TabSpec;
  button: HTMLButtonElement;
  page: HTMLElement;
  events: Emitter<Events>;
  stop: (() => void) | null;
  /** The last change that it was not told of, because it was not in front. */
  missed: Events["changed"] | null;
}

export function shellOf(tabs: TabSpec[], first: Tab): Mount {
  return (root, ctx) => {
    const shell = new Shell(root, ctx, tabs);
    const kept = ctx.kept<Tab>("tab");
    shell.open(tabs.find((item) => item.tab === kept)?.tab ?? first, {}, "nowhere");
    const frame = requestAnimationFrame(() => shell.takeKeys());
    return () => (cancelAnimationFrame(frame), shell.close());
  };
}

class Shell {
  private readonly places: Place[];
  private readonly stops: (() => void)[] = [];
  private readonly title = h("div", { class: "wb-brand" });
  private readonly corner = h("div", { class: "wb-corner" });
  private readonly tour: Tour;
  private current: Place | null = null;

  constructor(
    private readonly root: HTMLElement,
    private readonly ctx: Ctx,
    tabs: TabSpec[],
  ) {
    this.tour = makeTour(root, ctx, (tab) => this.open(tab));
    this.places = tabs.map((spec) => this.place(spec));
    const bar = h(
      "div",
      { class: "wb-tabs", role: "tablist", "aria-label": t("Steps") },
      ...this.places.map((place) => place.button),
    );
    const jobs = jobStrip(ctx);
    root.append(
      h("div", { class: "wb-top" }, this.title, bar, jobs.element, codeButton(ctx), this.corner),
      h("div", { class: "wb-pages" }, ...this.places.map((place) => place.page)),
    );
    this.stops.push(
      jobs.close,
      this.tour.end,
      keepTabsFree(bar),
      bindKeys(bar, () => this.tabKeys()),
      bindKeys(root, () => this.jumpKeys()),
      findLostKeys(root, () => [...root.querySelectorAll<HTMLElement>("[role=dialog]")].pop() ?? (this.current && firstOf(this.current.page))),
    );
    this.forward();
    this.greet();
  }

  /** Show a page. Focus goes into it, so that its keys work at once; walking along the tabs keeps it on them. */
  open(tab: Tab, args: Record<string, unknown> = {}, focus: "page" | "tab" | "nowhere" = "page"): void {
    const place = this.places.find((item) => item.spec.tab === tab);
    if (!place) return;
    if (this.current !== place) {
      this.current?.events.emit("hidden", null);
      this.mark(place);
      this.ctx.keep("tab", tab);
    }
    if (!place.stop) this.mount(place);
    place.events.emit("shown", args);
    if (place.missed) place.events.emit("changed", place.missed);
    place.missed = null;
    this.tour.opened(tab);
    if (focus === "tab") place.button.focus({ preventScroll: true });
    if (focus === "page" && !place.page.contains(document.activeElement))
      firstOf(place.page).focus({ preventScroll: true });
  }

  /** Once it stands in a cell that is in use: a key pressed before anything else has the focus would be the notebook's. */
  takeKeys(): void {
    const { root, current } = this;
    if (current && root.closest(".jp-mod-active") && focusIsFree(root)) firstOf(current.page).focus({ preventScroll: true });
  }

  close(): void {
    for (const place of this.places) place.stop?.();
    for (const stop of this.stops) stop();
  }

  private place(spec: TabSpec): Place {
    const id = `wb-page-${spec.tab}-${Math.random().toString(36).slice(2, 8)}`;
    const button = h(
      "button",
      {
        class: "wb-tab",
        role: "tab",
        "aria-selected": "false",
        "aria-controls": id,
        tabindex: -1,
        data: { tab: spec.tab },
        on: { click: () => this.open(spec.tab) },
      },
      icon(spec.tab),
      h("span", {}, t(spec.label)),
    );
    const page = h("section", {
      id,
      class: "wb-page",
      role: "tabpanel",
      tabindex: -1,
      "aria-label": t(spec.label),
      data: { page: spec.tab },
    });
    page.hidden = true;
    return { spec, button, page, events: makeEmitter<Events>(), stop: null, missed: null };
  }

  private mark(place: Place): void {
    this.current = place;
    for (const item of this.places) {
      const on = item === place;
      item.button.setAttribute("aria-selected", String(on));
      item.button.tabIndex = on ? 0 : -1;
      item.page.hidden = !on;
    }
  }

  private mount(place: Place): void {
    const { author } = this.ctx;
    const ctx: Ctx = {
      ...this.ctx,
      ...keeper([this.ctx.trait.get<string>("place") ?? "", author, place.spec.tab]),
      on: place.events.on,
      call: this.tour.listening(this.ctx.call),
      navigate: (tab, args) => this.open(tab, args ?? {}),
    };
    try {
      place.stop = place.spec.mount(place.page, ctx);
    } catch (error) {
      place.stop = () => {};
      fill(place.page, failed(error));
      this.ctx.notice(error);
    }
  }

  /**
   * Progress and the state of the connection reach every panel that was opened; changes the one in front, and others once
   * they are: what they would read again for nobody would compete with the person's next key.
   */
  private forward(): void {
    const all = <K extends keyof Events>(event: K) =>
      this.ctx.on(event, (value) => this.places.forEach((place) => place.stop && place.events.emit(event, value)));
    const changed = this.ctx.on("changed", (value) => {
      for (const place of this.places) if (place !== this.current) place.missed = place.stop && value;
      if (this.current?.stop) this.current.events.emit("changed", value);
    });
    this.stops.push(all("jobs"), all("link"), changed);
  }

  private greet(): void {
    const name = (text: string, title?: string): void =>
      fill(this.title, icon("brand"), h("span", { class: "wb-brand-name", title }, text));
    name(t("Workbench"));
    this.ctx
      .call<Start>("app.start")
      .then((start) => {
        name(start.name, start.path);
        fill(this.corner, corner(this.ctx, this.root, start, () => this.pageNames(), this.tour.start));
        if (start.tour) this.tour.start();
      })
      .catch(this.ctx.notice);
  }

  /** The pages as the list of keys shows them. One that was not opened yet has no keys to show before it is loaded. */
  private pageNames(): PageName[] {
    return [
      { scope: "app", label: t("Everywhere") },
      ...this.places.map((place) => ({
        scope: place.spec.tab,
        label: t(place.spec.label),
        load: place.stop ? undefined : () => this.mount(place),
      })),
    ];
  }

  private tabKeys(): Shortcut[] {
    const step = (by: number) => () => {
      const at = this.places.findIndex((place) => place === this.current);
      const next = this.places[(at + by + this.places.length) % this.places.length];
      if (next) this.open(next.spec.tab, {}, "tab");
    };
    return [
      { keys: ["ArrowRight"], label: key("Next page"), fixed: true, run: step(1) },
      { keys: ["ArrowLeft"], label: key("Page before"), fixed: true, run: step(-1) },
    ];
  }

  private jumpKeys(): Shortcut[] {
    const code = (): void => openCode(this.ctx, this.root);
    const open = { keys: ["Alt+c", "Alt+ç"], id: "code", label: key("Show this as Python"), inText: true, run: code };
    const pages = this.places.map((place, at) => ({
      keys: [`Alt+${at + 1}`],
      id: `page-${place.spec.tab}`,
      label: place.spec.label,
      inText: true,
      run: () => this.open(place.spec.tab),
    }));
    return [...pages, open];
  }
}

/** Where a page's keys are at home: its list, or the page itself. */
function firstOf(page: HTMLElement): HTMLElement {
  return page.querySelector<HTMLElement>("[role=listbox][tabindex='0']") ?? page;
}
