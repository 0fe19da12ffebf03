// A text field for a path on the kernel's machine, completed as one types: a combobox with a list of names.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { bindKeys } from "../core/keys.ts";
import { scrollTo } from "../core/scroll.ts";
import { line } from "../text/body.ts";
import { bytes, newest, settled, uid } from "./parts.ts";

interface Entry {
  name: string;
  path: string;
  folder: boolean;
  size: number;
}

interface Completion {
  folder: string;
  entries: Entry[];
  more: boolean;
  note: string;
}

export interface PathOptions {
  command: string;
  label: string;
  placeholder: string;
  foldersOnly?: boolean;
  /** A file was chosen, or Enter pressed on what was typed. */
  onChosen: (path: string) => void;
}

export interface PathField {
  element: HTMLElement;
  input: HTMLInputElement;
  value(): string;
  set(path: string, open?: boolean): void;
  close(): void;
}

export function pathField(ctx: Ctx, options: PathOptions): PathField {
  const listId = uid("paths");
  const list = h("div", { class: "wb-paths", role: "listbox", id: listId, "aria-label": t("Names that fit") });
  list.hidden = true;
  const input = h("input", {
    class: "wb-input wb-path-input",
    type: "text",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": listId,
    "aria-autocomplete": "list",
    "aria-label": options.label,
    placeholder: options.placeholder,
  });
  let entries: Entry[] = [];
  let at = -1;
  const take = newest();

  const show = (on: boolean): void => {
    list.hidden = !on;
    input.setAttribute("aria-expanded", String(on));
    if (!on) at = -1;
  };
  const mark = (next: number): void => {
    at = entries.length === 0 ? -1 : (next + entries.length) % entries.length;
    [...list.querySelectorAll<HTMLElement>("[role=option]")].forEach((row, index) => {
      row.setAttribute("aria-selected", String(index === at));
      if (index !== at) return;
      scrollTo(list, row);
      input.setAttribute("aria-activedescendant", row.id);
    });
  };
  const choose = (entry: Entry): void => {
    input.value = entry.path;
    if (entry.folder) {
      void ask();
      return;
    }
    show(false);
    options.onChosen(entry.path);
  };
  const draw = (found: Completion): void => {
    entries = found.entries.filter((entry) => entry.folder || !options.foldersOnly);
    fill(
      list,
      ...entries.map((entry) => row(entry, choose)),
      found.note || entries.length === 0 ? h("div", { class: "wb-paths-note" }, line(said(found.note) || t("Nothing here fits."))) : null,
      found.more ? h("div", { class: "wb-paths-note" }, t("There is more: type further to narrow the list.")) : null,
    );
    at = -1;
    input.removeAttribute("aria-activedescendant");
  };
  const ask = async (): Promise<void> => {
    const ticket = take();
    try {
      const found = await ctx.call<Completion>(options.command, { text: input.value });
      if (ticket.old()) return;
      draw(found);
      show(true);
    } catch (error) {
      ctx.notice(error);
    }
  };
  const later = settled(() => void ask(), 90);
  const shut = (): void => {
    take();
    later.stop();
    show(false);
  };
  input.addEventListener("input", later);
  input.addEventListener("focus", () => later());
  input.addEventListener("blur", shut);
  const off = bindKeys(input, () => [
    { keys: ["ArrowDown"], inText: true, fixed: true, label: t("Next name"), run: () => (list.hidden ? void ask() : mark(at + 1)) },
    { keys: ["ArrowUp"], inText: true, fixed: true, label: t("Name before"), run: () => (list.hidden ? false : (mark(at <= 0 ? -1 : at - 1), true)) },
    { keys: ["Tab"], inText: true, fixed: true, label: t("Take the name"), run: () => takeFirst() },
    { keys: ["Escape"], inText: true, fixed: true, label: t("Close the list"), run: () => (list.hidden ? false : (shut(), true)) },
    { keys: ["Enter"], inText: true, fixed: true, label: t("Choose"), run: () => enter() },
  ]);
  const takeFirst = (): boolean => {
    const entry = entries[at] ?? (entries.length === 1 ? entries[0] : undefined);
    if (list.hidden || !entry || entry.path === input.value) return false;
    choose(entry);
    return true;
  };
  const enter = (): void => {
    const entry = list.hidden ? undefined : entries[at];
    if (entry) return choose(entry);
    shut();
    if (input.value.trim()) options.onChosen(input.value.trim());
  };
  return {
    element: h("div", { class: "wb-path" }, input, list),
    input,
    value: () => input.value.trim(),
    set(path, open = false) {
      input.value = path;
      if (open) {
        input.focus();
        void ask();
      }
    },
    close() {
      off();
      later.stop();
    },
  };
}

function row(entry: Entry, choose: (entry: Entry) => void): HTMLElement {
  return h(
    "div",
    {
      class: "wb-paths-row",
      role: "option",
      id: uid("path"),
      "aria-selected": "false",
      // mousedown, not click: the field must not lose the focus, which would close the list first
      on: { mousedown: (event) => (event.preventDefault(), choose(entry)) },
    },
    h("span", { class: "wb-paths-mark", "aria-hidden": "true" }, entry.folder ? "▸" : ""),
    line(entry.name, "wb-paths-name"),
    h("span", { class: "wb-quiet wb-numbers" }, entry.folder ? t("folder") : bytes(entry.size)),
  );
}
