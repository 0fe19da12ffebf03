// Who hears the first key on a page that has just opened.
import { page } from "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Ctx, Events } from "../src/core/ctx.ts";
import { makeEmitter } from "../src/core/emitter.ts";
import { shellOf } from "../src/shell.ts";

const frames = (): Promise<void> => new Promise((done) => setTimeout(done, 60));

/** An application that is drawn before its cell stands in the page, as a notebook does it; where the focus is then. */
async function opened(cell: string, typing = false): Promise<string> {
  const notebook = document.createElement("div");
  notebook.className = cell;
  notebook.tabIndex = 0;
  page.replaceChildren(notebook);
  notebook.focus();
  if (typing) {
    const code = document.createElement("textarea");
    code.className = "code";
    notebook.append(code);
    code.focus();
  }
  const ctx = { ...makeEmitter<Events>(), author: "ana", call: async () => ({}), keep: () => {}, kept: () => null, notice: () => {}, trait: { get: () => "", on: () => () => {} } } as unknown as Ctx;
  const root = document.createElement("div");
  const close = shellOf([{ tab: "release", label: "Release", mount: () => () => {} }], "release")(root, ctx);
  notebook.append(root);
  await frames();
  const at = (document.activeElement as HTMLElement).dataset["page"] ?? (document.activeElement as HTMLElement).className;
  close();
  return at;
}

test("the page that opens takes the keys from the cell around it", async () => {
  assert.equal(await opened("jp-mod-active"), "release");
});

test("an application in a cell that is not in use takes none", async () => {
  assert.equal(await opened("jp-Cell"), "jp-Cell");
});

test("whoever types in the cell above goes on typing there", async () => {
  assert.equal(await opened("jp-mod-active", true), "code");
});
