// Copies the third-party front-end files that pages need from node_modules/ into assets/vendor/, which git ignores.
// Dash serves every .js below assets/, files of the top folder first. Run by `make frontend`, after `npm ci`.
//
//   plotly-basic.min.js  a third of the full bundle; Dash uses window.Plotly when it is there
//   ag-grid-zh-cn.js         window.AG_GRID_LOCALE_ZH, under our own words from assets/ag-grid-zh-cn.js
//   dayjs-zh-cn.js           window["dayjs_locale_zh-cn"], the name that the date pickers look for
//   codemirror.lazy.js       window.SqlEditor, made from tools/editor.mjs; only the page that needs it asks for a .lazy file
//   versions.json            what is installed; written last, so it marks a complete folder
import { createRequire } from "node:module";
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, "node_modules");
const draft = join(modules, ".vendor-draft");
const target = join(root, "assets", "vendor");
const require = createRequire(import.meta.url);

const wanted = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).dependencies;
const banner = (name) => `/* ${name} ${wanted[name]}, MIT licence; installed by tools/vendor.mjs, do not edit. */\n`;

/** AG Grid ships a CommonJS module of 31 languages; the browser gets one of them, as plain data. */
function agGridLocale() {
  const name = "@ag-grid-community/locale";
  const words = JSON.stringify(require(name).AG_GRID_LOCALE_CN);
  return `${banner(name)}window.AG_GRID_LOCALE_ZH = Object.assign(${words}, window.AG_GRID_LOCALE_ZH);\n`;
}

/** The locale is a module that asks for dayjs only to register itself. The date pickers bring their own dayjs and want
 *  the bare locale, so it meets a stand-in: 2 KB go to the browser instead of 9. */
function dayjsLocale() {
  const source = readFileSync(join(modules, "dayjs", "locale", "zh-cn.js"), "utf8");
  return `${banner("dayjs")}(function () {
var module = { exports: {} }, exports = module.exports;
function require() { return { locale: function () {} }; }
${source}
window["dayjs_locale_zh-cn"] = module.exports;
})();
`;
}

/** CodeMirror comes as modules that name each other by package, which no browser resolves: one file is made of them. */
async function editor(target) {
  const { build } = await import("esbuild-wasm");
  await build({
    entryPoints: [join(root, "tools", "editor.mjs")], outfile: target, bundle: true, format: "iife", minify: true, target: "es2020",
    legalComments: "none", logLevel: "warning", banner: { js: banner("@codemirror/view").trim() },
  });
}

rmSync(draft, { recursive: true, force: true });
mkdirSync(draft, { recursive: true });
copyFileSync(
  join(modules, "plotly.js-basic-dist-min", "plotly-basic.min.js"),
  join(draft, "plotly-basic.min.js"),
);
writeFileSync(join(draft, "ag-grid-zh-cn.js"), agGridLocale());
writeFileSync(join(draft, "dayjs-zh-cn.js"), dayjsLocale());
await editor(join(draft, "codemirror.lazy.js"));
writeFileSync(join(draft, "versions.json"), `${JSON.stringify(wanted, null, 2)}\n`);
rmSync(target, { recursive: true, force: true });
renameSync(draft, target);
