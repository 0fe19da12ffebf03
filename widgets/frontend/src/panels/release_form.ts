// A slice's name, title and query, with a live count.
import type { Ctx } from "../core/ctx.ts";
import { h } from "../core/dom.ts";
import { t, tn } from "../core/i18n.ts";
import { inSentences } from "../core/notice.ts";
import { button, field, newest, settled } from "../work/parts.ts";
import type { Slice } from "./release_types.ts";

export interface SliceForm {
  element: HTMLElement;
  focus(): void;
}

/** A name that is also a good name for a folder. */
export function plainName(text: string): string {
  return text.trim().toLowerCase().normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
}

export function sliceForm(
  ctx: Ctx,
  given: { query: string; names: () => string[]; slice?: Slice },
  on: { saved: (name: string) => void; cancelled: () => void },
): SliceForm {
  const old = given.slice;
  const title = h("input", { class: "wb-input", type: "text", value: old?.title ?? "", placeholder: t("Lab results, checked by two people"), data: { field: "title" } });
  const name = h("input", { class: "wb-input", type: "text", value: old?.name ?? "", placeholder: t("lab-results"), disabled: old !== undefined, data: { field: "name" } });
  const query = h("input", { class: "wb-input", type: "text", spellcheck: "false", value: given.query, placeholder: t("all conversations"), data: { field: "query" } });
  const told = h("span", { class: "wb-where-count wb-numbers", role: "status" });
  const problem = h("p", { class: "wb-problem", role: "alert" });
  let named = old !== undefined;
  const take = newest();
  const ask = async (): Promise<void> => {
    const ticket = take();
    try {
      const answer = await ctx.call<{ count: number }>("slice.count", { where: query.value });
      if (ticket.old()) return;
      query.classList.remove("wb-invalid");
      told.className = "wb-where-count wb-numbers";
      told.textContent = tn("finds {n} conversation now", "finds {n} conversations now", answer.count);
    } catch (error) {
      if (ticket.old()) return;
      query.classList.add("wb-invalid");
      told.className = "wb-where-count wb-problem";
      told.textContent = inSentences(error);
    }
  };
  const later = settled(() => void ask(), 250);
  query.addEventListener("input", later);
  title.addEventListener("input", () => !named && (name.value = plainName(title.value)));
  name.addEventListener("input", () => (named = true));
  const save = async (): Promise<void> => {
    const wanted = name.value.trim();
    const taken = !old && given.names().includes(wanted);
    problem.textContent = !wanted ? t("Give the slice a name.") : taken ? t("There is a slice {name} already: open it to change its query.", { name: wanted }) : "";
    if (problem.textContent) return name.focus();
    try {
      await ctx.call("slice.save", { name: wanted, where: query.value.trim(), title: title.value });
      on.saved(wanted);
    } catch (error) {
      problem.textContent = inSentences(error);
    }
  };
  void ask();
  const element = h(
    "form",
    { class: "wb-card wb-slice-form", "aria-label": old ? t("Change {name}", { name: old.name }) : t("New slice"), on: { submit: (event) => (event.preventDefault(), void save()) } },
    h("h2", {}, old ? t("Change {name}", { name: old.name }) : t("New slice")),
    field(t("What it is"), title),
    field(t("Name"), name, t("Short; it becomes the name of the export's folder.")),
    field(t("Query"), query, old ? t("Builds that were frozen before stay as they are.") : t("The query of the Browse page to begin with.")),
    told,
    problem,
    h("div", { class: "wb-row" }, button(t("Save"), () => void save(), { tone: "primary", name: "save-slice" }), button(t("Cancel"), on.cancelled, { tone: "quiet" })),
  );
  return { element, focus: () => (old ? query : title).focus({ preventScroll: true }) };
}
