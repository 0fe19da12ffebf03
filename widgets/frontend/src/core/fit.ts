// Sizes that style sheets cannot know: of the notebook's window, and of words in the person's language.

const LEAST = 460;
const MARGIN = 26;

/** Keep `--wb-height` of `element` at the height of the notebook's window. */
export function fitHeight(element: HTMLElement): () => void {
  const frame = element.closest<HTMLElement>(".jp-WindowedPanel-outer") ?? element.closest<HTMLElement>(".jp-Notebook");
  if (!frame || typeof ResizeObserver === "undefined") return () => {};
  const fit = (): void => {
    if (frame.clientHeight > 0)
      element.style.setProperty("--wb-height", `${Math.max(LEAST, frame.clientHeight - MARGIN)}px`);
  };
  const watcher = new ResizeObserver(fit);
  watcher.observe(frame);
  fit();
  return () => watcher.disconnect();
}

/** Keep `--wb-tabs-end` of the application at where its tabs end, so that what lies beside them never covers one. */
export function keepTabsFree(tabs: HTMLElement): () => void {
  const app = tabs.closest<HTMLElement>(".wb-root");
  if (!app || typeof ResizeObserver === "undefined") return () => {};
  const watcher = new ResizeObserver(() => app.style.setProperty("--wb-tabs-end", `${tabs.offsetLeft + tabs.offsetWidth}px`));
  for (const each of [app, ...tabs.parentElement!.children]) watcher.observe(each);
  return () => watcher.disconnect();
}
