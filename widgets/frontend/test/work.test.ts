import assert from "node:assert/strict";
import { test } from "node:test";
import "./dom.ts";
import { complete, mappingFor, mappingInUse } from "../src/panels/collect_mapping.ts";
import { plain } from "../src/work/theme.ts";
import { alphaInWords, idQuery } from "../src/panels/quality_findings.ts";
import { tiles } from "../src/panels/quality_numbers.ts";
import type { Report } from "../src/panels/quality_types.ts";
import { inOneSentence, queryOf, reasonInWords } from "../src/panels/release_compare.ts";
import { losesInWords, proposedFolder } from "../src/panels/release_export.ts";
import { plainName } from "../src/panels/release_form.ts";
import { short } from "../src/panels/release_builds.ts";
import { followJob } from "../src/work/jobs.ts";
import { bytes, count, newest } from "../src/work/parts.ts";
import { speak } from "../src/core/i18n.ts";
import { themed } from "../src/work/theme.ts";
import { base64, upload } from "../src/work/upload.ts";

const theme = { ink: "#111", quiet: "#666", line: "#ddd", font: "sans" };

test("sizes and counts are said as people say them", () => {
  assert.equal(count(1, "record"), "1 record");
  assert.equal(count(1200, "record"), "1,200 records");
  assert.equal(bytes(999), "999 bytes");
  assert.equal(bytes(1_500_000), "1.5 MB");
  assert.equal(bytes(999_600), "1.0 MB");
});

test("only the newest answer counts", () => {
  const take = newest();
  const first = take();
  const second = take();
  assert.ok(first.old());
  assert.ok(!second.old());
});

test("a file is sent in pieces, each after the one before", async () => {
  const data = new Uint8Array(1_200_000).map((_, at) => at % 251);
  const file = { name: "a.jsonl", size: data.length, slice: (from: number, to: number) => new Blob([data.slice(from, to)]) } as unknown as File;
  const sent: number[] = [];
  const call = async (name: string, args: any): Promise<any> => {
    if (name === "file.upload") return { upload: "k" };
    sent.push(args.at);
    const received = args.at + Buffer.from(args.data, "base64").length;
    return { received, path: received === data.length ? "/tmp/a.jsonl" : "" };
  };
  assert.equal(await upload(call as any, file, 2_000_000, () => {}), "/tmp/a.jsonl");
  assert.deepEqual(sent, [0, 524288, 1048576]);
});

test("a file that is too large or empty is refused before anything is sent", async () => {
  const never = async (): Promise<any> => assert.fail("nothing may be sent");
  await assert.rejects(upload(never as any, { name: "a", size: 51 } as File, 50, () => {}), { code: "too_large" });
  await assert.rejects(upload(never as any, { name: "a", size: 0 } as File, 50, () => {}), { code: "empty" });
});

test("bytes survive base64", () => {
  const data = new Uint8Array(70_000).map((_, at) => at % 256);
  assert.deepEqual(new Uint8Array(Buffer.from(base64(data), "base64")), data);
});

test("a job's end is heard although it ended before anybody listened", async () => {
  const ctx: any = { on: () => () => {}, call: async () => [{ id: "j", state: "done", done: 1, total: 1 }], notice: assert.fail };
  const end = await new Promise<any>((resolve) => followJob(ctx, "j", { end: resolve }));
  assert.equal(end.state, "done");
});

test("a job's end is told once", () => {
  let listen: (jobs: any[]) => void = () => {};
  const ctx: any = { on: (_: string, heard: any) => ((listen = heard), () => {}), call: () => new Promise(() => {}), notice: assert.fail };
  const seen: string[] = [];
  followJob(ctx, "j", { progress: (job) => seen.push(job.state), end: (job) => seen.push(job.state) });
  listen([{ id: "j", state: "running" }]);
  listen([{ id: "j", state: "failed" }]);
  listen([{ id: "j", state: "failed" }]);
  assert.deepEqual(seen, ["running", "failed"]);
});

test("the mapping in use is the one that was found, and what a person chose goes first", () => {
  const preview = { format: "table", columns: ["q", "a"], mapping: { user: "q", assistant: "a" } };
  assert.deepEqual(mappingInUse(preview, {}), { layout: "pair", columns: { user: "q", assistant: "a" } });
  assert.equal(mappingInUse(preview, { text: "q", user: "" }).layout, "text");
  assert.equal(mappingInUse({ format: "table" }, {}).layout, "text");
});

