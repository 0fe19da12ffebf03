// Keys that a person changed: what works instead of ours, and what is taken already.
import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { h } from "../src/core/dom.ts";
import { speak, t } from "../src/core/i18n.ts";
import { idOf, keyShown, useKeys } from "../src/core/keymap.ts";
import { bindKeys, type Shortcut } from "../src/core/keys.ts";
import { linesOf, takenBy } from "../src/settings/keys.ts";

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
