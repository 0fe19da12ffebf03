// Names of codes, as people say them. The code itself stays what a query uses.

const WORDS: Record<string, Record<string, string>> = {
  origin: {
    imported: "Imported",
    generated: "Generated",
    written: "Written here",
    real: "Real",
    synthetic: "Synthetic",
  },
  state: { active: "In use", archived: "Put aside" },
};

let languages: Intl.DisplayNames | null = null;

/** "zh" as "Chinese"; a code that has no name stays as it is. */
export function languageName(code: string): string {
  try {
    languages ??= new Intl.DisplayNames(["en"], { type: "language" });
    return languages.of(code) ?? code;
  } catch {
    return code; // not shaped like a language code
  }
}

/** The value of a field as a person reads it; `label` is what Python calls it. */
export function valueName(field: string, value: string, label = value): string {
  if (label !== value) return label;
  return field === "language" ? languageName(value) : (WORDS[field]?.[value] ?? label);
}