test("a mapping for a layout names no part of another", () => {
  assert.deepEqual(mappingFor("pair", { user: "q", assistant: "a", text: "t" }), { user: "q", assistant: "a", system: "", id: "", language: "", title: "" });
  assert.ok(!complete("turns", mappingFor("turns", { role: "who" })));
});

test("a chart takes the page's letters, and a tall one is scrolled", () => {
  const { layout } = themed({ layout: { title: { text: "x" }, template: {}, height: 900, xaxis: { title: "samples" } } }, theme);
  assert.equal(layout["height"], 900);
  assert.equal(layout["xaxis"].side, "top");
  assert.equal(layout["title"], undefined);
  const cells = themed({ data: [{ type: "heatmap" }, { type: "bar" }] }, theme).data;
  assert.deepEqual(cells, [{ type: "heatmap", textfont: { color: theme.ink } }, { type: "bar" }]);
  assert.equal(layout["separators"], ".,");
  speak("fr", {});
  assert.equal(themed({}, theme).layout["separators"], ",\u202f", "numbers in charts as the language writes them");
  speak("en", {});
  assert.equal(themed({ layout: { xaxis: { title: "n" } } }, theme).layout["xaxis"].title.text, "n");
});

test("the order of a chart's categories speaks the language of its bars", () => {
  speak("fr", { Law: "Droit", Travel: "Voyage" });
  const { data, layout } = themed({ data: [{ type: "bar", y: ["Law", "Travel"] }], layout: { yaxis: { categoryorder: "array", categoryarray: ["Travel", "Law"] } } }, theme);
  assert.deepEqual(data[0]!["y"], ["Droit", "Voyage"]);
  assert.deepEqual(layout["yaxis"].categoryarray, ["Voyage", "Droit"]);
  speak("en", {});
});

test("mixed colours are put as plotly reads them", () => {
  assert.equal(plain("color(srgb 1 0.5 0)"), "rgb(255, 128, 0)");
  assert.equal(plain("rgb(1, 2, 3)"), "rgb(1, 2, 3)");
});

test("the numbers that matter are there for an untouched set, too", () => {
  const report = { summary: { samples: 4, turns: 8, synthetic: 1, deepest: 3 }, checks: [], personal: [], count: 4 } as unknown as Report;
  const shown = Object.fromEntries(tiles(report).map((tile) => [tile.label, tile.value]));
  assert.equal(shown["synthetic"], "25 %");
  assert.equal(shown["tagged by people"], "0 %");
  assert.equal(shown["languages"], "0");
});

test("agreement is named by the usual limits", () => {
  assert.deepEqual([null, 0.9, 0.7, 0.1].map((alpha) => alphaInWords(alpha).text), ["not defined yet", "reliable", "tentative", "not reliable"]);
});

test("some samples become a query", () => {
  assert.equal(idQuery(["s_1"]), "id:s_1");
  assert.equal(idQuery(["s_1", "s_2"]), "id:(s_1 OR s_2)");
});

test("a title becomes a name for a folder", () => {
  assert.equal(plainName("Lab results, checked twice!"), "lab-results-checked-twice");
  assert.equal(plainName(" 化验 结果 "), "化验-结果");
});

test("each build has a folder of its own", () => {
  assert.equal(proposedFolder("/w/exports/", "lab", { hash: "b2:0123456789abcdef" }), "/w/exports/lab-01234567");
  assert.equal(short("b2:0123456789abcdef"), "b2:0123456789");
});

test("what a format cannot hold is said", () => {
  assert.equal(losesInWords([]), "Keeps everything.");
  assert.equal(losesInWords(["tags", "notes"]), "Does not hold: tags, notes.");
});

test("what differs is said in one sentence, and why in words", () => {
  assert.equal(inOneSentence({ counts: { entered: 12, left: 3, changed: 0 } }), "12 entered, 3 left.");
  assert.equal(inOneSentence({ counts: { entered: 0, left: 0, changed: 0 } }), "Nothing differs.");
  assert.equal(reasonInWords({ kinds: ["edited", "tag:naturalness"] }, "changed"), "edited, tag naturalness changed");
  assert.equal(reasonInWords({ kinds: ["other"] }, "left"), "no longer matches");
  assert.notEqual(reasonInWords({ kinds: ["constructor"] }, "left"), "");
  assert.equal(queryOf(["s_1", "s_2"]), "id:(s_1 OR s_2) state:*");
});
