// Names of codes, as people say them. The code itself stays what a query uses.
import { key, said, spokenLanguage, t } from "../core/i18n.ts";

const WORDS: Record<string, Record<string, string>> = {
  origin: {
    imported: key("Imported"),
    generated: key("Generated"),
    written: key("Written here"),
    real: key("Real"),
    synthetic: key("Synthetic"),
  },
  state: { active: key("In use"), archived: key("Put aside") },
};

const ROLES: Record<string, string> = {
  system: key("System"),
  user: key("User"),
  assistant: key("Assistant"),
  tool: key("Tool"),
};

/** "User", "Assistant": a role as a person reads it; an unknown one as it is. */
export function roleName(role: string): string {
  return role in ROLES ? t(ROLES[role]!) : role;
}

let languages: { spoken: string; names: Intl.DisplayNames } | null = null;

/** "zh" as "Chinese"; a code that has no name stays as it is. */
export function languageName(code: string): string {
  try {
    const spoken = spokenLanguage();
    if (languages?.spoken !== spoken)
      languages = { spoken, names: new Intl.DisplayNames([spoken], { type: "language" }) };
    return languages.names.of(code) ?? code;
  } catch {
    return code; // not shaped like a language code
  }
}

/** The questions that every workspace begins with; others are called what their authors called them. */
const OUR_QUESTIONS = new Set(["domain", "naturalness", "correctness", "compliance", "tier"]);

/** A question by the name that a query uses, or as its title says it in the person's language where that is ours. */
export function questionName(name: string): string {
  if (!OUR_QUESTIONS.has(name)) return name;
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  return said(title) === title ? name : said(title);
}

/** The value of a field as a person reads it; `label` is what Python calls it. */
export function valueName(field: string, value: string, label = value): string {
  if (field === "source") return label;
  if (label !== value) return said(label);
  if (field === "language") return languageName(value);
  const words = WORDS[field]?.[value];
  return words ? t(words) : said(label);
}
