// From an anywidget model to a mounted panel: the channel, the status, and the net that catches what a panel throws.
import type { Ctx, Events, JobState, Mount, Tab } from "./ctx.ts";
import { fill, h } from "./dom.ts";
import { makeEmitter, type Emitter } from "./emitter.ts";
import { fitHeight } from "./fit.ts";
import { browsersLanguage, speak, spokenLanguage, t, type Catalogue } from "./i18n.ts";
import { mayLose } from "./askunsaved.ts";
import { keeper } from "./kept.ts";
import { useKeys, type Chosen } from "./keymap.ts";
import { guardKeys } from "./keys.ts";
import { watchLink, type LinkedModel, type LinkState } from "./link.ts";
import { linkBar } from "./linkbar.ts";
import { findLostClicks } from "./lostclicks.ts";
import { makeNotices } from "./notice.ts";
import { CommandError, makeRpc, type Rpc } from "./rpc.ts";
import { watchTyping, type Typing } from "./unsaved.ts";
import { Traits } from "./traits.ts";

/** The part of a Backbone model that is used here. */
export interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(message: unknown): void;
  on(event: string, listener: (...args: any[]) => void): void;
  off(event: string, listener: (...args: any[]) => void): void;
  widget_manager?: { get_model(id: string): Promise<Model> };
}

type Cleanup = () => void;

/** Make an anywidget module of a panel. `kind` becomes the root's `data-workbench`. */
export function widgetOf(kind: string, mount: Mount): { render(door: { model: Model; el: HTMLElement }): Cleanup } {
  return {
    render({ model, el }) {
      const root = h("div", { class: "wb-root", data: { workbench: kind } });
      el.append(root);
      const frame = new Frame(root, kind, model, mount);
      void frame.open();
      return () => {
        frame.close();
        root.remove();
      };
    },
  };
}

/** What stands around a panel: its language, its notices, its connection; it can draw the panel again in place. */
class Frame {
  private readonly notices = makeNotices();
  private readonly link = linkBar();
  private readonly body = h("div", { class: "wb-body" });
  private readonly events = makeEmitter<Events>();
  private readonly stops: Cleanup[] = [];
  private readonly rpc: Rpc;
  private readonly traits: Traits;
  private readonly typing: Typing;
  private readonly ctx: Ctx;
  private unmount: Cleanup | null = null;
  private jobs: JobState[] = [];
  private closed = false;

  constructor(
    private readonly root: HTMLElement,
    kind: string,
    private readonly model: Model,
    private readonly mount: Mount,
  ) {
    this.use(String(model.get("language") || "en"), (model.get("words") ?? {}) as Catalogue);
    useKeys((model.get("keymap") ?? {}) as Chosen);
    this.rpc = makeRpc(
      { send: (message) => model.send(message), on: (listener) => listen(model, "msg:custom", listener) },
      { onSlow: () => this.notices.show(slow()) },
    );
    this.traits = new Traits(model);
    this.typing = watchTyping(root);
    this.ctx = this.door(kind);
    root.append(this.link.element, this.body, this.notices.element);
    this.stops.push(
      guardKeys(root),
      findLostClicks(root),
      this.rpc.close,
      this.typing.close,
      this.events.clear,
      this.link.close,
      catchErrors(root, this.rpc, this.notices.show),
    );
    this.events.on("jobs", (jobs) => void (this.jobs = jobs));
    followStatus(model, this.events, (state) => this.linked(state))
      .then((stop) => (this.closed ? stop() : void this.stops.push(stop)))
      .catch(this.notices.show);
    // The element is placed in the page after `render` returns.
    requestAnimationFrame(() => root.isConnected && this.stops.push(fitHeight(root)));
  }

  /** A person who never chose a language is spoken to in their browser's. */
  async open(): Promise<void> {
    const wanted = this.model.get("language") ? "" : browsersLanguage();
    if (!wanted || wanted === spokenLanguage()) return this.draw();
    try {
      await this.speak(wanted, false);
    } catch (error) {
      this.draw();
      this.notices.show(error);
    }
  }

  close(): void {
    this.closed = true;
    this.unmount?.();
    for (const stop of this.stops) stop();
  }

  private draw(): void {
    if (this.closed) return;
    this.unmount?.();
    fill(this.body);
    this.notices.clear();
    const stops: Cleanup[] = [];
    this.unmount = () => stops.splice(0).forEach((stop) => stop());
    const on: Ctx["on"] = (event, listener) => {
      const off = this.events.on(event, listener);
      stops.push(off);
      return off;
    };
    try {
      stops.push(this.mount(this.body, { ...this.ctx, on }));
      this.events.emit("jobs", this.jobs);
    } catch (error) {
      this.notices.show(error);
    }
  }

