// Every text of the front end for people, read from the sources by the TypeScript compiler: what goes through the
// catalogue, and what looks as if it should. `node test/literals.mjs` prints the first.
import ts from "typescript";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const PROPS = new Set(["label", "title", "placeholder", "aria-label", "aria-description", "message", "hint", "text"]);
const SELECTORS = new Set(["querySelector", "querySelectorAll", "closest", "matches"]);
const SPEAKERS = new Set(["emptyState", "loading", "spoken", "notice", "emptyText"]);

export function sourceFiles(root) {
  return readdirSync(root, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => join(root, name));
}

/** { singles: text -> where, plurals: many -> { one, at }, loose: [where, text], wild: [where] } */
export function literals(root) {
  const found = { singles: new Map(), plurals: new Map(), loose: [], wild: [] };
  for (const file of sourceFiles(root)) {
    const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
    const at = (node) => {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      return `${relative(root, file)}:${line + 1}`;
    };
    const visit = (node) => {
      if (ts.isCallExpression(node)) onCall(node, at, found);
      if (ts.isPropertyAssignment(node) && PROPS.has(nameOf(node.name))) looseIn(node.initializer, at, found);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

function onCall(node, at, found) {
  const callee = ts.isIdentifier(node.expression)
    ? node.expression.text
    : ts.isPropertyAccessExpression(node.expression)
      ? node.expression.name.text
      : "";
  const [first, second] = node.arguments;
  const own = ts.isIdentifier(node.expression);
  if (own && (callee === "t" || callee === "key")) one(first, at, found);
  else if (own && callee === "tn") {
    if (first && second && ts.isStringLiteralLike(first) && ts.isStringLiteralLike(second))
      found.plurals.set(second.text, { one: first.text, at: at(node) });
    else found.wild.push(at(node));
  } else if (own && callee === "h" && !isKey(first)) node.arguments.slice(2).forEach((child) => looseIn(child, at, found));
  else if (SPEAKERS.has(callee)) node.arguments.forEach((item) => looseIn(item, at, found));
  else if (callee === "fill") node.arguments.slice(1).forEach((item) => looseIn(item, at, found));
  else if (!SELECTORS.has(callee) && !(own && callee === "h")) node.arguments.forEach((item) => wordsIn(item, at, found));
}

/** Several words given to a function of ours, `link("made from", id)`: it hands them on to the page. Classes are none. */
function wordsIn(node, at, found) {
  if (ts.isConditionalExpression(node)) {
    wordsIn(node.whenTrue, at, found);
    wordsIn(node.whenFalse, at, found);
  } else if (ts.isStringLiteralLike(node) && /\p{L}{2} \p{L}{2}/u.test(node.text.replace(/\bwb-[\w-]+/g, "")))
    found.loose.push([at(node), node.text]);
}

/** The name of a key on a key cap is the same in every language. */
function isKey(tag) {
  return Boolean(tag && ts.isStringLiteralLike(tag) && tag.text === "kbd");
}

function one(node, at, found) {
  if (!node) return;
  if (ts.isStringLiteralLike(node)) found.singles.set(node.text, at(node));
  else if (ts.isConditionalExpression(node)) {
    one(node.whenTrue, at, found);
    one(node.whenFalse, at, found);
  } else if (ts.isTemplateExpression(node)) found.wild.push(at(node));
}

/** A text for people that no catalogue knows: two letters or more, or a template with such a part. */
function looseIn(node, at, found) {
  if (ts.isStringLiteralLike(node)) {
    if (speaks(node.text)) found.loose.push([at(node), node.text]);
  } else if (ts.isTemplateExpression(node)) {
    const text = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join("…");
    if (speaks(text.replace(/…/g, ""))) found.loose.push([at(node), text]);
  } else if (ts.isConditionalExpression(node)) {
    looseIn(node.whenTrue, at, found);
    looseIn(node.whenFalse, at, found);
  } else if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    if (kind !== ts.SyntaxKind.PlusToken) looseIn(node.right, at, found);
    else [node.left, node.right].forEach((side) => looseIn(side, at, found));
  } else if (ts.isSpreadElement(node) || ts.isParenthesizedExpression(node)) looseIn(node.expression, at, found);
}

/** Names of keys and marks that are the same in every language. */
const NAMES = /\b(Shift|Ctrl|Alt|Esc|Enter|RTL)\b/g;

function speaks(text) {
  return (text.replace(NAMES, "").match(/\p{L}/gu) ?? []).length >= 2;
}

function nameOf(name) {
  return ts.isIdentifier(name) || ts.isStringLiteralLike(name) ? name.text : "";
}

// Bundled into a test this file is not the one that was started.
if (process.argv[1] === fileURLToPath(import.meta.url) && import.meta.url.endsWith("/literals.mjs")) {
  const { singles, plurals, loose, wild } = literals(fileURLToPath(new URL("../src", import.meta.url)));
  const dump = { singles: [...singles.keys()], plurals: [...plurals].map(([many, { one: single }]) => [single, many]) };
  console.log(JSON.stringify(process.argv.includes("--loose") ? { loose, wild } : dump, null, 1));
}
