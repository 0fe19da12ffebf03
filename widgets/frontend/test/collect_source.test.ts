// What is known of a source stands in its fields, and what a person typed stands over it, however often the file is read.
import "./dom.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceForm, type SourceValues } from "../src/panels/collect_source.ts";

const KNOWN = [{ name: "helpdesk", license: "MIT", license_evidence: "contract 7", policy: "may_leave" }] as never;

/** The form for a file; `sent` is what an import would send now. */
function form(file: string, typed: Partial<SourceValues> = {}, told?: string) {
  let given: SourceValues | null = null;
  const found = { name: file, path: file, preview: { format: "table", samples: [{}], license: told } } as never;
  const made = sourceForm(KNOWN, found, typed, (source) => void (given = source));
  const [name, license, evidence] = [...made.element.querySelectorAll<HTMLInputElement>("input")];
  const type = (box: HTMLInputElement, text: string): void => ((box.value = text), void box.dispatchEvent(new Event("input")));
  const sent = (): SourceValues | null => (made.element.querySelector<HTMLElement>("[data-action=import]")!.click(), given);
  return { typed: made.typed, name: name!, license: license!, evidence: evidence!, type, sent };
}

test("one typed field leaves what else is known of the source, also when the file is read in another way", () => {
  const first = form("helpdesk.csv");
  first.type(first.license, "CC0-1.0");
  const again = form("helpdesk.csv", first.typed());
  const wanted = { name: "helpdesk", license: "CC0-1.0", license_evidence: "contract 7", policy: "may_leave" };
  assert.deepEqual(again.sent(), wanted);
  assert.deepEqual(form("helpdesk.csv", again.typed()).sent(), wanted);
});

test("what was taken out of a known source that a person named stays out", () => {
  const first = form("table.csv");
  first.type(first.name, "helpdesk");
  first.type(first.evidence, "");
  const wanted = { name: "helpdesk", license: "MIT", license_evidence: "", policy: "may_leave" };
  assert.deepEqual(first.sent(), wanted);
  const again = form("table.csv", first.typed());
  assert.deepEqual(again.sent(), wanted);
  assert.deepEqual(form("table.csv", again.typed()).sent(), wanted);
});

test("the licence that the file names when it is read in another way counts, where a person gave only a new name", () => {
  const first = form("table.csv");
  first.type(first.name, "letters");
  assert.deepEqual(form("table.csv", first.typed(), "MIT").sent(), { name: "letters", license: "MIT", license_evidence: "", policy: "local_only" });
});
