// What keeps the screen steady: repeated commands, the browser's own memory, changed keys, the guide's place.
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { h } from "../src/core/dom.ts";
import { browsersLanguage, originalOf, said, saidLabel, speak, t, tn } from "../src/core/i18n.ts";
import { keeper, MOST, type Shelf } from "../src/core/kept.ts";
import { idOf, keyShown, useKeys } from "../src/core/keymap.ts";
import { bindKeys, type Shortcut } from "../src/core/keys.ts";
import { watchLink, type LinkState } from "../src/core/link.ts";
import { makeRpc } from "../src/core/rpc.ts";
import { Traits } from "../src/core/traits.ts";
import { linesOf, takenBy } from "../src/settings/keys.ts";
import { overlap, placeFor } from "../src/tour/place.ts";

function wire() {
  const sent: any[] = [];
  let hear: (message: unknown) => void = () => {};
  return {
    sent,
    answer: (message: unknown) => hear(message),
    send: (message: any) => void sent.push(message),
    on: (listener: (message: unknown) => void) => ((hear = listener), () => (hear = () => {})),
  };
}

function shelf(): Shelf & { held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
}

test("after a cut every unanswered command is sent again, in order, under the same number", async () => {
  const line = wire();
  const rpc = makeRpc(line, { page: "p1" });
  const calls = ["a", "b", "c"].map((name) => rpc.call(name));
  line.answer({ kind: "reply", rid: 2, ok: true, result: 2 });
  line.sent.length = 0;
  rpc.resend();
  assert.deepEqual(
    line.sent.map(({ rid, page, done, name }) => [rid, page, done, name]),
    [
      [1, "p1", 0, "a"],
      [3, "p1", 0, "c"],
    ],
  );
  for (const rid of [3, 1, 1]) line.answer({ kind: "reply", rid, ok: true, result: rid });
  assert.deepEqual(await Promise.all(calls), [1, 2, 3]);
});

test("a command says up to where all answers came", () => {
  const line = wire();
  const rpc = makeRpc(line);
  for (const name of ["a", "b"]) void rpc.call(name);
  line.answer({ kind: "reply", rid: 2, ok: true });
  void rpc.call("c");
  line.answer({ kind: "reply", rid: 1, ok: true });
  line.answer({ kind: "reply", rid: 3, ok: true });
  void rpc.call("d");
  assert.deepEqual(
    line.sent.map((command) => command.done),
    [0, 0, 0, 3],
  );
});

test("after the end a command is refused at once and nothing is sent", async () => {
  const line = wire();
  const rpc = makeRpc(line);
  rpc.close();
  await assert.rejects(rpc.call("a"), { code: "closed" });
  assert.equal(line.sent.length, 0);
});

test("a dropped connection is cut, then live; a stopped kernel is gone for good", () => {
  const slots: Record<string, (sender: unknown, value: string) => void> = {};
  const signal = (name: string) => ({ connect: (slot: any) => (slots[name] = slot), disconnect: () => {} });
  const kernel = { connectionStatusChanged: signal("link"), statusChanged: signal("status") };
  const states: LinkState[] = [];
  watchLink({ widget_manager: { kernel }, on: () => {}, off: () => {} }, (state) => states.push(state));
  slots["link"]!(null, "connecting");
  slots["link"]!(null, "connected");
  slots["status"]!(null, "busy");
  slots["status"]!(null, "autorestarting");
  slots["link"]!(null, "connected");
  assert.deepEqual(states, ["cut", "live", "gone"]);
});

test("a text that is not known is left as it is, however short a template would fit it", () => {
  speak("fr", { "{a} to {b}": "{a} à {b}", "{n} of {m}": "{n} sur {m}", "and {n} more": ["et {n} de plus", "et {n} de plus"], Cards: "Cartes", Domain: "Domaine" });
  assert.equal(said("3 to 5"), "3 à 5");
  assert.equal(said("A table to read, one of many"), "A table to read, one of many");
  assert.equal(t("and {n} more", { n: 3 }), "et 3 de plus");
  assert.equal(saidLabel("Domain: Cards / Tax"), "Domaine: Cartes / Tax");
  speak("en", {});
});

test("what the kernel still believed after a break is put right and not followed", () => {
  const { traits, kernelSets, heard, held } = traitsWithAClock();
  for (const id of ["a", "b", "c"]) traits.set("selection", [id]);
  heard.length = 0;
  traits.broken();
  kernelSets(["b"]);
  assert.deepEqual([held(), heard], [["c"], []]);
  kernelSets(["new"]);
  assert.deepEqual([held(), heard], [["new"], [["new"]]]);
});

test("without a break, whatever Python sets is followed, also where the person was before", () => {
  const { traits, kernelSets, heard, held, pass } = traitsWithAClock();
  traits.broken();
  for (const id of ["a", "b"]) traits.set("selection", [id]);
  heard.length = 0;
  pass(60_000);
  kernelSets(["a"]);
  assert.deepEqual([held(), heard], [["a"], [["a"]]]);
});

test("what Python changed after the person holds: an echo does not bring the person's older choice back", () => {
  const { traits, kernelSets, held } = traitsWithAClock();
  for (const id of ["a", "b"]) traits.set("selection", [id]);
  kernelSets(["chosen in Python"]);
  traits.broken();
  kernelSets(["a"]);
  assert.deepEqual(held(), ["chosen in Python"]);
});