  private use(language: string, words: Catalogue): void {
    speak(language, words);
    this.root.lang = spokenLanguage();
  }

  /** Drawn again at a person's wish: never over what they typed, unless they say so. */
  private mayDraw(): Promise<boolean> {
    return mayLose(this.root, this.typing.unsaved());
  }

  private async speak(language: string, keep = true): Promise<void> {
    if (keep && !(await this.mayDraw())) return;
    const said = await this.rpc.call("me.speak", { language, keep });
    this.use(said.language, said.words as Catalogue);
    if (keep) {
      this.ctx.trait.set("language", said.language);
      this.ctx.trait.set("words", said.words);
    }
    this.draw();
  }

  private linked(state: LinkState): void {
    const lost = state === "gone" ? this.rpc.unanswered().filter((name) => !ASKING.test(name)).length : 0;
    this.link.show(state, lost);
    this.root.dataset["link"] = state;
    this.traits.broken();
    if (state === "live") this.rpc.resend();
    if (state === "gone") this.rpc.close();
    this.events.emit("link", state);
  }

  private door(kind: string): Ctx {
    const { model, rpc, notices } = this;
    const author = String(model.get("author") ?? "");
    return {
      call: async (name, args) => {
        const answer = await rpc.call(name, args);
        this.typing.answered(name, args ?? {});
        return answer;
      },
      on: this.events.on,
      author,
      navigate: (tab: Tab) => notices.show(t("Open the {page} page to go on.", { page: tab })),
      notice: notices.show,
      remember: (name, value) => void rpc.call("me.remember", { name, value }).catch(notices.show),
      recall: async (name) => (await rpc.call("me.recall", { name })).value,
      ...keeper([String(model.get("place") ?? ""), author, kind]),
      speak: (language) => this.speak(language),
      redraw: () => void this.mayDraw().then((may) => may && this.draw()),
      trait: this.traits,
    };
  }
}

/** Commands that only ask: one that was not answered has lost nothing. */
const ASKING =
  /^(app|me|browse|job)\.|\.(open|near|start|list|look|options|preview|estimate|count|rows|progress|history|diff|compare|suggest|recent|runs|charts|numbers)$/;

function slow(): object {
  return {
    code: "slow",
    message: t("The kernel has not answered for a while."),
    hint: t("it may be busy with a cell; nothing is lost"),
  };
}

/** Progress and other people's changes come on a model of their own, so that they never delay a command. */
async function followStatus(
  model: Model,
  events: Emitter<Events>,
  onLink: (state: LinkState) => void,
): Promise<Cleanup> {
  const reference = String(model.get("status") ?? "");
  if (!reference.startsWith("IPY_MODEL_") || !model.widget_manager) return () => {};
  const status = await model.widget_manager.get_model(reference.slice("IPY_MODEL_".length));
  const version = (): void => events.emit("changed", { version: Number(status.get("version")), position: Number(status.get("position") ?? 0) });
  const jobs = (): void => events.emit("jobs", (status.get("jobs") ?? []) as JobState[]);
  const stops = [
    listen(status, "change:version", version),
    listen(status, "change:jobs", jobs),
    watchLink(status as unknown as LinkedModel, onLink),
  ];
  jobs();
  return () => stops.forEach((stop) => stop());
}

function listen(model: Model, event: string, listener: (...args: any[]) => void): Cleanup {
  model.on(event, listener);
  return () => model.off(event, listener);
}

/** Errors thrown by listeners inside `root`, and rejected commands nobody handled, are shown and not lost. */
function catchErrors(root: HTMLElement, rpc: Rpc, notice: (what: unknown) => void): Cleanup {
  const here = (): boolean => root.isConnected && (root.contains(document.activeElement) || root.matches(":hover"));
  const onError = (event: ErrorEvent): void => {
    if (here() && event.error) notice(event.error);
  };
  const onRejected = (event: PromiseRejectionEvent): void => {
    const command = event.reason instanceof CommandError;
    if (command ? event.reason.rpc !== rpc : !here()) return;
    notice(event.reason);
    if (command) event.preventDefault();
  };
  window.addEventListener("error", onError);
  window.addEventListener("unhandledrejection", onRejected);
  return () => {
    window.removeEventListener("error", onError);
    window.removeEventListener("unhandledrejection", onRejected);
  };
}
