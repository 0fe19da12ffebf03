// Suggestions as they stand before an answer: which question has one, and which of them Enter takes.
import type { Scheme, Tag, TagValue } from "../core/nouns.ts";
import { mine, suggested, typed } from "./answers.ts";

/** What answers are about: samples, or one turn of the open sample, with its tags. */
export interface About {
  ids: string[];
  turn: string | null;
  tags: Tag[];
}

/** Whether a question asks about turns, or about whole conversations, as what is chosen is. */
export function fits(scheme: Scheme, about: Pick<About, "turn">): boolean {
  return about.turn ? scheme.on !== "sample" : scheme.on !== "turn";
}

/** What a machine suggests where the scheme says so before the answer (`prefill`), and I have not answered. */
export function adviceOf(scheme: Scheme, about: About, author: string): Tag | undefined {
  if (scheme.suggestion !== "prefill" || about.ids.length !== 1 || !fits(scheme, about)) return undefined;
  if (mine(about.tags, scheme.name, author, about.turn)) return undefined;
  const found = suggested(about.tags, scheme.name, about.turn);
  return found?.sample === about.ids[0] ? found : undefined; // another conversation may be marked than the open one
}

export interface Advice {
  scheme: Scheme;
  tag: Tag;
  /** In the scheme's own type. */
  value: TagValue;
}

/** The suggestion that Enter takes: that of the question with the focus, else of the first that is not answered. */
export function enterTakes(schemes: Scheme[], about: About, author: string, focused = ""): Advice | undefined {
  const open = schemes.flatMap((scheme) => {
    const tag = adviceOf(scheme, about, author);
    return tag ? [{ scheme, tag, value: typeof tag.value === "string" ? typed(scheme, tag.value) : tag.value }] : [];
  });
  return open.find((advice) => advice.scheme.name === focused) ?? open[0];
}
