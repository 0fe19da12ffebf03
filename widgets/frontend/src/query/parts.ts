// A query's parts as text: what a click on a facet adds, changes or takes away. Python alone judges what a query means.

/** Split at spaces outside quotes and parentheses. */
export function partsOf(query: string): string[] {
  const parts: string[] = [];
  let part = "";
  let depth = 0;
  let quoted = false;
  for (const character of query) {
    if (character === '"') quoted = !quoted;
    if (!quoted && character === "(") depth += 1;
    if (!quoted && character === ")") depth = Math.max(0, depth - 1);
    if (/\s/.test(character) && !quoted && depth === 0) {
      if (part) parts.push(part);
      part = "";
    } else part += character;
  }
  if (part) parts.push(part);
  return parts;
}

const PLAIN = /^[\p{L}\p{N}_.\/@+-]+\*?$/u;

export function quoted(value: string): string {
  return PLAIN.test(value) && !/^(OR|AND|NOT)$/.test(value) ? value : `"${value.replaceAll('"', "")}"`;
}

function unquoted(value: string): string {
  return value.startsWith('"') && value.endsWith('"') && value.length > 1 ? value.slice(1, -1) : value;
}

/** The values a query asks of a field in its top-level parts: `a` and `b` of `domain:(a OR b)`. */
export function valuesOf(query: string, field: string): string[] {
  const part = partsOf(query).find((item) => item.startsWith(`${field}:`));
  return part ? valuesIn(part.slice(field.length + 1)) : [];
}

function valuesIn(text: string): string[] {
  if (!text.startsWith("(") || !text.endsWith(")")) return [unquoted(text)];
  return partsOf(text.slice(1, -1))
    .filter((item) => item !== "OR")
    .map(unquoted);
}

/** Add a value to a field's part, or take it away when it is there. */
export function toggled(query: string, field: string, value: string): string {
  const parts = partsOf(query);
  const at = parts.findIndex((item) => item.startsWith(`${field}:`));
  const values = valuesOf(query, field);
  const wanted = values.includes(value) ? values.filter((item) => item !== value) : [...values, value];
  const part = partFor(field, wanted);
  if (at < 0) parts.push(part);
  else parts.splice(at, 1, ...(part ? [part] : []));
  return parts.join(" ");
}

function partFor(field: string, values: string[]): string {
  if (values.length === 0) return "";
  if (values.length === 1) return `${field}:${quoted(values[0]!)}`;
  return `${field}:(${values.map(quoted).join(" OR ")})`;
}

/** A facet's term (`domain:health/*`, `turns>=9`) as field and value; null when it is not of the form `field:value`. */
export function termValue(field: string, term: string): string | null {
  return term.startsWith(`${field}:`) ? unquoted(term.slice(field.length + 1)) : null;
}

export function hasTerm(query: string, field: string, term: string): boolean {
  const value = termValue(field, term);
  return value === null
    ? partsOf(term).every((part) => partsOf(query).includes(part))
    : valuesOf(query, field).includes(value);
}

/** Add a facet's term to a query, or take it away. Values of one field are joined with OR. */
export function withTerm(query: string, field: string, term: string): string {
  const value = termValue(field, term);
  if (value !== null) return toggled(query, field, value);
  const wanted = partsOf(term);
  const others = partsOf(query).filter((part) => !wanted.includes(part));
  return (hasTerm(query, field, term) ? others : [...others, ...wanted]).join(" ");
}

/** Add a value of a tree or take it away; what stands above or below it in the tree gives way to it. */
export function withTree(query: string, field: string, term: string): string {
  const value = termValue(field, term);
  if (value === null || hasTerm(query, field, term)) return withTerm(query, field, term);
  const bare = (text: string): string => text.replace(/\/\*$/, "");
  const related = (other: string): boolean =>
    bare(value).startsWith(`${bare(other)}/`) || bare(other).startsWith(`${bare(value)}/`);
  const cleared = valuesOf(query, field)
    .filter(related)
    .reduce((text, other) => toggled(text, field, other), query);
  return toggled(cleared, field, value);
}

/** The values a query names of a field, with the term of each. */
export function chosenTerms(query: string, field: string): { value: string; term: string }[] {
  return valuesOf(query, field)
    .filter((value) => value && !/^[<>=]|\.\./.test(value))
    .map((value) => ({ value: value.replace(/\/\*$/, ""), term: `${field}:${quoted(value)}` }));
}
