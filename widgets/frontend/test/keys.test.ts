import { page, press } from "./dom.ts";
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";
import { openHelp } from "../src/browse/help.ts";
import { h, KEEP_KEYS } from "../src/core/dom.ts";
import { idOf, keyShown, useKeys } from "../src/core/keymap.ts";
import { bindKeys, guardKeys, keyName } from "../src/core/keys.ts";
import { findLostKeys } from "../src/core/lostkeys.ts";

const event = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

beforeEach(() => page.replaceChildren());

test("keys have one spelling", () => {
  assert.equal(keyName(event("j")), "j");
  assert.equal(keyName(event("U", { shiftKey: true })), "Shift+U");
  assert.equal(keyName(event("?", { shiftKey: true })), "?");
  assert.equal(keyName(event("Enter", { metaKey: true })), "Ctrl+Enter");
  assert.equal(keyName(event("ArrowDown", { shiftKey: true })), "Shift+ArrowDown");
  assert.equal(keyName(event(" ")), "Space");
  assert.equal(keyName(event("J")), "j");
});

function bound(run: () => void | boolean, more = {}) {
  const list = h("div", { tabindex: 0 });
  const field = h("input", { type: "text" });
  const root = h("div", {}, list, field);
  page.append(root);
  bindKeys(root, () => [{ keys: ["j"], label: "next", run, ...more }]);
  return { root, list, field };
}

test("a handled key goes no further", () => {
  let heard = 0;
  const { root, list } = bound(() => {});
  root.parentElement!.addEventListener("keydown", () => (heard += 1), { once: true });
  assert.equal(press(list, "j").defaultPrevented, true);
  assert.equal(heard, 0);
});

test("letters typed in a field are text", () => {
  let runs = 0;
  const { field } = bound(() => void (runs += 1));
  assert.equal(press(field, "j").defaultPrevented, false);
  assert.equal(runs, 0);
});

test("a shortcut that declines leaves the key alone", () => {
  const { list } = bound(() => false);
  assert.equal(press(list, "j").defaultPrevented, false);
});

test("keys of an input method are not shortcuts", () => {
  let runs = 0;
  const { list } = bound(() => void (runs += 1));
  press(list, "j", { isComposing: true });
  assert.equal(runs, 0);
});

test("nothing but JupyterLab's own few keys leaves the widget", () => {
  const root = h("div", {}, h("button", {}, "x"));
  page.append(root);
  guardKeys(root);
  const heard: string[] = [];
  const listen = (item: KeyboardEvent): void => void heard.push(item.key);
  page.addEventListener("keydown", listen);
  for (const key of ["m", "a", "x", "Enter", "ArrowDown", "z"]) press(root.firstElementChild!, key);
  press(root.firstElementChild!, "s", { ctrlKey: true });
  page.removeEventListener("keydown", listen);
  assert.deepEqual(heard, ["s"]);
});

test("saving with Ctrl+S passes JupyterLab's filter and no other key does", async () => {
  const button = h("button", {}, "x");
  const root = h("div", {}, button);
  page.append(root);
  guardKeys(root);
  const kept: boolean[] = [];
  page.addEventListener("keydown", () => kept.push(button.hasAttribute(KEEP_KEYS)), { once: true });
  press(button, "s", { ctrlKey: true });
  assert.deepEqual(kept, [false]);
  await new Promise((done) => setTimeout(done, 5));
  assert.equal(button.getAttribute(KEEP_KEYS), "true");
});

test("every focusable element keeps its keys", () => {
  for (const element of [
    h("button"),
    h("input"),
    h("select"),
    h("textarea"),
    h("summary"),
    h("div", { tabindex: -1 }),
  ]) {
    assert.equal(element.getAttribute(KEEP_KEYS), "true");
  }
  assert.equal(h("div").hasAttribute(KEEP_KEYS), false);
});

test("changed keys stand on the controls and in the list of keys", () => {
  useKeys({ "browse/edit": ["w"], "browse/redo": ["Shift+ArrowUp"] });
  const root = h("div", { class: "wb-root", data: { page: "browse" } });
  page.append(root);
  openHelp(root, [
    { keys: ["e"], label: "Edit", run: () => {} },
    { keys: ["Shift+U"], label: "Redo", run: () => {} },
    { keys: ["n"], label: "Add a note", run: () => {} },
  ]);
  const caps = [...root.querySelectorAll(".wb-help-line kbd")].map((cap) => cap.textContent);
  assert.deepEqual(caps, ["w", "⇧↑", "n"]);
  assert.equal(keyShown("browse", "edit", "e"), "w");
  useKeys({});
  assert.equal(keyShown("browse", "edit", "e"), "e");
});

test("a key on a control belongs to a shortcut of that name and key", () => {
  const src = join(process.cwd(), "../src");
  const files = (readdirSync(src, { recursive: true }) as string[]).filter((name) => name.endsWith(".ts"));
  const text = files.map((name) => readFileSync(join(src, name), "utf8")).join("\n");
  const known = new Set<string>();
  for (const [, keys, id, label] of text.matchAll(/keys: \[([^\]]*|"\]"|"\["[^\]]*)\],\s*(?:id: "([^"]*)",\s*)?label: t\("([^"]*)"\)/g))
    for (const [, name] of keys!.matchAll(/"([^"]+)"/g)) known.add(`${id ?? idOf({ label: label! })} ${name}`);
  const shown = [...text.matchAll(/keyShown\("\w+", "([^"]+)", "([^"]+)"\)/g)].map(([, id, ours]) => `${id} ${ours}`);
  assert.ok(shown.length > 20);
  assert.deepEqual(shown.filter((item) => !known.has(item)), []);
});

test("a key is not lost when the focused control was switched off", () => {
  let heard = 0;
  const { root, list } = bound(() => void (heard += 1));
  const stop = findLostKeys(root, () => list);
  assert.equal(press(page, "j").defaultPrevented, false, "nothing in it had the focus");
  const go = h("button", {}, "Export");
  root.append(go);
  go.focus();
  go.disabled = true;
  go.blur();
  assert.equal(press(page, "j").defaultPrevented, true);
  assert.equal(press(page, "z").defaultPrevented, false, "other keys stay with the browser");
  stop();
  press(page, "j");
  assert.equal(heard, 1);
});
