// What the blocks of a prompt are called for people. A block of somebody's own recipe keeps its name.
import { key, t } from "../core/i18n.ts";

export const NAMES: Record<string, string> = {
  "": key("Message"),
  answerer: key("Instructions to the one who answers"),
  asker: key("Instructions to the one who asks"),
  background: key("Background"),
  before: key("What there is already"),
  conversation: key("The conversation"),
  example: key("An example"),
  first: key("Task for the first turn"),
  go: key("Task"),
  judge: key("Instructions to the judge"),
  later: key("What was said before"),
  learns: key("Who learns"),
  made_from: key("What it was made from"),
  mistake: key("The mistake to make"),
  mistakes: key("Mistakes to plan"),
  mixed: key("The second language"),
  opening: key("Task for the opening"),
  reader: key("Instructions to the reader"),
  reading: key("What is to be read"),
  schema: key("Form of the answer"),
  source: key("The source"),
  system: key("Instructions"),
  task: key("Task"),
  values: key("Values to keep"),
  vocabulary: key("Words that may be used"),
};

export function blockName(name: string): string {
  return Object.hasOwn(NAMES, name) ? t(NAMES[name]!) : name;
}
