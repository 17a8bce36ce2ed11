// Makes ui/assets/rich.js: the editor and the libraries that it stands on, in one file, with their licences.
// With a path as its argument it writes there instead, so that a test can compare.
import { readFile, writeFile } from "node:fs/promises";
import { build } from "esbuild";

const target = process.argv[2] ?? new URL("../assets/rich.js", import.meta.url).pathname;
const made = await build({
  entryPoints: [new URL("rich.js", import.meta.url).pathname],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  charset: "utf8",
  legalComments: "none",
  metafile: true,
  write: false,
});

const packages = new Set();
for (const input of Object.keys(made.metafile.inputs)) {
  const name = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1];
  if (name) packages.add(name);
}
const [lines, others] = [[], []];
const starred = (text) => text.trim().split("\n").map((line) => ` * ${line}`.trimEnd());
for (const name of [...packages].sort()) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
  const text = await readFile(new URL("LICENSE", folder), "utf8").catch(() => "");
  const holder = text.split("\n").map((line) => line.trim()).find((line) => /^(Copyright|\(c\))/i.test(line));
  lines.push(` * ${name} ${version}, ${license}${holder ? `. ${holder}` : ""}`);
  if (license !== "MIT") others.push(" *", ` * Licence of ${name}:`, ...starred(text));
}
const mit = await readFile(new URL("node_modules/prosemirror-model/LICENSE", import.meta.url), "utf8");
const terms = starred(mit.slice(mit.indexOf("Permission is hereby granted")));
const first = "/*! Made by ui/editor/build.mjs from ui/editor/rich.js and:";
const head = [first, ...lines, " *", " * MIT licence:", ...terms, ...others, " */"];
await writeFile(target, `${head.join("\n")}\n${made.outputFiles[0].text}`);
