// How a text begins that is a sentence of its own. In the catalogue, and at a terminal, errors begin with a small letter.

/** With these words of ours an English text from Python begins; any other may be a name, a value or code. */
const OURS = new Set(
  `a accept add all allow already an another answer approve archive ask asking at back begin besides both bring byte change check choose collect columns
    connect conversation copy correct could decide depth derive did do document does dollars download draft drafts draw each edit equal every everybody
    everything example fewer find finish flatten for free freeze freezing from give go half have here how ids if import in is it its jobs keep known leave
    let line look lower make mend merge more move name nesting no nobody none not nothing number one only open pack parts paused perhaps plain put quote raise
    rank read real recipe recipes reject reload remove repair restore resume retire rewrite row run runs sample save say search select set small so some
    somebody sort split start stopped suggestions tag take text that the there these they this those tick to too try turn two type undo unlock unpack
    update upgrade use values variables variants version wait waiting what when where who widen within word write written you your`.split(/\s+/),
);

/** A word in small letters, and nothing else: no id, no path, no code. */
const WORD = /^\p{Ll}[\p{Ll}'’-]*(?=$|[\s,:;.!?\u00a0])/u;

/** Whether an English text begins with a word of ours. */
export function ours(text: string): boolean {
  return OURS.has(WORD.exec(text)?.[0] ?? "");
}

/** A text with a capital letter, if it begins with a word; not where the English begins with the same name or code. */
export function capital(text: string, english = ""): string {
  const word = WORD.exec(text)?.[0];
  if (!word || (WORD.exec(english)?.[0] === word && !OURS.has(word))) return text;
  return text[0]!.toLocaleUpperCase() + text.slice(1);
}
