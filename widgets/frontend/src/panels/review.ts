// The review panel: queues of conversations, answered by keyboard.
import type { Mount } from "../core/ctx.ts";
import { ReviewPage } from "../review/page.ts";

export const mount: Mount = (root, ctx) => {
  const page = new ReviewPage(root, ctx);
  return () => page.close();
};
