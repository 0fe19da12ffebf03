// The guided start: what to do, where, and how it is seen that it was done. Each step is done on the real screen.
import type { Tab } from "../core/ctx.ts";
import { key } from "../core/i18n.ts";

export interface Step {
  title: string;
  text: string;
  /** What to look at: the first of these that is on the screen is ringed. */
  at: string[];
  tab: Tab;
  /** Done when the page sent one of these commands ... */
  commands?: string[];
  /** ... or when another conversation became the current one ... */
  moved?: true;
  /** ... or when this page was opened. */
  opened?: Tab;
}

export const STEPS: Step[] = [
  {
    title: key("Find conversations"),
    text: key("Press / and type a word, for example card. Then press Enter. The list shows what fits."),
    at: [".wb-query"],
    tab: "browse",
    commands: ["browse.rows"],
  },
  {
    title: key("Move through the list"),
    text: key("Press j for the next conversation and k for the one before. The whole conversation stands beside the list."),
    at: [".wb-item-current", ".wb-listpane"],
    tab: "browse",
    moved: true,
  },
  {
    title: key("Answer with one key"),
    text: key("Every answer has its key beside it. Press 4 if two people would nearly talk like this. It is saved at once."),
    at: [".wb-tags .wb-question", ".wb-tags"],
    tab: "browse",
    commands: ["tag.set", "tag.every"],
  },
  {
    title: key("Take it back"),
    text: key("Press u. Everything you do here can be undone, also tomorrow."),
    at: [".wb-browse-top [data-tour=undo]", ".wb-browse-top", ".wb-query"],
    tab: "browse",
    commands: ["step.undo"],
  },
  {
    title: key("Change a text"),
    text: key("Press e, change a word, and save. The earlier text is kept as a revision. (Or go on without.)"),
    at: [".wb-conversation-head", ".wb-conversation"],
    tab: "browse",
    commands: ["edit.save"],
  },
  {
    title: key("Make variants"),
    text: key("Open Generate. There you choose a recipe and a few conversations, and decide about each draft."),
    at: ["[data-tab=generate]"],
    tab: "browse",
    opened: "generate",
  },
  {
    title: key("Give it to others"),
    text: key("Open Release. A query becomes a slice; a slice becomes files with a card that says what is in them."),
    at: ["[data-tab=release]"],
    tab: "generate",
    opened: "release",
  },
  {
    title: key("That is all you need"),
    text: key("Press ? on any page for its keys. This guide can be started again from your name, up here."),
    at: [".wb-me"],
    tab: "release",
  },
];