function traitsWithAClock() {
  let value: unknown = [];
  let time = 0;
  const listeners: (() => void)[] = [];
  const kernelSets = (next: unknown): void => {
    value = next;
    listeners.forEach((listener) => listener());
  };
  const model = {
    get: () => value,
    set: (_name: string, next: unknown) => kernelSets(next),
    save_changes: () => {},
    on: (_event: string, listener: () => void) => void listeners.push(listener),
    off: () => {},
  };
  const traits = new Traits(model, () => time);
  const heard: unknown[] = [];
  traits.on("selection", () => {
    const now = traits.get("selection");
    if (JSON.stringify(now) !== JSON.stringify(heard.at(-1))) heard.push(now);
  });
  return { traits, kernelSets, heard, held: () => value, pass: (ms: number) => (time += ms) };
}

test("what is kept is found again by the same person on the same page only", () => {
  const store = shelf();
  keeper(["/a", "ana", "browse"], store).keep("query", { q: "card" });
  assert.deepEqual(keeper(["/a", "ana", "browse"], store).kept("query"), { q: "card" });
  for (const other of [
    ["/a", "ben", "browse"],
    ["/b", "ana", "browse"],
    ["/a", "ana", "review"],
    ["/a", "ana:browse"],
  ])
    assert.equal(keeper(other, store).kept("query"), null);
});

test("null and a very large value are not kept, and a broken one is none", () => {
  const store = shelf();
  const place = keeper(["w"], store);
  place.keep("q", "a");
  place.keep("q", null);
  place.keep("big", "x".repeat(MOST));
  assert.equal(store.held.size, 0);
  store.setItem("workbench:w:bad", "{");
  assert.equal(place.kept("bad"), null);
});

test("a changed key works instead of ours, in any language", () => {
  const ran: string[] = [];
  const root = h("div", { data: { workbench: "browse" } });
  page.append(root);
  speak("fr", { Edit: "Modifier" });
  const table = (): Shortcut[] => [{ keys: ["e"], label: t("Edit"), run: () => void ran.push("edit") }];
  const stop = bindKeys(root, table);
  assert.equal(idOf(table()[0]!), "edit");
  useKeys({ "browse/edit": ["w"] });
  press(root, "e");
  press(root, "w");
  assert.deepEqual(ran, ["edit"]);
  assert.equal(keyShown("browse", "edit", "e"), "w");
  useKeys({});
  speak("en", {});
  stop();
  root.remove();
});

test("a key that is taken on the same page or everywhere is told", () => {
  const root = h("div", { data: { workbench: "app" } });
  const inside = h("div", { data: { page: "browse" } });
  root.append(inside);
  page.append(root);
  const shortcut = (label: string, key: string, group?: string): Shortcut => ({
    keys: [key],
    label,
    run: () => {},
    ...(group ? { group } : {}),
  });
  const stops = [
    bindKeys(root, () => [shortcut("Collect", "Alt+1")]),
    bindKeys(inside, () => [shortcut("Edit", "e"), shortcut("Undo", "u"), shortcut("Good", "5", "Answers")]),
  ];
  const lines = linesOf(root);
  const edit = lines.find((line) => line.at === "browse/edit")!;
  assert.equal(takenBy(lines, edit, "u"), "Undo");
  assert.equal(takenBy(lines, edit, "5"), "Good");
  assert.equal(takenBy(lines, edit, "Alt+1"), "Collect");
  assert.equal(takenBy(lines, edit, "e"), null);
  assert.equal(takenBy(lines, edit, "w"), null);
  stops.forEach((stop) => stop());
  root.remove();
});

test("the guide's card never covers what it talks about while there is room", () => {
  const room = { left: 0, top: 0, width: 1260, height: 760 };
  const card = { width: 330, height: 150 };
  for (const target of [
    { left: 10, top: 50, width: 1060, height: 44 },
    { left: 200, top: 130, width: 330, height: 620 },
    { left: 1180, top: 10, width: 70, height: 26 },
    { left: 0, top: 0, width: 1260, height: 560 },
  ]) {
    const place = placeFor(card, target, [], room);
    assert.equal(overlap(place, target), 0);
    assert.ok(place.left >= 0 && place.top >= 0 && place.left + 330 <= 1260 && place.top + 150 <= 760);
  }
});

test("the language of the browser is taken where the screen speaks it", () => {
  assert.equal(browsersLanguage(["fr-CA", "en"]), "fr");
  assert.equal(browsersLanguage(["de", "zh-Hans-CN"]), "zh");
  assert.equal(browsersLanguage(["de"]), "en");
});

test("texts of Python are known as a whole or as a template; numbers take the language's form", () => {
  speak("fr", {
    "no {kind} {name}": "il n'y a pas de {kind} {name}",
    recipe: "recette",
    "{n} turns": ["{n} tour", "{n} tours"],
  });
  assert.equal(said("no recipe duet"), "il n'y a pas de recette duet");
  assert.equal(said("anything else"), "anything else");
  assert.equal(tn("{n} turn", "{n} turns", 0), "0 tour");
  assert.equal(tn("{n} turn", "{n} turns", 2), "2 tours");
  assert.equal(originalOf("recette"), "recipe");
  assert.equal(originalOf("unheard of"), "unheard of");
  speak("en", {});
});
