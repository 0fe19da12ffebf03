// What a person can do when a file was refused: another file where this one is the trouble, else another format.
import { h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { CommandError } from "../core/rpc.ts";
import { button } from "../work/parts.ts";
import type { Chooser } from "./collect_choose.ts";
import type { Format } from "./collect_types.ts";

/** `named`: read it again as that format. Null where there is nothing to offer. */
export function wayOut(error: unknown, formats: Format[], named: (format: string) => void, choose: Chooser | null): HTMLElement | null {
  if (nothingToRead(error)) return choose ? otherFile(error, choose) : null;
  return formats.length > 0 ? otherFormat(formats, named) : null;
}

/** There is no such file, or nothing in it can be read: no format makes a difference, and nothing is left to import. */
export function nothingToRead(error: unknown): error is CommandError {
  return error instanceof CommandError && error.code === "nothing_to_read";
}

function otherFile(error: CommandError, choose: Chooser): HTMLElement {
  const folder = error.details["folder"];
  return h(
    "div",
    { class: "wb-collect-wayout wb-row" },
    button(t("Choose another file"), () => choose.again(), { small: true, name: "other-file" }),
    typeof folder === "string" ? button(t("Show what is in {folder}", { folder }), () => choose.again(folder), { small: true, name: "look-there" }) : null,
  );
}

function otherFormat(formats: Format[], named: (format: string) => void): HTMLElement {
  return h(
    "div",
    { class: "wb-collect-wayout" },
    h("h4", {}, t("Read it as")),
    h("div", { class: "wb-wrap" }, ...formats.map((format) => button(said(format.title), () => named(format.name), { small: true }))),
  );
}
