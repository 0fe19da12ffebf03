// A drawer that connects models, the workspace's own and further ones by their short names, and tries them.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { inDecimals, saidAlone, t } from "../core/i18n.ts";
import { inWords } from "../core/notice.ts";
import { openOverlay, rootOf } from "../core/overlay.ts";
import { line } from "../text/body.ts";
import { followJob } from "../work/jobs.ts";
import { button, field, remark } from "../work/parts.ts";
import { connectedForms } from "./generate_connected.ts";
import type { ModelView } from "./generate_types.ts";

interface Tested {
  ok: boolean;
  text?: string;
  model?: string;
  message?: string;
  hint?: string;
  seconds: number;
}

export function modelDrawer(ctx: Ctx, from: HTMLElement, model: ModelView, onSaved: (model: ModelView) => void): void {
  const answer = h("div", { role: "status" });
  let stop = (): void => {};
  const remove = button(t("Remove"), () => void removed(), { tone: "quiet", name: "model-remove" });
  const forms = connectedForms(model, (further) => {
    remove.hidden = !further;
    fill(answer);
    stop();
  });
  const say = (error: unknown): void => {
    const told = inWords(error);
    fill(answer, remark("bad", told.message, told.hint ? h("div", { class: "wb-quiet" }, told.hint) : null));
  };
  const save = async (): Promise<boolean> => {
    const problem = forms.problem();
    if (problem) {
      fill(answer, remark("bad", problem));
      return false;
    }
    const name = forms.name();
    try {
      const next = await ctx.call<ModelView>("model.save", { settings: forms.values(), name });
      onSaved(next);
      forms.show(next, name);
      return true;
    } catch (error) {
      say(error);
      return false;
    }
  };
  const removed = async (): Promise<void> => {
    const name = forms.name();
    try {
      const next = await ctx.call<ModelView>("model.remove", { name });
      onSaved(next);
      forms.takeBack(next, name);
      fill(answer, remark("good", t("{name} is removed. What it wrote stays. Save connects it again.", { name })));
    } catch (error) {
      say(error);
    }
  };
  const test = async (): Promise<void> => {
    if (!(await save())) return;
    fill(answer, h("span", { class: "wb-quiet" }, t("Asking the model three short questions: plainly, for an answer in pieces, for JSON. A model on this machine may need a minute to start.")));
    try {
      const { job } = await ctx.call<{ job: string }>("model.test", { name: forms.name() });
      stop = followJob(ctx, job, { inView: () => answer.offsetParent !== null, end: () => void ctx.call<Tested>("model.tested", { job }).then((told) => report(answer, told), say) });
    } catch (error) {
      say(error);
    }
  };
  forms.show(model, model.models[0]!.name);
  const overlay = openOverlay(
    rootOf(from),
    t("Model settings"),
    [
      h("h3", {}, t("Which model writes")),
      h("p", { class: "wb-lead" }, t("Any service that speaks the OpenAI chat interface: Ollama, vLLM, llama.cpp, a gateway, OpenAI. With no address, the small demo model on this machine is used.")),
      field(t("Model to set up"), forms.pick, t("“main” is used where a recipe names none. Recipes that mix models name the others.")),
      forms.element,
      answer,
      h(
        "div",
        { class: "wb-row" },
        button(t("Save and test"), () => void test(), { name: "model-test" }),
        remove,
        h("span", { class: "wb-grow" }),
        button(t("Cancel"), () => overlay.close(), { tone: "quiet" }),
        button(t("Save"), () => void save().then((saved) => saved && overlay.close()), { tone: "primary", name: "model-save" }),
      ),
    ],
    () => stop(),
  );
}

function report(answer: HTMLElement, told: Tested): void {
  const seconds = t("{n} s", { n: inDecimals(told.seconds, 1) });
  if (told.ok) fill(answer, remark("good", `${t("{model} answered in {time}:", { model: told.model || t("The model"), time: seconds })} `, line(`“${(told.text ?? "").slice(0, 160)}”`), h("div", { class: "wb-quiet" }, t("Answers in pieces and answers in JSON come as well."))));
  else fill(answer, remark("bad", line(saidAlone(told.message ?? "") || t("It did not answer.")), told.hint ? h("div", { class: "wb-quiet" }, line(saidAlone(told.hint))) : null));
}
