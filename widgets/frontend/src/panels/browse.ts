import { BrowsePage } from "../browse/page.ts";
import type { Mount } from "../core/ctx.ts";

export const mount: Mount = (root, ctx) => {
  const page = new BrowsePage(root, ctx);
  return () => page.close();
};
