// Bundles one ES module per widget, and one stylesheet for all, into ../static.
// `--check` builds in memory and fails when a committed bundle differs from its sources.
import { build } from "esbuild";
import { readFile, readdir } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(here, "../static");
const check = process.argv.includes("--check");

const entries = (await readdir(join(here, "src/entries"))).filter((name) => name.endsWith(".ts")).sort();
const result = await build({
  absWorkingDir: here,
  entryPoints: [
    ...entries.map((name) => ({ in: `src/entries/${name}`, out: name.replace(/\.ts$/, "") })),
    { in: "src/style/index.css", out: "workbench" },
  ],
  outdir: target,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  minify: true,
  legalComments: "none",
  write: !check,
  logLevel: "warning",
});

if (check) {
  const stale = [];
  for (const file of result.outputFiles) {
    const committed = await readFile(file.path, "utf8").catch(() => "");
    if (committed !== file.text) stale.push(relative(target, file.path));
  }
  if (stale.length > 0) {
    console.error(`stale bundles: ${stale.join(", ")}; run npm run build in widgets/frontend and commit widgets/static`);
    process.exit(1);
  }
}
