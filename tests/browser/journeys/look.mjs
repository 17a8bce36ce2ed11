// How pages look at three widths, light and dark: a picture of each, no sideways scrolling, and no
// fault that axe-core finds.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const WIDTHS = [360, 768, 1280];
const SCHEMES = ["light", "dark"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function look(browser, world) {
  const { url, site, service, author, moderator, item } = world.node;
  const problems = [];
  const photograph = async (visitor, name, address, prepare = async () => {}) => {
    const { page } = visitor;
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        await visitor.open(address);
        await prepare(page);
        const where = `${name}, ${width} px, ${colorScheme}`;
        await page.screenshot({ path: join(world.screenshots, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        const wide = await page.evaluate(() => {
          const root = document.scrollingElement;
          if (root.scrollWidth <= root.clientWidth) return null;
          const guilty = [...document.querySelectorAll("body *")].filter(
            (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
          );
          const names = guilty.slice(0, 5).map((element) => `${element.tagName}.${element.className}`);
          return `${root.scrollWidth} > ${root.clientWidth}: ${names.join(", ")}`;
        });
        if (wide !== null) problems.push(`${where}: scrolls sideways, ${wide}`);
        problems.push(...(await examined(page)).map((fault) => `${where}: ${fault}`));
      }
    }
    problems.push(...visitor.faults.splice(0).map((fault) => `${name}: ${fault}`));
  };

  const stranger = await browser.visitor(true);
  await photograph(stranger, "first-run", `${world.firstRuns[2].url}/setup`);
  await photograph(stranger, "login", `${url}/login`);
  await photograph(stranger, "node", `${url}/`);
  await photograph(stranger, "site", `${url}/sites/${site}`);
  await photograph(stranger, "list", `${url}/sites/${site}/${service}`);
  await photograph(stranger, "list-filtered", `${url}/sites/${site}/${service}?theme=emploi&place=departement:58`);
  await photograph(stranger, "list-empty", `${url}/sites/${site}/${service}?q=introuvable`);
  await photograph(stranger, "item", item);
  await photograph(stranger, "service", `${url}/services/${service}`);

  const writer = await browser.visitor(true);
  await writer.signIn(url, author, world.password);
  await photograph(writer, "work", `${url}/office`);
  await photograph(writer, "editor", `${url}/office/services/${service}/new`);
  await photograph(writer, "editor-open", `${url}/office/services/${service}/new`, async (page) => {
    await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
  });

  const reader = await browser.visitor(true);
  await reader.signIn(url, moderator, world.password);
  await photograph(reader, "queue", `${url}/office/queue`);
  await reader.page.setViewportSize({ width: 1280, height: 900 });
  await reader.open(`${url}/office/queue`);
  const open = await reader.page.locator(".queue-line").first().getAttribute("href");
  await photograph(reader, "queue-open", new URL(open, `${url}/office/queue`).href, async (page) => {
    await page.evaluate(() => document.querySelectorAll("details.decline").forEach((one) => (one.open = true)));
  });
  if (problems.length > 0) throw new Error(`${problems.length} faults:\n${[...new Set(problems)].join("\n")}`);
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
