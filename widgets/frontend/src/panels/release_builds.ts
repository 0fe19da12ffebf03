// The builds of a slice: a table to choose the one to export from, and a comparison of any two of them.
import type { Ctx } from "../core/ctx.ts";
import { fill, h } from "../core/dom.ts";
import { failed, loading } from "../core/empty.ts";
import { inDigits, t, tn } from "../core/i18n.ts";
import { line } from "../text/body.ts";
import { ago, exactly } from "../text/when.ts";
import { field, newest, remark, select } from "../work/parts.ts";
import { comparisonView, inOneSentence } from "./release_compare.ts";
import type { Build, Comparison } from "./release_types.ts";

export function short(hash: string): string {
  const [tag, digits] = hash.includes(":") ? hash.split(":", 2) : ["", hash];
  return `${tag ? `${tag}:` : ""}${(digits ?? "").slice(0, 10)}`;
}

export function buildTable(builds: Build[], chosen: string, choose: (id: string) => void): HTMLElement {
  const heads = ["", t("Frozen"), t("Conversations"), t("Hash"), t("By")];
  return h(
    "div",
    { class: "wb-table-box wb-builds", tabindex: 0, role: "region", "aria-label": t("Builds") },
    h(
      "table",
      { class: "wb-table" },
      h("thead", {}, h("tr", {}, ...heads.map((name) => (name ? h("th", { scope: "col" }, name) : h("td", {}))))),
      h("tbody", {}, ...builds.map((build) => buildRow(build, build.id === chosen, choose))),
    ),
  );
}

function buildRow(build: Build, on: boolean, choose: (id: string) => void): HTMLElement {
  const label = t("Export the build of {when}", { when: exactly(build.at) });
  const pick = h("input", { type: "radio", name: `wb-build-${build.name}`, "aria-label": label, checked: on, on: { change: () => choose(build.id) } });
  return h(
    "tr",
    { data: { build: build.id }, class: on ? "wb-on" : "" },
    h("td", { class: "wb-pick" }, pick),
    h("td", {}, h("time", { title: exactly(build.at) }, ago(build.at))),
    h("td", { class: "wb-numbers" }, inDigits(build.count)),
    h("td", {}, h("code", { title: build.hash }, short(build.hash))),
    h("td", {}, line(build.author)),
  );
}

/** Any two builds side by side, to begin with the newest and the one before it. */
export interface CompareBuilds {
  element: HTMLElement;
  /** There are these builds now. What a person compares stays. */
  show(builds: Build[]): void;
}

export function compareBuilds(ctx: Ctx): CompareBuilds {
  let builds: Build[] = [];
  const from = select([], "", { data: { field: "from", kept: "" } });
  const to = select([], "", { data: { field: "to", kept: "" } });
  const found = h("div", { class: "wb-stack", "aria-live": "polite" });
  const take = newest();
  const ask = async (): Promise<void> => {
    const ticket = take();
    const [old, next] = [from, to].map((box) => builds.find((build) => build.id === box.value)!);
    if (old!.hash === next!.hash) return fill(found, remark("info", t("These two builds are the same, text for text.")));
    const waiting = setTimeout(() => !ticket.old() && fill(found, loading(t("Comparing"))), 150);
    try {
      const told = await ctx.call<Comparison>("slice.compare", { old: old!.id, new: next!.id });
      if (!ticket.old()) fill(found, h("p", {}, inOneSentence(told)), comparisonView(ctx, told));
    } catch (error) {
      if (!ticket.old()) fill(found, failed(error, () => void ask()));
    } finally {
      clearTimeout(waiting);
    }
  };
  for (const box of [from, to]) box.addEventListener("change", () => void ask());
  const element = h(
    "details",
    { class: "wb-more", data: { part: "compare-builds" } },
    h("summary", {}, t("Compare two builds")),
    h("div", { class: "wb-stack" }, h("div", { class: "wb-pair" }, field(t("From"), from), field(t("To"), to)), found),
  );
  element.addEventListener("toggle", () => element.open && found.childElementCount === 0 && void ask());
  const relabel = (labels: string[]): void => {
    for (const option of [...from.options, ...to.options]) if (option.textContent !== labels[option.index]) option.textContent = labels[option.index]!;
  };
  const show = (next: Build[]): void => {
    const options = next.map((build) => ({ value: build.id, label: `${ago(build.at)} · ${exactly(build.at)} · ${tn("{n} conversation", "{n} conversations", build.count)}` }));
    // The builds are the same, but they get older: what is chosen stays, and the list too where it is open.
    if (JSON.stringify(next) === JSON.stringify(builds)) return relabel(options.map((one) => one.label));
    builds = next;
    element.hidden = builds.length < 2;
    const were = element.open ? [from.value, to.value] : [];
    for (const [at, box] of [from, to].entries()) {
      box.replaceChildren(...options.map((one) => h("option", { value: one.value }, one.label)));
      box.value = builds.find((build) => build.id === were[at])?.id ?? builds[1 - at]?.id ?? "";
    }
    if (from.value === were[0] && to.value === were[1]) return;
    take();
    fill(found);
    if (element.open && !element.hidden) void ask();
  };
  return { element, show };
}
