// What an export wrote: where it is, its files, what deserves a look, and the card.
import { copyButton } from "../code/copybutton.ts";
import { h } from "../core/dom.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { bytes, remark } from "../work/parts.ts";
import { cardView } from "./release_card.ts";
import { notes } from "./release_preview.ts";
import type { Manifest } from "./release_types.ts";

export function written(manifest: Manifest): HTMLElement {
  const heads = [t("File"), t("Records"), t("Size"), t("SHA-256")];
  return h(
    "div",
    { class: "wb-stack", data: { part: "written" } },
    remark(
      "good",
      h("strong", {}, tn("Written: {n} conversation", "Written: {n} conversations", manifest.counts["samples"] ?? 0)),
      h("div", { class: "wb-row wb-written-place" }, h("code", { class: "wb-grow" }, line(manifest.out)), copyButton(() => manifest.out, t("Copy the path"), "copy-path")),
    ),
    notes(manifest.notes),
    h(
      "div",
      { class: "wb-table-box", tabindex: 0, role: "region", "aria-label": t("Files") },
      h(
        "table",
        { class: "wb-table" },
        h("thead", {}, h("tr", {}, ...heads.map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, ...manifest.files.map((file) => fileRow(manifest.out, file))),
      ),
    ),
    manifest.card ? h("details", { class: "wb-more" }, h("summary", {}, t("The card that goes with it")), h("div", { class: "wb-card-text" }, cardView(manifest.card))) : null,
  );
}

function fileRow(out: string, file: Manifest["files"][number]): HTMLElement {
  return h(
    "tr",
    {},
    h("td", {}, h("span", { class: "wb-row" }, line(file.name, "wb-grow"), copyButton(() => `${out}/${file.name}`, t("Copy the path")))),
    h("td", { class: "wb-numbers" }, file.records ? inDigits(file.records) : ""),
    h("td", { class: "wb-numbers" }, bytes(file.bytes)),
    h("td", {}, h("code", { title: file.sha256 }, `${file.sha256.slice(0, 12)}…`)),
  );
}
