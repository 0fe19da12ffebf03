// Which model writes, in plain words; and a drawer to connect another one and to try it.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { said, t } from "../core/i18n.ts";
import { inWords } from "../core/notice.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { followJob } from "../work/jobs.ts";
import { button, remark } from "../work/parts.ts";
import { connectForm } from "./generate_connect.ts";
import type { ModelView } from "./generate_types.ts";

interface Tested {
  ok: boolean;
  text?: string;
  model?: string;
  message?: string;
  hint?: string;
  seconds: number;
}

export function modelLine(ctx: Ctx, model: () => ModelView, onChange: (model: ModelView) => void): HTMLElement {
  const label = h("span", { class: "wb-model-label" });
  const draw = (): void => fill(label, line(said(model().label)));
  const settings = button(t("Settings"), () => drawer(ctx, element, model(), (next) => (onChange(next), draw())), { tone: "quiet", small: true, name: "model-settings" });
  const element = h("div", { class: "wb-model" }, label, settings);
  draw();
  return element;
}

function drawer(ctx: Ctx, from: HTMLElement, model: ModelView, onSaved: (model: ModelView) => void): void {
  const form = connectForm(model);
  const answer = h("div", { role: "status" });
  let stop = (): void => {};
  const save = async (): Promise<boolean> => {
    try {
      onSaved(await ctx.call<ModelView>("model.save", { settings: form.values() }));
      return true;
    } catch (error) {
      say(answer, "bad", error);
      return false;
    }
  };
  const test = async (): Promise<void> => {
    if (!(await save())) return;
    fill(answer, h("span", { class: "wb-quiet" }, t("Asking the model three short questions: plainly, for an answer in pieces, for JSON. A model on this machine may need a minute to start.")));
    try {
      const { job } = await ctx.call<{ job: string }>("model.test");
      stop = followJob(ctx, job, { inView: () => answer.offsetParent !== null, end: () => void ctx.call<Tested>("model.tested", { job }).then((told) => report(answer, told), (error) => say(answer, "bad", error)) });
    } catch (error) {
      say(answer, "bad", error);
    }
  };
  const overlay = openOverlay(
    rootOf(from),
    t("Model settings"),
    [
      h("h3", {}, t("Which model writes")),
      h("p", { class: "wb-lead" }, t("Any service that speaks the OpenAI chat interface: Ollama, vLLM, llama.cpp, a gateway, OpenAI. With no address, the small demo model on this machine is used.")),
      ...form.elements,
      answer,
      h(
        "div",
        { class: "wb-row" },
        button(t("Save and test"), () => void test(), { name: "model-test" }),
        h("span", { class: "wb-grow" }),
        button(t("Cancel"), () => overlay.close(), { tone: "quiet" }),
        button(t("Save"), () => void save().then((saved) => saved && overlay.close()), { tone: "primary", name: "model-save" }),
      ),
    ],
    () => stop(),
  );
}

function report(answer: HTMLElement, told: Tested): void {
  const seconds = `${told.seconds.toFixed(1)} s`;
  if (told.ok) fill(answer, remark("good", `${t("{model} answered in {time}:", { model: told.model || t("The model"), time: seconds })} `, line(`“${(told.text ?? "").slice(0, 160)}”`), h("div", { class: "wb-quiet" }, t("Answers in pieces and answers in JSON come as well."))));
  else fill(answer, remark("bad", line(said(told.message ?? "") || t("It did not answer.")), told.hint ? h("div", { class: "wb-quiet" }, line(said(told.hint))) : null));
}

function say(answer: HTMLElement, tone: "bad", error: unknown): void {
  const told = inWords(error);
  fill(answer, remark(tone, said(told.message), told.hint ? h("div", { class: "wb-quiet" }, said(told.hint)) : null));
}
