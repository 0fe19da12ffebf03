// What an import says, in the person's language: our words are translated, what stands in the file never is.
import "./dom.ts";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import type { Ctx } from "../src/core/ctx.ts";
import { type Catalogue, said, speak } from "../src/core/i18n.ts";
import { problemTable } from "../src/panels/collect_problems.ts";
import { reportView } from "../src/panels/collect_report.ts";
import type { Report } from "../src/panels/collect_types.ts";

function catalogue(language: string): Catalogue {
  const part = (name: string): Catalogue => JSON.parse(readFileSync(join(process.cwd(), `../../locale/${language}/${name}.json`), "utf8"));
  return { ...part("screen"), ...part("tables"), ...part("errors") };
}

function speaking(t: TestContext, language: string): void {
  speak(language, catalogue(language));
  t.after(() => speak("en", {}));
}

function cells(found: string, hint: string): string[] {
  const table = problemTable([{ file: "a.jsonl", row: 1, line: 1, field: "", found, hint }]);
  return [...table.querySelectorAll("tbody td")].slice(-2).map((cell) => cell.textContent ?? "");
}

test("what was found and what helps are said in French", (t) => {
  speaking(t, "fr");
  assert.deepEqual(cells("the text ends at character 14 in the middle", "the record is cut off"), ["le texte s'arrête en plein milieu, au caractère 14", "l'enregistrement est tronqué"]);
  assert.deepEqual(cells("no comma between two values near '\"a\" \"b\"'", "repair the JSON text")[0], "pas de virgule entre deux valeurs près de '\"a\" \"b\"'");
});

test("a text of the file stays as it is, even where it says what we say", (t) => {
  speaking(t, "zh");
  assert.deepEqual(cells("'no value'", "this must be text"), ["'no value'", "这里必须是文本"]);
  assert.equal(cells("'a record of 3 bytes'", "")[0], "'a record of 3 bytes'");
  assert.equal(said("no JSON value near 'a record of 3 bytes'"), "'a record of 3 bytes' 附近没有 JSON 值");
});

test("the hint of a row tells in the same language what came of its conversation", (t) => {
  speaking(t, "zh");
  assert.equal(cells("no value", "each row must say who speaks; the conversation of 3 rows was left out")[1], "每一行都要写明说话人；这段 3 行的对话未导入");
});

test("the reason why a format was recognised is the most telling one that fits", (t) => {
  speaking(t, "fr");
  assert.equal(said("75 % of the first records have messages with role and content"), "75\u00a0% des premiers enregistrements ont des messages avec role et content");
  assert.equal(said("100 % of the first records have log with who and body"), "100\u00a0% des premiers enregistrements ont log avec who et body");
});

test("a text of ours inside another is translated with it", (t) => {
  speaking(t, "zh");
  assert.equal(said("NOTICE.txt in the same folder says 'MIT'; the source 'calls' was known before and stays 'CC0'"), "同一文件夹中的 NOTICE.txt 写的是 'MIT'；来源 'calls' 此前已知，仍为 'CC0'");
});

test("a report names the format as the screen does, and each note is a line of its own", (t) => {
  speaking(t, "fr");
  const report = { import: "i", read: 2, imported: 0, duplicates: 2, quarantined: 0, format: "table", source: "faq", problems: [], notes: ["read as gb18030: Faq.csv", "nothing new: every conversation is already here under the source 'faq', and left as it is"] } as unknown as Report;
  const view = reportView({} as Ctx, report, [{ name: "table", title: "Table (CSV, TSV, XLSX) with a column mapping" }], () => undefined);
  assert.match(view.querySelector(".wb-lead")?.textContent ?? "", /Tableau \(CSV/);
  const lines = [...view.querySelectorAll(".wb-notes li")].map((item) => item.textContent);
  assert.deepEqual(lines, ["lu comme gb18030\u00a0: Faq.csv", "rien de nouveau\u00a0: chaque conversation est déjà présente sous la source 'faq', et laissée telle quelle"]);
});
