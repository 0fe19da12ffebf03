// The language of the screen: which one, and how a text of Python is known in it.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { named } from "../src/review/named.ts";
import { round } from "../src/review/rounding.ts";
import { countsInWords } from "../src/panels/generate_runs.ts";
import { atMost, browsersLanguage, inDecimals, inDigits, inFirstDigits, originalOf, percent, said, saidLabel, speak, t, tn } from "../src/core/i18n.ts";

test("a text that is not known is left as it is, however short a template would fit it", () => {
  speak("fr", { "{a} to {b}": "{a} à {b}", "{n} of {m}": "{n} sur {m}", "and {n} more": ["et {n} de plus", "et {n} de plus"], Cards: "Cartes", Domain: "Domaine" });
  assert.equal(said("3 to 5"), "3 à 5");
  assert.equal(said("A table to read, one of many"), "A table to read, one of many");
  assert.equal(t("and {n} more", { n: 3 }), "et 3 de plus");
  assert.equal(saidLabel("Domain: Cards / Tax"), "Domaine: Cartes / Tax");
  speak("en", {});
});

test("a list of what may be named is known, also behind few words", () => {
  speak("fr", { ...catalogue("fr"), "{a} to {b}": "{a} à {b}" });
  assert.equal(said("one of: short, middle, long"), "au choix\u00a0: short, middle, long");
  assert.equal(said("known: duet, gap_fill, noise"), "connus\u00a0: duet, gap_fill, noise");
  assert.equal(said("A table, to read"), "A table, to read");
  speak("zh", catalogue("zh"));
  assert.equal(said("one of: short, middle, long"), "可选：short, middle, long");
  speak("en", {});
});

test("what is to be typed stays as it is, also where it says what we say; the words around it are said", () => {
  speak("fr", catalogue("fr"));
  assert.equal(said("known: Yes, Cannot say"), "connus\u00a0: Yes, Cannot say");
  assert.equal(said("known: Yes, Cannot say, …"), "connus\u00a0: Yes, Cannot say, …");
  assert.equal(said("known: Yes, Cannot say and 1,204 more"), "connus\u00a0: Yes, Cannot say, et encore 1\u202f204");
  assert.equal(said("known: Yes"), "connus\u00a0: Yes");
  assert.equal(said("known: none"), "connus\u00a0: aucun");
  assert.equal(said("one of: Yes, Cannot say"), "au choix\u00a0: Yes, Cannot say");
  assert.equal(said("answer one of Yes, Cannot say"), "répondez l'un de Yes, Cannot say");
  assert.equal(said("columns: Yes, Cannot say"), "colonnes\u00a0: Yes, Cannot say");
  assert.equal(said("draft d1 is no conversation: it is one of role cards"), "le brouillon d1 n'est pas une conversation\u00a0: il fait partie des fiches de rôle");
  speak("en", {});
});

test("a text of Python within another one is known, too: a list, a label, a title of several words, a quotation", () => {
  speak("fr", catalogue("fr"));
  assert.equal(saidLabel("As people type: 20 drafts"), "Comme on tape\u00a0: 20 brouillons");
  assert.equal(said("As people type: 20 drafts failed unexpectedly: KeyError: 'x'"), "Comme on tape\u00a0: 20 brouillons a échoué de façon inattendue\u00a0: KeyError\u00a0: 'x'");
  assert.equal(saidLabel("Domain: people's answers"), "Domaine\u00a0: réponses des personnes");
  assert.equal(saidLabel("openai-chat: does not hold tags, titles and other fields"), "openai-chat\u00a0: ne contient pas ceci\u00a0: étiquettes, titres et autres champs");
  assert.equal(said("the next call could pass the limit of calls: 2 (raise the budget and resume the run)"), "le prochain appel pourrait dépasser la limite d'appels\u00a0: 2 (augmentez le budget et reprenez l'exécution)");
  assert.equal(said("no sheet 'My first one'"), "aucune feuille 'My first one'");
  assert.equal(saidLabel("a colon: in a text of a person"), "a colon: in a text of a person");
  speak("en", {});
  assert.equal(saidLabel("As people type: 20 drafts"), "As people type: 20 drafts");
});

test("a review without a name of its own is called by its questions, in the language of whoever looks", () => {
  const schemes = [{ name: "domain", title: "Domain" }, { name: "mood" }] as Parameters<typeof named>[1];
  speak("fr", catalogue("fr"));
  assert.equal(named({ name: "Domain, mood", schemes: ["domain", "mood"] }, schemes).name, "Domaine, mood");
  assert.equal(named({ name: "Domain", schemes: ["domain", "mood"] }, schemes).name, "Domain");
  speak("en", {});
});

