// Choosing a file: its path on this machine, completed while typing, or an upload from the browser.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { button, bytes } from "../work/parts.ts";
import { pathField } from "../work/pathfield.ts";
import { upload } from "../work/upload.ts";
import type { Start } from "./collect_types.ts";

export interface Chooser {
  element: HTMLElement;
  reset(): void;
  /** Another file is chosen: from the names in that folder, or beginning with the path that was typed. */
  again(folder?: string): void;
  focus(): void;
  close(): void;
}

export function chooser(ctx: Ctx, start: Start, onChosen: (path: string) => void): Chooser {
  const field = pathField(ctx, {
    command: "file.complete",
    label: t("Path of a file or folder on this machine"),
    placeholder: t("Path of a file or folder, for example ~/calls.jsonl"),
    onChosen,
  });
  const pick = h("input", { type: "file", class: "wb-spoken", tabindex: -1, "aria-hidden": "true" });
  const uploading = h("span", { class: "wb-quiet wb-numbers", role: "status" });
  let busy = false;
  const send = async (file: File | undefined): Promise<void> => {
    if (!file || busy) return;
    busy = true;
    try {
      const path = await upload(ctx.call, file, start.most_upload, (done) => {
        uploading.textContent = t("Sending {file}: {done} of {all}", { file: file.name, done: bytes(done), all: bytes(file.size) });
      });
      field.set(path);
      onChosen(path);
    } catch (error) {
      ctx.notice(error);
    } finally {
      busy = false;
      pick.value = "";
      uploading.textContent = "";
    }
  };
  pick.addEventListener("change", () => void send(pick.files?.[0]));
  const element = h(
    "div",
    { class: "wb-choose", on: { dragover: (event) => dragged(event, element), dragleave: () => element.classList.remove("wb-drop"), drop: (event) => dropped(event) } },
    h("div", { class: "wb-choose-line" }, field.element, button(t("Look inside"), () => field.value() && onChosen(field.value()), { tone: "primary", name: "preview" })),
    h(
      "div",
      { class: "wb-choose-more" },
      ...start.places.map((place) => button(said(place.label), () => field.set(place.path, true), { tone: "quiet", small: true, title: place.path })),
      button(t("Upload from this computer"), () => pick.click(), { tone: "quiet", small: true, title: t("At most {size}; for larger files type the path", { size: bytes(start.most_upload) }) }),
      h("span", { class: "wb-help" }, t("or drop a file here")),
      h("span", { class: "wb-grow" }),
      uploading,
      pick,
    ),
  );
  const dropped = (event: DragEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    element.classList.remove("wb-drop");
    void send(event.dataTransfer?.files[0]);
  };
  const again = (folder?: string): void => {
    if (folder) return field.set(folder, true);
    field.input.focus();
    field.input.select();
  };
  return { element, again, reset: () => (field.set(""), field.input.focus()), focus: () => field.input.focus(), close: () => field.close() };
}

function dragged(event: DragEvent, element: HTMLElement): void {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  event.stopPropagation();
  element.classList.add("wb-drop");
}
