import type { Mount } from "../core/ctx.ts";
import { loading } from "../core/empty.ts";

export const mount: Mount = (root) => {
  root.append(loading());
  return () => root.replaceChildren();
};
