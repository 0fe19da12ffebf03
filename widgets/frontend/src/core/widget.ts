// From an anywidget model to a mounted panel: the channel, the status, and the net that catches what a panel throws.
import type { Ctx, Events, JobState, Mount, Tab, TraitDoor } from "./ctx.ts";
import { h } from "./dom.ts";
import { makeEmitter } from "./emitter.ts";
import { fitHeight } from "./fit.ts";
import { speak, type Catalogue } from "./i18n.ts";
import { guardKeys } from "./keys.ts";
import { makeNotices } from "./notice.ts";
import { CommandError, makeRpc, type Rpc } from "./rpc.ts";

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
      speak(String(model.get("language") || "en"), (model.get("words") ?? {}) as Catalogue);
      const root = h("div", { class: "wb-root", data: { workbench: kind } });
      const notices = makeNotices();
      const body = h("div", { class: "wb-body" });
      root.append(body, notices.element);
      el.append(root);
      const door = connect(model, notices.show);
      const stops: Cleanup[] = [guardKeys(root), door.close, catchErrors(root, door.rpc, notices.show)];
      // The element is placed in the page after this function returns.
      requestAnimationFrame(() => root.isConnected && stops.push(fitHeight(root)));
      try {
        stops.unshift(mount(body, door.ctx));
      } catch (error) {
        notices.show(error);
      }
      return () => {
        for (const stop of stops) stop();
        root.remove();
      };
    },
  };
}

function connect(model: Model, notice: (what: unknown) => void): { ctx: Ctx; rpc: Rpc; close: Cleanup } {
  const events = makeEmitter<Events>();
  const rpc = makeRpc(
    {
      send: (message) => model.send(message),
      on: (listener) => listen(model, "msg:custom", listener),
    },
    () =>
      notice({
        code: "slow",
        message: "The kernel has not answered for a while.",
        hint: "it may be busy with a cell; nothing is lost",
      }),
  );
  const ctx: Ctx = {
    call: rpc.call,
    on: events.on,
    author: String(model.get("author") ?? ""),
    navigate: (tab: Tab) => notice(`Open the ${tab} page to go on.`),
    notice,
    remember: (name, value) => void rpc.call("me.remember", { name, value }).catch(notice),
    recall: async (name) => (await rpc.call("me.recall", { name })).value,
    trait: traitsOf(model),
  };
  let stopStatus: Cleanup = () => {};
  let closed = false;
  followStatus(model, events.emit)
    .then((stop) => (closed ? stop() : (stopStatus = stop)))
    .catch(notice);
  return {
    ctx,
    rpc,
    close: () => {
      closed = true;
      stopStatus();
      rpc.close();
      events.clear();
    },
  };
}

/** Progress and other people's changes come on a model of their own, so that they never delay a command. */
async function followStatus(
  model: Model,
  emit: <K extends keyof Events>(event: K, value: Events[K]) => void,
): Promise<Cleanup> {
  const reference = String(model.get("status") ?? "");
  if (!reference.startsWith("IPY_MODEL_") || !model.widget_manager) return () => {};
  const status = await model.widget_manager.get_model(reference.slice("IPY_MODEL_".length));
  const version = (): void => emit("changed", { version: Number(status.get("version")) });
  const jobs = (): void => emit("jobs", (status.get("jobs") ?? []) as JobState[]);
  const stops = [listen(status, "change:version", version), listen(status, "change:jobs", jobs)];
  jobs();
  return () => stops.forEach((stop) => stop());
}

function traitsOf(model: Model): TraitDoor {
  return {
    get: (name) => model.get(name),
    set(name, value) {
      if (model.get(name) === undefined) return;
      model.set(name, value);
      model.save_changes();
    },
    on: (name, listener) => listen(model, `change:${name}`, listener),
  };
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