const catalogue = (language: string): Record<string, string> =>
  Object.assign({}, ...["errors", "tables", "screen"].map((part) => JSON.parse(readFileSync(join(process.cwd(), `../../locale/${language}/${part}.json`), "utf8"))));

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

test("what became of the rows of a run is said of one as of one", () => {
  const run = { counts: { approved: 1, rejected: 2, accepted: 1 }, waiting: 1, requested: 5, proposes: "role cards" };
  assert.equal(countsInWords(run), "1 approved, 2 rejected, 1 accepted, 1 waiting of 5");
  assert.equal(countsInWords({ ...run, counts: { judged: 1 }, waiting: 0 }), "1 opinion of 5");
  speak("fr", JSON.parse(readFileSync(join(process.cwd(), "../../locale/fr/screen.json"), "utf8")));
  assert.equal(countsInWords(run), "1 approuvé, 2 rejetés, 1 accepté, 1 en attente de 5");
  speak("en", {});
});

test("a share is written as the language writes it, also where it comes from Python", () => {
  assert.deepEqual([percent(0.75), percent(0.0342, 1), percent(1, 1), round(3.42)], ["75 %", "3.4 %", "100 %", "3.4"]);
  const part = (name: string): Record<string, string> => JSON.parse(readFileSync(join(process.cwd(), `../../locale/fr/${name}.json`), "utf8"));
  speak("fr", { ...part("errors"), ...part("tables"), ...part("screen") });
  assert.deepEqual([percent(0.75), percent(0.0342, 1), round(3.42)], ["75\u00a0%", "3,4\u00a0%", "3,4"]);
  assert.match(said("15 % of it was said before"), /^15\u00a0% /);
  assert.match(said("12.5 % of it was said before"), /^12,5\u00a0% /);
  speak("en", {});
});

test("no page writes a share of its own: a width of a bar is none", () => {
  const sources = readdirSync(join(process.cwd(), "../src"), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  assert.ok(sources.length > 100);
  const own = /\}\s%`|"[<\s\d]*\d\s%"/;
  assert.ok(own.test("`${round(x)} %`") && own.test('"< 1 %"') && !own.test('width: "0%"'));
  assert.deepEqual(sources.filter((name) => own.test(readFileSync(join(process.cwd(), "../src", name), "utf8"))), []);
});

test("a number is written as the language writes it, with the decimals it needs", () => {
  assert.deepEqual([inDecimals(0.82, 2), inDecimals(3, 1), inDigits(1204), inFirstDigits(0.00312, 1), atMost(2.96, 1)], ["0.82", "3.0", "1,204", "0.003", "3"]);
  assert.equal(t("freedom {n}", { n: 0.7 }), "freedom 0.7");
  speak("fr", { "freedom {n}": "liberté {n}" });
  assert.deepEqual([inDecimals(0.82, 2), inDecimals(3, 1), inDigits(1204), inFirstDigits(0.00312, 1)], ["0,82", "3,0", "1\u202f204", "0,003"]);
  assert.equal(t("freedom {n}", { n: 0.7 }), "liberté 0,7");
  speak("zh", {});
  assert.equal(inDecimals(1234.5, 1), "1,234.5");
  speak("en", {});
});

test("a number in a text from Python is written as the language writes it; a name or a quotation is none", () => {
  speak("fr", { "it takes {n} s": "il faut {n} s", "{n} turns are {what}": "{n} tours sont {what}", "SQLite {version} is old": "SQLite {version} est vieux" });
  assert.equal(said("it takes 2.50 s"), "il faut 2,50 s");
  assert.equal(said("1,200 turns are '0.5'"), "1\u202f200 tours sont '0.5'");
  assert.equal(said("1200 turns are long"), "1200 tours sont long");
  assert.equal(said("SQLite 3.40.1 is old"), "SQLite 3.40.1 est vieux");
  speak("en", {});
});

test("no page writes a number of its own: only the one place knows how a language writes them", () => {
  const folder = join(process.cwd(), "../src");
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts") && name !== join("core", "i18n.ts"));
  assert.ok(sources.length > 100);
  const own = /\.to(?:Fixed|Precision|Exponential)\(|NumberFormat|(?<!\bDate\([\w.]*\))\.toLocaleString\(/;
  assert.ok(own.test("x.toFixed(1)") && own.test("n.toLocaleString(language)") && !own.test("new Date(at).toLocaleString()"));
  assert.deepEqual(sources.filter((name) => own.test(readFileSync(join(folder, name), "utf8"))), []);
});
