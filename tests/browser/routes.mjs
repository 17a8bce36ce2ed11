// The addresses of pages, read where the node declares them: so that none is forgotten when it is new.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Routes that answer something else than a page. */
const NO_PAGES = new Map([
  ["/office/places", "JSON, for names that are being typed"],
  ["/office/references", "JSON, for titles that are being typed"],
  ["/office/services/{slug}/import/model.csv", "a spreadsheet"],
  ["/office/settings/audit.csv", "a table"],
  ["/office/services/{slug}/items.csv", "a spreadsheet"],
  ["/authorize_interaction", "leads to the form for a new subscription"],
  ["/login/openid", "leads to the identity provider"],
  ["/login/openid/back", "leads on, or to the login page"],
  ["/fiches/{uid}", "leads to the address with the title"],
  ["/robots.txt", "plain text"],
  ["/favicon.ico", "a picture"],
  ["/sites/{site}/icon.{format:svg|ico}", "a picture"],
  ["/sitemap.xml", "addresses for search engines"],
  ["/sitemap/{part}.xml", "addresses for search engines"],
  ["/assets/{path:.*}", "stylesheets, scripts, fonts"],
  ["/sites/{site}/theme.css", "a stylesheet"],
  ["/sites/{site}/logo/{media}", "a picture"],
  ["/sites/{site}/atelier/documents/{document}/versions/{number}", "a file"],
  ["/services/{slug}.{format:rss|atom}", "a feed"],
  ["/sites/{site}/{section}.{format:rss|atom}", "a feed"],
  ["/services/{slug}.ics", "a calendar"],
  ["/sites/{site}/{section}.ics", "a calendar"],
  ["/fiches/{uid}.ics", "a calendar"],
  ["/fichiers/{file}/{name}", "a picture or a file"],
]);

/** Every route of a page, as `/sites/{site}`. `sources` is the folder of ui/src/web. */
export function pageRoutes(sources) {
  const constants = new Map();
  const paths = readFileSync(join(sources, "../paths.rs"), "utf8");
  for (const [, name, value] of paths.matchAll(/pub const (\w+): &str = "([^"]+)"/g)) constants.set(name, value);
  const written = (text) => {
    const literal = text.match(/^&?format!\("([^"]+)", paths::(\w+)\)$/);
    if (literal) return literal[1].replace("{}", constants.get(literal[2])).replaceAll("{{", "{").replaceAll("}}", "}");
    if (text.startsWith("paths::")) return constants.get(text.slice("paths::".length));
    return text.replaceAll('"', "");
  };
  const found = new Set();
  for (const file of sourceFiles(sources)) {
    const text = readFileSync(file, "utf8");
    for (const [, path] of text.matchAll(/^\s+get "([^"]+)" \w+ =>/gm)) found.add(path);
    for (const [, path] of text.matchAll(/reading::(?:by_everybody|at)\((&format!\([^)]*\)|[^,]+),/g)) found.add(written(path));
    for (const [, path] of text.matchAll(/\.route\(([^,]+), reading::get\(/g)) found.add(written(path));
  }
  for (const path of NO_PAGES.keys()) {
    if (!found.has(path)) throw new Error(`${path} is no route any more: routes.mjs still excuses it`);
  }
  const pages = [...found].filter((path) => !NO_PAGES.has(path));
  if (pages.length < 40) throw new Error(`only ${pages.length} routes were found in ${sources}`);
  return pages;
}

function sourceFiles(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "tests" ? [] : sourceFiles(path);
    return name.endsWith(".rs") ? [path] : [];
  });
}

/** The route of an address: the one with the most literal parts where several fit. */
export function routeOf(path, routes) {
  const fits = routes.filter((route) => {
    const pattern = route.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replaceAll(/\{[^}]+\}/g, "[^/]+");
    return new RegExp(`^${pattern}$`).test(path);
  });
  const literal = (route) => route.split("/").filter((part) => !part.startsWith("{")).length;
  return fits.sort((one, other) => literal(other) - literal(one))[0];
}
