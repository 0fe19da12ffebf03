// A dataset card as elements. The card is Markdown, and texts of samples stand in it: nothing of it is ever markup here.
// Only what the card's writer uses is known (headings, tables, lists, quotes, code, bold); all else is shown as letters.
import { h, type Child } from "../core/dom.ts";
import { t } from "../core/i18n.ts";
import { plain } from "../text/body.ts";

export type Piece = { text: string; strong?: boolean; code?: boolean };

export type Block =
  | { kind: "header"; text: string }
  | { kind: "heading"; level: number; text: string }
  | { kind: "quote"; lines: string[] }
  | { kind: "list"; lines: string[] }
  | { kind: "table"; rows: string[][] }
  | { kind: "text"; text: string };

const MARKED = /[!-/:-@[-`{-~]/;

/** The pieces of one line: escapes undone, `code` and **bold** told apart. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let words = "";
  let strong = false;
  const flush = (): void => {
    if (words) found.push(strong ? { text: words, strong } : { text: words });
    words = "";
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]!;
    const next = text[at + 1] ?? "";
    const reference = char === "&" ? /^&#(\d{1,6});/.exec(text.slice(at, at + 10)) : null;
    const end = char === "`" ? text.indexOf("`", at + 1) : -1;
    if (char === "\\" && MARKED.test(next)) {
      words += next;
      at += 1;
    } else if (reference) {
      words += String.fromCodePoint(Math.min(Number(reference[1]), 0x10ffff));
      at += reference[0].length - 1;
    } else if (end > 0) {
      flush();
      found.push({ text: text.slice(at + 1, end), code: true });
      at = end;
    } else if (char === "*" && next === "*") {
      flush();
      strong = !strong;
      at += 1;
    } else words += char;
  }
  flush();
  return found;
}

/** The cells of a table's line; an escaped bar belongs to its cell. */
export function cells(row: string): string[] {
  const inner = row.replace(/^\|/, "").replace(/\|\s*$/, "");
  return (inner.match(/(?:\\.|[^|\\])*(?:\||$)/gs) ?? []).slice(0, -1).map((cell) => cell.replace(/\|$/, "").trim());
}

export function blocks(card: string): Block[] {
  const lines = card.split("\n");
  const found: Block[] = [];
  let at = 0;
  if (lines[0] === "---") {
    const end = lines.indexOf("---", 1);
    if (end > 0) {
      found.push({ kind: "header", text: lines.slice(1, end).join("\n") });
      at = end + 1;
    }
  }
  const run = (fits: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && fits(lines[at]!)) at += 1;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at]!;
    const heading = /^(#{1,6}) (.*)$/.exec(line);
    if (!line.trim()) at += 1;
    else if (heading) {
      found.push({ kind: "heading", level: heading[1]!.length, text: heading[2]! });
      at += 1;
    } else if (line.startsWith(">")) found.push({ kind: "quote", lines: run((item) => item.startsWith(">")).map(unquoted) });
    else if (line.startsWith("- ")) found.push({ kind: "list", lines: run((item) => item.startsWith("- ")).map((item) => item.slice(2)) });
    else if (line.startsWith("|")) found.push({ kind: "table", rows: run((item) => item.startsWith("|")).map(cells) });
    else found.push({ kind: "text", text: run((item) => item.trim() !== "" && !/^(#{1,6} |>|- |\|)/.test(item)).join(" ") || lines[at++]! });
  }
  return found;
}

/** A quoted line without its sign and without the mark of a kept line break. */
function unquoted(line: string): string {
  const text = line.replace(/^> ?/, "");
  const slashes = /\\*$/.exec(text)![0].length;
  return slashes % 2 === 1 ? text.slice(0, -1) : text;
}

export function cardView(card: string): HTMLElement {
  return h("article", { class: "wb-dataset-card", "aria-label": t("Dataset card") }, ...blocks(card).map(drawn));
}

function words(text: string): Child[] {
  return pieces(text).map((piece) => {
    const nodes = plain(piece.text) as Child[];
    if (piece.code) return h("code", {}, ...nodes);
    return piece.strong ? h("strong", {}, ...nodes) : h("span", { dir: "auto" }, ...nodes);
  });
}

function drawn(block: Block): HTMLElement {
  if (block.kind === "header")
    return h("details", { class: "wb-more" }, h("summary", {}, t("Header for machines (YAML)")), h("pre", { class: "wb-plain", tabindex: 0 }, ...(plain(block.text) as Child[])));
  if (block.kind === "heading") return h(block.level <= 1 ? "h4" : "h5", {}, ...words(block.text));
  if (block.kind === "text") return h("p", {}, ...words(block.text));
  if (block.kind === "quote") return h("blockquote", {}, ...block.lines.map((item) => h("p", { dir: "auto" }, ...words(item))));
  if (block.kind === "list") return h("ul", {}, ...block.lines.map((item) => h("li", {}, ...words(item))));
  return table(block.rows);
}

function table(rows: string[][]): HTMLElement {
  const [head = [], ...rest] = rows;
  const body = rest.filter((row) => !row.every((cell) => /^-+$/.test(cell)));
  return h(
    "table",
    { class: "wb-table" },
    h("thead", {}, h("tr", {}, ...head.map((cell) => h(cell.trim() ? "th" : "td", cell.trim() ? { scope: "col" } : {}, ...words(cell))))),
    h("tbody", {}, ...body.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, ...words(cell)))))),
  );
}
