// Every step that the workspace writes down is said in words, in each language: Python keeps the list of labels true.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { speak } from "../src/core/i18n.ts";
import { stepWords } from "../src/steps/words.ts";

const read = (path: string): any => JSON.parse(readFileSync(join(process.cwd(), path), "utf8"));
const labels: string[] = read("../../../tests/words/step_labels.json");

test("a step has words in English that are not its label", () => {
  speak("en", {});
  assert.deepEqual(labels.filter((label) => stepWords(label) === label), []);
  assert.equal(stepWords("something new"), "something new");
});

test("a label with a longer name of its own is not taken for a shorter one", () => {
  assert.equal(stepWords("source of generated text"), "Added the source of generated text");
  assert.equal(stepWords("remove flag"), "Took a flag back");
  assert.equal(stepWords("accept the best of 3 drafts"), "Accepted the best of several drafts");
});

test("a step about a question says its title in the person's language, a question of one's own its name", () => {
  speak("fr", { ...read("../../locale/fr/screen.json"), ...read("../../locale/fr/tables.json") });
  assert.equal(stepWords("tag tier"), "A répondu\u00a0: Niveau");
  assert.equal(stepWords("tag mood"), "A répondu\u00a0: mood");
  assert.equal(stepWords("tag open"), "A répondu\u00a0: open", "a question of one's own is called what one called it");
  speak("en", {});
  assert.equal(stepWords("tag tier"), "Answered: tier");
});

for (const language of ["fr", "zh"])
  test(`${language}: and none of them is left in English`, () => {
    speak("en", {});
    const english = new Map(labels.map((label) => [label, stepWords(label)]));
    speak(language, read(`../../locale/${language}/screen.json`));
    assert.deepEqual(labels.filter((label) => stepWords(label) === english.get(label)), []);
    speak("en", {});
  });
