// What can stand after a field's name in the query bar.
import { said } from "../core/i18n.ts";
import type { Session } from "./session.ts";
import type { Value } from "../query/complete.ts";

export function valuesOf(session: Session, field: string): Value[] {
  const plain = field.replace(/^(suggested\.|tag\.)/, "");
  const scheme = session.schemes.find((item) => item.name === plain);
  const facet = session.found.facets.find((item) => item.field === field);
  if (field === "in") return session.saved.map((item) => ({ value: item.name, label: item.title || item.name }));
  if (field === "tagged" || field === "missing")
    return session.schemes.map((item) => ({ value: item.name, label: said(item.title || item.name) }));
  const choices = (scheme?.choices ?? []).filter((choice) => !choice.retired);
  const listed = [
    ...choices.map((choice) => ({ value: choice.value, label: said(choice.label || choice.value) })),
    ...(scheme?.kind === "boolean" || field === "flag" ? ["yes", "no"] : []).map((value) => ({ value, label: value })),
    ...(facet?.values ?? []).map((item) => ({ value: termOf(field, item.term), label: said(item.label || item.value) })),
    ...(scheme || facet ? [] : examplesOf(session, field)),
  ];
  return [...new Map(listed.map((item) => [item.value, item])).values()];
}

/** What a facet puts after the field: a source's name rather than its id. */
function termOf(field: string, term: string): string {
  return term.slice(field.length + 1).replace(/^"(.*)"$/, "$1");
}

/** Examples are whole terms (`language:en`): only what stands after the field is a value. */
function examplesOf(session: Session, field: string): Value[] {
  const examples = session.fields.find((item) => item.name === field)?.examples ?? [];
  return examples
    .filter((example) => example.startsWith(`${field}:`))
    .map((example) => termOf(field, example))
    .map((value) => ({ value, label: value }));
}
