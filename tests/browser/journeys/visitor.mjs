// Somebody looks for something near: home, list with facets, item, feeds.
import { strict as assert } from "node:assert";
import { plain } from "../browser.mjs";

export async function visitor(browser, world, javaScript) {
  const { url, site, service, shown, hidden } = world.node;
  const somebody = await browser.visitor(javaScript);
  const { page } = somebody;
  await somebody.open(`${url}/sites/${site}`);
  assert.ok((await somebody.heading()).length > 3);
  // From a section to its whole list.
  await somebody.press(page.locator(".home-section .more a").first());
  const all = await counted(page);
  assert.ok(all >= 5, `${all} items`);
  // A theme, then a place: each choice is in the address, narrows the list, and can be taken back.
  await choose(somebody, "Emploi");
  assert.ok(new URL(page.url()).searchParams.getAll("theme").includes("emploi"), page.url());
  const ofTheme = await counted(page);
  assert.ok(ofTheme > 0 && ofTheme < all, `${ofTheme} of ${all}`);
  await choose(somebody, "Nevers");
  assert.ok(new URL(page.url()).searchParams.getAll("place").length > 0, page.url());
  const ofBoth = await counted(page);
  assert.ok(ofBoth > 0 && ofBoth <= ofTheme, `${ofBoth} of ${ofTheme}`);
  const listed = plain(await page.locator(".list-items").innerText());
  assert.ok(listed.includes(plain(shown)), `${shown} is not in the list: ${listed}`);
  assert.ok(!listed.includes(plain(hidden)), `${hidden} is in the list`);
  // What is filtered can be followed: the feed of this very list.
  const feed = await page.locator('link[rel="alternate"][type="application/rss+xml"]').first().getAttribute("href");
  const rss = await page.request.get(new URL(feed, page.url()).href);
  assert.equal(rss.status(), 200);
  assert.match(rss.headers()["content-type"], /^application\/rss\+xml/);
  const text = plain(decoded(await rss.text()));
  assert.ok(text.includes(plain(shown)) && !text.includes(plain(hidden)), "the feed is not that of the list");
  // The item, in words at its top, with a link that lasts.
  await somebody.press(page.locator(".list-items .card a", { hasText: shown }).first());
  assert.equal(await somebody.heading(), plain(shown));
  const item = plain(await page.locator("article.item").innerText());
  assert.ok(item.includes("Nevers") && item.includes(plain(world.node.name)), item);
  const permalink = await page.locator('a[rel="bookmark"]').getAttribute("href");
  await somebody.open(permalink);
  assert.equal(await somebody.heading(), plain(shown));
  // Back in the list, one filter is taken away, then all of them.
  await somebody.open(`${url}/sites/${site}/${service}?theme=emploi&place=commune:58194`);
  await somebody.press(page.locator(".list-state .chip-on").first());
  assert.ok((await counted(page)) >= ofBoth);
  // A commune typed into the search box is understood as one.
  await somebody.open(`${url}/sites/${site}/${service}`);
  for (const words of ["nevers", "58390"]) {
    await page.locator("#q").fill(words);
    await somebody.press(page.locator('form[role="search"] button'));
    assert.ok(new URL(page.url()).searchParams.getAll("place").length > 0, page.url());
  }
  // What is nowhere says what to do next, and it is a 200.
  await somebody.open(`${url}/sites/${site}/${service}?q=introuvable`);
  assert.equal(await counted(page), 0);
  assert.ok((await page.locator(".list-items a").count()) > 0, "an empty list leads nowhere");
  const missing = await page.goto(`${url}/sites/${site}/nulle-part`);
  assert.equal(missing.status(), 404);
  assert.ok((await page.locator("main a").count()) > 0, "a page that is not there leads nowhere");
  somebody.assertSound();
}

/** How many items the list says that it holds. */
async function counted(page) {
  const text = plain(await page.locator(".list-state .total").innerText());
  const number = text.replaceAll(/[^0-9]/g, "");
  return number === "" ? 0 : Number(number);
}

/** Chooses a facet by its label; it may stand behind "more". */
async function choose(somebody, label) {
  const facet = somebody.page.locator(".facets a.facet", {
    has: somebody.page.locator(".facet-label", { hasText: new RegExp(`^${label}`) }),
  });
  const first = facet.first();
  assert.ok((await facet.count()) > 0, `no facet ${label}`);
  if (!(await first.isVisible())) {
    await somebody.page.locator(".facets details", { has: first }).locator("summary").first().click();
  }
  await somebody.press(first);
}

function decoded(xml) {
  return xml
    .replaceAll("&#39;", "'")
    .replaceAll("&apos;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
