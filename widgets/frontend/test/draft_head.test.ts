// The head of an open draft: how it was made, and the cell of a grid that it was written for.
import "./dom.ts";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { speak } from "../src/core/i18n.ts";
import { draftView } from "../src/panels/generate_draft.ts";
import type { OpenedDraft } from "../src/panels/generate_types.ts";

const opened = (meta: Record<string, unknown>): OpenedDraft =>
  ({ draft: { id: "d1", recipe: "gap_fill", version: "2", depth: 1, turns: [], meta }, parent: null, parent_title: "", parents: 1, decided: false }) as unknown as OpenedDraft;
const head = (meta: Record<string, unknown>): HTMLElement => draftView({} as Ctx, opened(meta), []).querySelector<HTMLElement>(".wb-draft-head")!;
const KIND = { gap: { cell: { language: "fr", domain: "<b>law</b>" }, had: 1, target: 3 } };

test("a draft says which cell of a grid it was written for, and its words are only text", () => {
  const told = head(KIND);
  assert.equal(told.querySelector("[data-cell]")!.textContent, "Written for the cell: language fr, domain <b>law</b>");
  assert.equal(told.querySelector("b"), null);
});

test("a draft of another recipe says nothing of cells", () => {
  assert.equal(head({}).querySelector("[data-cell]"), null);
  assert.equal(head({ gap: {} }).querySelector("[data-cell]"), null);
});

test("it is said in the person's language", () => {
  for (const [name, said] of [["fr", "Écrit pour la case\u00a0: langue fr, domain <b>law</b>"], ["zh", "为这个单元格而写：语言 fr, domain <b>law</b>"]] as const) {
    speak(name, JSON.parse(readFileSync(join(process.cwd(), `../../../widgets/locale/${name}/screen.json`), "utf8")));
    assert.equal(head(KIND).querySelector("[data-cell]")!.textContent, said);
  }
  speak("en", {});
});
