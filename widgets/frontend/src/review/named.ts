// What a review is called: as the person named it, else by its questions, in the language of whoever looks.
import { titleOf } from "../tags/answers.ts";
import type { Scheme } from "../core/nouns.ts";

interface Named {
  name: string;
  schemes: string[];
}

/** The same review under the name it has on this screen. */
export function named<Q extends Named>(queue: Q, schemes: Scheme[]): Q {
  const asked = queue.schemes.map((name) => schemes.find((scheme) => scheme.name === name) ?? ({ name } as Scheme));
  const usual = asked.map((scheme) => scheme.title || scheme.name).join(", ");
  return queue.name === usual ? { ...queue, name: asked.map(titleOf).join(", ") } : queue;
}
