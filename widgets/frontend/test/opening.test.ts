// Errors are sentences of their own where they are shown: they begin with a capital letter; names, values and code stay.
import "./dom.ts";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { failed } from "../src/core/empty.ts";
import { type Catalogue, saidAlone, speak } from "../src/core/i18n.ts";
import { inSentences, inWords, makeNotices } from "../src/core/notice.ts";
import { capital } from "../src/core/opening.ts";
import { CommandError } from "../src/core/rpc.ts";

const part = (language: string, name: string): Catalogue => JSON.parse(readFileSync(join(process.cwd(), `../../locale/${language}/${name}.json`), "utf8"));

function speaking(t: TestContext, language: string): void {
  speak(language, { ...part(language, "screen"), ...part(language, "tables"), ...part(language, "errors") });
  t.after(() => speak("en", {}));
}

const error = (message: string, hint = ""): CommandError => new CommandError({ code: "invalid_input", message, hint });

test("what went wrong and what helps begin with capital letters, wherever errors are shown", () => {
  const gone = error("there is no file /home/ana/x.jsonl", "choose another file");
  assert.deepEqual([inWords(gone).message, inWords(gone).hint], ["There is no file /home/ana/x.jsonl", "Choose another file"]);
  assert.equal(inSentences(gone), "There is no file /home/ana/x.jsonl. Choose another file");
  assert.deepEqual([...failed(gone).children].map((item) => item.textContent), ["There is no file /home/ana/x.jsonl", "Choose another file"]);
  const notices = makeNotices();
  notices.show(gone);
  assert.match(notices.element.textContent ?? "", /^There is no file .*\. Choose another file/);
  notices.clear();
});

test("what begins with an id, a field, a path, code or a quotation stays as it is", () => {
  const texts = ["s_81f2 was put aside", "collected_at is a time in milliseconds since 1970", "naturalness has no choices", "calls.jsonl is empty", "pip install 'workbench[embed]' adds it", "'no' is no number", "http://x leads nowhere", "outline=[[0, 0]] or region=3", "qwen3:8b answers"];
  assert.deepEqual(texts.map(saidAlone), texts);
});

test("in French the translation begins with a capital letter, and a value that it begins with does not", (t) => {
  speaking(t, "fr");
  assert.equal(inWords(error("there is no file /x")).message, "Il n'y a pas de fichier /x");
  assert.equal(saidAlone("naturalness has no choices").split(" ")[0], "naturalness");
  assert.match(saidAlone("no recipe 'x'; did you mean 'y'?"), /^[A-ZÉÀ]/);
});

test("Chinese has no capital letters, and a name at the beginning stays", (t) => {
  speaking(t, "zh");
  assert.match(inWords(error("there is no file /x")).message, /^没有/);
  assert.equal(saidAlone("calls.jsonl is empty").split(/[\s是]/)[0], "calls.jsonl");
});

test("letters with accents are made large, too", () => {
  assert.equal(capital("écrivez un nombre"), "Écrivez un nombre");
});
