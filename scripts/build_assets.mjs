// Builds the stylesheets, scripts, pictures and the icon sprite into one folder: node scripts/build_assets.mjs OUT
// Every file gets the hash of its content in its name; manifest.json maps plain names to built ones; .gz and .br stand beside.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { compileAsync } from "sass";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const assets = path.join(root, "lms/web/assets");
const modules = path.join(root, "node_modules");
// What browsers on old Android phones and their in-app views still run.
const target = ["chrome87", "safari15", "firefox90"];
const silenceDeprecations = ["import", "global-builtin", "color-functions", "if-function", "abs-percent"];

const styles = { "app.css": "css/app.scss", "staff.css": "css/staff.scss" };
const scripts = {
  "early.js": { file: "js/early.js", format: "iife" },
  "app.js": { file: "js/app.js", format: "esm" },
  "staff.js": { file: "js/staff.js", format: "esm" },
  "editor.js": { file: "js/editor/main.js", format: "esm", optional: true },
  "essay.js": { file: "js/essay/main.js", format: "esm", optional: true },
  "exam.js": { file: "js/exam/main.js", format: "esm", optional: true },
};

async function style(file) {
  const { css } = await compileAsync(path.join(assets, file), {
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations,
    style: "expanded",
  });
  const { code } = await transform(css, { loader: "css", minify: true, target, legalComments: "none" });
  return code;
}

async function script({ file, format }) {
  const { outputFiles } = await build({
    entryPoints: [path.join(assets, file)],
    bundle: true,
    format,
    minify: true,
    target,
    write: false,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0].text;
}

async function sprite() {
  const names = JSON.parse(await readFile(path.join(assets, "icons.json"), "utf8"));
  const symbols = await Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const file = path.join(modules, "bootstrap-icons/icons", `${name}.svg`);
      if (!existsSync(file)) throw new Error(`icons.json names "${name}", which bootstrap-icons does not have`);
      const svg = await readFile(file, "utf8");
      const [, viewBox] = svg.match(/viewBox="([^"]+)"/);
      const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/>\s+</g, "><").trim();
      return `<symbol id="${name}" viewBox="${viewBox}">${inner}</symbol>`;
    }),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

async function pictures() {
  const folder = path.join(assets, "img");
  const names = existsSync(folder) ? await readdir(folder) : [];
  return Promise.all(names.sort().map(async (name) => [name, await readFile(path.join(folder, name))]));
}

// The metric twin of Times New Roman, for what is printed as PDF.
async function fonts() {
  const folder = path.join(modules, "@expo-google-fonts/tinos");
  const faces = ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"];
  return Promise.all(faces.map(async (face) => [`Tinos_${face}.ttf`, await readFile(path.join(folder, face, `Tinos_${face}.ttf`))]));
}

async function contents() {
  const wanted = Object.entries(scripts).filter(([, entry]) => !entry.optional || existsSync(path.join(assets, entry.file)));
  return Promise.all([
    ...Object.entries(styles).map(async ([name, file]) => [name, await style(file)]),
    ...wanted.map(async ([name, entry]) => [name, await script(entry)]),
    sprite().then((svg) => ["icons.svg", svg]),
    ...(await pictures()),
    ...(await fonts()),
  ]);
}

async function put(out, name, content) {
  const bytes = Buffer.from(content);
  const { name: stem, ext } = path.parse(name);
  const built = `${stem}.${createHash("sha256").update(bytes).digest("hex").slice(0, 10)}${ext}`;
  await writeFile(path.join(out, built), bytes);
  if (![".css", ".js", ".svg", ".json"].includes(ext)) return built;
  const gz = gzipSync(bytes, { level: 9 });
  const br = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  await writeFile(path.join(out, `${built}.gz`), gz);
  await writeFile(path.join(out, `${built}.br`), br);
  const kb = (size) => `${(size / 1024).toFixed(1)} kB`.padStart(9);
  console.log(`  ${name.padEnd(12)}${kb(bytes.length)}${kb(gz.length)} gz${kb(br.length)} br`);
  return built;
}

const out = path.resolve(process.argv[2] ?? path.join(root, "lms/web/static/build"));
await mkdir(out, { recursive: true });
const manifest = {};
for (const [name, content] of await contents()) manifest[name] = await put(out, name, content);
await writeFile(path.join(out, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
