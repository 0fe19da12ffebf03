// Which model writes, in plain words, and which others are connected beside it.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { button } from "../work/parts.ts";
import { modelDrawer } from "./generate_model_drawer.ts";
import type { ModelView } from "./generate_types.ts";

export function modelLine(ctx: Ctx, model: () => ModelView, onChange: (model: ModelView) => void): HTMLElement {
  const label = h("div", { class: "wb-model-label" });
  const draw = (): void => {
    const further = model().models.slice(1);
    fill(
      label,
      line(said(model().label)),
      further.length ? h("div", { class: "wb-quiet" }, t("Also connected: {names}", { names: further.map((one) => one.name).join(", ") })) : null,
    );
  };
  const settings = button(t("Settings"), () => modelDrawer(ctx, element, model(), (next) => (onChange(next), draw())), { tone: "quiet", small: true, name: "model-settings" });
  const element = h("div", { class: "wb-model" }, label, settings);
  draw();
  return element;
}
