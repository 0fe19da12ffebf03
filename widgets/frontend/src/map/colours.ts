// The colours of the groups as the page's theme has them, as the canvas reads them.
import { h } from "../core/dom.ts";

export interface Colours {
  groups: string[];
  rest: string;
  ink: string;
  quiet: string;
  ground: string;
  accent: string;
  font: string;
}

/** Read from the styles around `place`. A colour made by color-mix() is resolved on a real element. */
export function coloursAt(place: HTMLElement): Colours {
  const probe = h("span", { style: { display: "none" } });
  place.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = {
    groups: Array.from({ length: 8 }, (_, at) => read(`--wb-group-${at + 1}`)),
    rest: read("--wb-ink-3"),
    ink: read("--wb-ink"),
    quiet: read("--wb-ink-3"),
    ground: read("--wb-ground"),
    accent: read("--wb-accent"),
    font: getComputedStyle(place).fontFamily,
  };
  probe.remove();
  return colours;
}

export function colourOf(colours: Colours, place: number, groups: number): string {
  return place >= groups - 2 ? colours.rest : colours.groups[place % 8]!;
}
