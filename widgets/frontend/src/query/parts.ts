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
  return partsOf(text.slice(1, -1)).filter((item) => item !== "OR").map(unquoted);
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
