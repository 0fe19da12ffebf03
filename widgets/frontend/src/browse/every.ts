// One answer to everything a query finds, as one step that `u` takes back.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { active } from "../tags/assign.ts";
import { pathWords, typed } from "../tags/answers.ts";
import { count } from "../work/parts.ts";
import type { Session } from "./session.ts";

export function openEvery(from: HTMLElement, ctx: Ctx, session: Session, onDone: () => void): void {
  const schemes = session.schemes.filter((scheme) => scheme.on !== "turn" && active(scheme).length > 0);
  const scheme = h(
    "select",
    { class: "wb-select", data: { first: "" }, "aria-label": "Question" },
    ...schemes.map((item) => h("option", { value: item.name }, item.title || item.name)),
  );
  const value = h("select", { class: "wb-select", "aria-label": "Answer" });
  const found = (): (typeof schemes)[number] | undefined => schemes.find((item) => item.name === scheme.value);
  const choices = (): void => {
    const now = found();
    fill(
      value,
      ...(now
        ? active(now).map((choice) =>
            h("option", { value: choice.value }, pathWords(now.choices ?? [], choice.value) || choice.value),
          )
        : []),
    );
  };
  scheme.addEventListener("change", choices);
  choices();
  const total = session.total;
  const query = session.query;
  const save = async (): Promise<void> => {
    const now = found();
    if (!now) return;
    try {
      const answer = await ctx.call<{ changed: number }>("tag.every", {
        query,
        scheme: now.name,
        value: typed(now, value.value),
      });
      overlay.close();
      ctx.notice(`${count(answer.changed, "answer")} changed. u takes ${answer.changed === 1 ? "it" : "all of them"} back.`);
      onDone();
    } catch (error) {
      ctx.notice(error);
    }
  };
  const overlay = openOverlay(rootOf(from), "Tag all", [
    h("h3", {}, total === 1 ? "Answer for the one found" : `Answer for all ${total.toLocaleString()} found`),
    h("p", { class: "wb-help" }, query ? `Everything that “${query}” finds.` : "Every conversation of this workspace."),
    h("div", { class: "wb-field" }, h("label", {}, "Question"), scheme),
    h("div", { class: "wb-field" }, h("label", {}, "Answer"), value),
    h(
      "div",
      { class: "wb-row wb-sheet-foot" },
      h("span", { class: "wb-grow wb-quiet" }, "One step: undo takes it back"),
      h("button", { class: "wb-button", on: { click: () => overlay.close() } }, "Cancel"),
      h(
        "button",
        { class: "wb-button wb-button-primary", on: { click: () => void save() } },
        `Tag ${total.toLocaleString()}`,
      ),
    ),
  ]);
}
