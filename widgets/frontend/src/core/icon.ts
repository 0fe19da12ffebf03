// Line icons drawn as SVG elements from fixed paths of this file.
const PATHS: Record<string, string> = {
  brand:
    "M4 5h11a3 3 0 0 1 3 3v3a3 3 0 0 1-3 3H9l-4 4v-4a3 3 0 0 1-3-3V7a2 2 0 0 1 2-2zM20 10a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2v3l-3-3h-4",
  collect: "M12 3v11m0 0 4-4m-4 4-4-4M4 15v3a3 3 0 0 0 3 3h10a3 3 0 0 0 3-3v-3",
  browse: "M4 6h16M4 12h10M4 18h7M20 20l-2.6-2.6M18.5 15.5a3 3 0 1 1-6 0 3 3 0 0 1 6 0z",
  review: "M9 6h11M9 12h11M9 18h11M3.5 6l1.2 1.2L7 5M3.5 12l1.2 1.2L7 11M3.5 18l1.2 1.2L7 17",
  generate:
    "M12 3l1.8 4.7L18.5 9.5l-4.7 1.8L12 16l-1.8-4.7L5.5 9.5l4.7-1.8zM18.5 15l.9 2.1 2.1.9-2.1.9-.9 2.1-.9-2.1-2.1-.9 2.1-.9z",
  map: "M9 4 3.5 6.5v13L9 17l6 3 5.5-2.5v-13L15 7zM9 4v13M15 7v13",
  quality: "M4 20V10m5.3 10V4m5.4 16v-7M20 20V8",
  release: "M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9",
  search: "M20 20l-4.2-4.2M17.5 10.5a7 7 0 1 1-14 0 7 7 0 0 1 14 0z",
  edit: "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
  undo: "M8 5 4 9l4 4M4 9h9a6 6 0 0 1 0 12h-3",
  redo: "M16 5l4 4-4 4M20 9h-9a6 6 0 0 0 0 12h3",
  history: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4M12 8v5l3 2",
  keys: "M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8",
  up: "M12 19V5m0 0-5 5m5-5 5 5",
  down: "M12 5v14m0 0 5-5m-5 5-5-5",
  add: "M12 5v14M5 12h14",
  remove: "M5 7h14M10 7V4h4v3m-7 0 1 13h8l1-13",
  archive: "M4 8h16v12H4zM3 4h18v4H3zM10 12h4",
  branch: "M7 4v9m0 0a4 4 0 0 0 4 4h6m0 0-3-3m3 3-3 3M7 4a2 2 0 1 0 0-.01",
  machine: "M8 8h8v8H8zM12 3v5m0 8v5M3 12h5m8 0h5M5 5h14v14H5z",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5",
  split: "M4 12h3M10.5 12h3M17 12h3M12 9V3m0 0L9 6m3-3 3 3M12 15v6m0 0-3-3m3 3 3-3",
  merge: "M4 12h16M12 2v6m0 0L9 5m3 3 3-3M12 22v-6m0 0-3 3m3-3 3 3",
  steps: "M5 6h9M5 12h9M5 18h5M17 12.5v6m0 0 3-3m-3 3-3-3",
  replace: "M4 7h10a3 3 0 0 1 3 3v1m0 0-3-3m3 3 3-3M20 17H10a3 3 0 0 1-3-3v-1m0 0 3 3m-3-3-3 3",
  flag: "M6 21V4h11l-2 4 2 4H6",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  alike: "M15 12a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0zM20 12a5.5 5.5 0 1 1-11 0 5.5 5.5 0 0 1 11 0z",
  star: "M12 4l2.4 5 5.6.8-4 3.9.9 5.5-4.9-2.6-4.9 2.6.9-5.5-4-3.9 5.6-.8z",
  rows: "M4 7h16M4 12h16M4 17h16",
  chevron: "M9 6l6 6-6 6",
};

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: string, size = 16): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", String(size));
  svg.setAttribute("height", String(size));
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "wb-icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name] ?? "");
  svg.append(path);
  return svg;
}
