// The corner of the application: who works here, and the settings behind the name.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { key, LANGUAGES, spokenLanguage, t } from "../core/i18n.ts";
import { openOverlay, rootOf, type Overlay } from "../core/overlay.ts";
import { openKeys, type PageName } from "./keys.ts";

/** What `app.start` answers. */
export interface Start {
  name: string;
  author: string;
  /** Where the author's name comes from. */
  author_from: "setting" | "hub" | "login" | "code";
  path: string;
  version: string;
  /** The file with the details of unexpected errors. */
  log: string;
  /** Whether the guided start begins by itself. */
  tour: boolean;
}

const FROM: Record<Start["author_from"], string> = {
  setting: key("named when the workbench was started"),
  hub: key("your name on this hub"),
  login: key("your login on this machine"),
  code: key("named in the notebook"),
};

export function corner(
  ctx: Ctx,
  root: HTMLElement,
  start: Start,
  pages: () => PageName[],
  tour: () => void,
): HTMLElement {
  const open = (): void => openSettings(ctx, root, start, pages, tour);
  const label = t("You work here as {name}. Settings", { name: start.author });
  return h(
    "button",
    {
      class: "wb-me",
      "aria-haspopup": "dialog",
      "aria-label": label,
      title: label,
      data: { tour: "settings" },
      on: { click: open },
    },
    h("span", { class: "wb-me-name" }, start.author),
    h("span", { "aria-hidden": "true" }, "▾"),
  );
}

function openSettings(
  ctx: Ctx,
  root: HTMLElement,
  start: Start,
  pages: () => PageName[],
  tour: () => void,
): void {
  let sheet: Overlay;
  const then = (act: () => void) => () => {
    sheet.close();
    act();
  };
  const button = (label: string, act: () => void): HTMLElement =>
    h("button", { class: "wb-button", on: { click: then(act) } }, label);
  sheet = openOverlay(rootOf(root), t("Settings"), [
    h(
      "div",
      { class: "wb-row" },
      h("h3", { class: "wb-grow" }, t("Settings")),
      h("span", { class: "wb-quiet" }, t("Esc closes")),
    ),
    part(
      t("You"),
      h("p", {}, t("You work here as {name}: {why}.", { name: start.author, why: t(FROM[start.author_from]) })),
      h("p", { class: "wb-help" }, t("Every decision carries this name.")),
    ),
    part(
      t("Language"),
      languages((name) => {
        sheet.close();
        void ctx.speak(name).catch(ctx.notice);
      }),
    ),
    part(
      t("Keys and help"),
      h(
        "div",
        { class: "wb-row" },
        button(t("Change keys"), () => openKeys(ctx, root, pages)),
        button(t("Guided start"), tour),
      ),
    ),
    part(
      t("Light and dark"),
      h("p", { class: "wb-help" }, t("The workbench follows JupyterLab: menu Settings, Theme.")),
    ),
    part(t("About"), about(start)),
  ]);
  sheet.element.classList.add("wb-overlay-corner");
}

function part(title: string, ...content: HTMLElement[]): HTMLElement {
  return h("section", { class: "wb-settings-part" }, h("h4", {}, title), ...content);
}

/** Each language is written in itself, for whoever cannot read the others. */
function languages(choose: (name: string) => void): HTMLElement {
  const current = spokenLanguage();
  return h(
    "div",
    { class: "wb-row", role: "group", "aria-label": t("Language") },
    ...Object.entries(LANGUAGES).map(([name, label]) =>
      h(
        "button",
        {
          class: "wb-button",
          lang: name,
          "aria-pressed": String(name === current),
          data: name === current ? { first: "", language: name } : { language: name },
          on: { click: () => choose(name) },
        },
        label,
      ),
    ),
  );
}

function about(start: Start): HTMLElement {
  const line = (term: string, text: string): HTMLElement[] => [h("dt", {}, term), h("dd", { class: "wb-mono" }, text)];
  return h(
    "dl",
    { class: "wb-about" },
    ...line(t("Version"), start.version),
    ...line(t("Workspace"), start.path),
    ...line(t("Log of errors"), start.log),
  );
}
