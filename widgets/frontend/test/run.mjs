// Compiles the tests with esbuild and runs them with Node's own test runner: all, or the files named behind the command.
import { build } from "esbuild";
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const chosen = process.argv.slice(2);
const wanted = (name) => chosen.length === 0 || chosen.some((one) => name === `${one}.test.ts`);
const out = await mkdtemp(join(here, "../node_modules/.tests-"));
const names = (await readdir(here)).filter((name) => name.endsWith(".test.ts") && wanted(name));
await build({
  entryPoints: names.map((name) => join(here, name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  sourcemap: "inline",
  logLevel: "warning",
});
const files = names.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
const run = spawnSync(process.execPath, ["--enable-source-maps", "--test", ...files], { stdio: "inherit", cwd: here });
await rm(out, { recursive: true, force: true });
process.exit(run.status ?? 1);
