// What a file seems to be: the guess with its reason, other readings, three conversations, what could not be read.
import { h } from "../core/dom.ts";
import { said, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { conversation } from "../work/bubbles.ts";
import { remark, section, select } from "../work/parts.ts";
import { problemTable } from "./collect_problems.ts";
import type { Format, Parsed, Preview, Previewed } from "./collect_types.ts";

const TURNS = 6;

export function previewView(found: Previewed, formats: Format[], onFormat: (format: string) => void, mapping: HTMLElement | null): HTMLElement {
  const { preview } = found;
  const samples = preview.samples ?? [];
  const problems = preview.problems ?? [];
  return h(
    "div",
    { class: "wb-stack", data: { part: "preview" } },
    section(t("It looks like this"), guess(preview, formats, onFormat)),
    mapping,
    samples.length > 0
      ? h("div", { class: "wb-preview-samples" }, ...samples.map(sampleCard))
      : remark("warn", t("Not one conversation could be read from the beginning of this file. Try another format.")),
    problems.length > 0
      ? section(
          tn("{n} record at the beginning cannot be read", "{n} records at the beginning cannot be read", problems.length),
          h("p", { class: "wb-help" }, t("They will be set aside with these reasons; the others come in.")),
          problemTable(problems, 8),
        )
      : null,
  );
}

function guess(preview: Preview, formats: Format[], onFormat: (format: string) => void): HTMLElement {
  const guesses = preview.guesses ?? [];
  const mine = guesses.find((item) => item.format === preview.format);
  const title = (name: string): string => said(formats.find((format) => format.name === name)?.title ?? name);
  const score = (name: string): string => {
    const found = guesses.find((item) => item.format === name);
    return found ? ` ${t("(fits {n} %)", { n: Math.round(found.score * 100) })}` : "";
  };
  const ordered = [...formats].sort((a, b) => rank(guesses, b.name) - rank(guesses, a.name));
  const pick = select(
    ordered.map((format) => ({ value: format.name, label: `${said(format.title)}${score(format.name)}` })),
    preview.format,
    { "aria-label": t("Read the file as"), class: "wb-select wb-format" },
  );
  pick.addEventListener("change", () => onFormat(pick.value));
  const total = preview.total_estimate;
  return h(
    "div",
    { class: "wb-guess" },
    h("div", { class: "wb-row" }, h("strong", {}, title(preview.format)), total ? h("span", { class: "wb-chip wb-numbers" }, tn("about {n} record", "about {n} records", total)) : null),
    h("p", { class: "wb-quiet" }, line(mine ? t("Because {reason}.", { reason: said(mine.reason) }) : t("Chosen by you."))),
    h("div", { class: "wb-row" }, h("span", { class: "wb-label" }, t("Read it as")), pick),
  );
}

function rank(guesses: { format: string; score: number }[], name: string): number {
  return guesses.find((item) => item.format === name)?.score ?? -1;
}

function sampleCard(sample: Parsed): HTMLElement {
  const turns = sample.turns ?? [];
  return h(
    "article",
    { class: "wb-preview-sample" },
    h(
      "header",
      { class: "wb-row" },
      h("span", { class: "wb-quiet wb-numbers" }, t("Record {row}", { row: sample.row })),
      sample.title ? line(sample.title, "wb-grow wb-clip") : h("span", { class: "wb-grow" }),
      sample.language ? h("span", { class: "wb-chip" }, sample.language) : null,
      h("span", { class: "wb-quiet wb-numbers" }, tn("{n} turn", "{n} turns", turns.length)),
    ),
    conversation(turns, TURNS),
  );
}
