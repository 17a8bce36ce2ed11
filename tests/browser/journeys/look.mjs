// How pages look at three widths, light and dark: a picture of each, no sideways scrolling, no text
// cut off, and no fault that axe-core finds. Each page that the node has is looked at.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pageRoutes, routeOf } from "../routes.mjs";
import { administrator, newcomers, moderator, stranger, writer } from "./pages.mjs";

const WIDTHS = [360, 768, 1280];
const SCHEMES = ["light", "dark"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function look(browser, world) {
  const album = new Album(world);
  // Each of them has a window of their own; nobody waits for another.
  const visits = [stranger, writer, moderator, administrator, newcomers];
  await Promise.all(visits.map((visit) => visit(browser, world, album)));
  const forgotten = album.routes.filter((route) => !album.seen.has(route));
  for (const route of forgotten) album.problems.push(`${route} is a page that pages.mjs does not look at`);
  const problems = [...new Set(album.problems)];
  if (problems.length > 0) throw new Error(`${problems.length} faults:\n${problems.join("\n")}`);
}

/** The pictures, what is wrong in them, and of which pages there are some. */
export class Album {
  constructor(world) {
    this.world = world;
    this.routes = pageRoutes(world.sources);
    this.seen = new Set();
    this.problems = [];
  }

  /** Opens an address and looks at it. `prepare` does on the page what has to be done first. */
  async open(visitor, name, address, prepare = async () => {}, status = 200) {
    const { page } = visitor;
    await page.setViewportSize({ width: 1280, height: 900 });
    const response = await page.goto(address);
    assert.equal(response.status(), status, `${name}: ${address}`);
    await prepare(page);
    await this.look(visitor, name);
  }

  /** Looks at the page that is open. */
  async look(visitor, name) {
    const { page } = visitor;
    const path = new URL(page.url()).pathname;
    this.seen.add(routeOf(path, this.routes));
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const where = `${name}, ${width} px, ${colorScheme}`;
        const file = join(this.world.screenshots, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true });
        const faults = [...(await page.evaluate(measured)), ...(await examined(page))];
        this.problems.push(...faults.map((fault) => `${where}: ${fault}`));
      }
    }
    this.problems.push(...visitor.faults.splice(0).map((fault) => `${name}: ${fault}`));
  }
}

/** Runs in the page: what is too wide for it, and text that its box cuts off. */
function measured() {
  const faults = [];
  const root = document.scrollingElement;
  const named = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}`;
  const all = [...document.querySelectorAll("body *")];
  if (root.scrollWidth > root.clientWidth) {
    const guilty = all.filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1);
    faults.push(`scrolls sideways, ${root.scrollWidth} > ${root.clientWidth}: ${guilty.slice(0, 5).map(named).join(", ")}`);
  }
  const cut = all.filter((element) => {
    const style = getComputedStyle(element);
    // What is cut off with dots, after some lines, for screen readers, or scrolls, is meant so.
    const meant = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none" || style.clipPath !== "none";
    if (meant || style.display === "inline" || element.closest("svg, input, select, textarea, option, datalist")) return false;
    const hides = style.overflowX === "hidden" || style.overflowX === "clip";
    const button = element.matches("button, .button, .chip, .badge, summary");
    return (hides || button) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0;
  });
  for (const element of cut.slice(0, 5)) faults.push(`text is cut off in ${named(element)}: ${element.textContent.trim().slice(0, 60)}`);
  // Names in a drawing lie inside it, and not on one another.
  for (const drawing of document.querySelectorAll("svg:has(text)")) {
    const frame = drawing.getBoundingClientRect();
    if (frame.width === 0) continue;
    const names = [...drawing.querySelectorAll("text")].map((text) => [text.textContent, text.getBoundingClientRect()]);
    for (const [at, [name, box]] of names.entries()) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1) faults.push(`${name} leaves its drawing`);
      const over = names.slice(at + 1).find(([, other]) => box.left < other.right && other.left < box.right && box.top < other.bottom - 3 && other.top < box.bottom - 3);
      if (over) faults.push(`${name} lies on ${over[0]}`);
    }
  }
  return faults;
}

/** What axe-core finds on a page, a line each. */
async function examined(page) {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] }),
    TAGS,
  );
  return violations.map((violation) => {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} (${node.failureSummary?.replaceAll("\n", " ")})`);
    return `axe ${violation.id}: ${violation.help}; ${nodes.join("; ")}`;
  });
}
