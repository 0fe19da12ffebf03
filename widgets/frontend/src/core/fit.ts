// As tall as the part of the notebook that is visible, whatever bars the page has around it.

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
