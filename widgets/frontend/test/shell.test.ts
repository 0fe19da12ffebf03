// The frame of the application: which page hears what.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx, Events, Mount, Tab } from "../src/core/ctx.ts";
import { makeEmitter } from "../src/core/emitter.ts";
import { shellOf } from "../src/shell.ts";

test("a change is told to the page in front, and to the others once they are", () => {
  const heard: string[] = [];
  const listening = (name: string): Mount => (_root, ctx) => {
    const stops = [
      ctx.on("changed", ({ position }) => heard.push(`${name} ${position}`)),
      ctx.on("jobs", (jobs) => heard.push(`${name} ${jobs.length} jobs`)),
    ];
    return () => stops.forEach((stop) => stop());
  };
  const events = makeEmitter<Events>();
  const ctx = {
    ...events,
    author: "ana",
    call: async () => ({}),
    keep: () => {},
    kept: () => null,
    notice: () => {},
    trait: { get: () => "", on: () => () => {} },
  } as unknown as Ctx;
  const tabs: Tab[] = ["browse", "review", "map"];
  const close = shellOf(tabs.map((tab) => ({ tab, label: tab, mount: listening(tab) })), "browse")(page, ctx);
  const go = (tab: Tab): void => page.querySelector<HTMLElement>(`.wb-tab[data-tab=${tab}]`)!.click();
  const told = (): string[] => heard.splice(0);

  events.emit("changed", { version: 1, position: 1 });
  assert.deepEqual(told(), ["browse 1"]);
  go("review");
  assert.deepEqual(told(), [], "a page that is made now reads everything anyway");
  events.emit("changed", { version: 2, position: 2 });
  events.emit("changed", { version: 3, position: 3 });
  events.emit("jobs", []);
  assert.deepEqual(told(), ["review 2", "review 3", "browse 0 jobs", "review 0 jobs"]);
  go("browse");
  assert.deepEqual(told(), ["browse 3"], "only the last of them");
  go("review");
  go("map");
  assert.deepEqual(told(), []);
  close();
});
