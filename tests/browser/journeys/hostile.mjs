// Values of others that want to run: every page that shows them is opened, once as it is served and
// once without its content security policy, so that neither hides a hole of the other.
import { strict as assert } from "node:assert";
import { plain } from "../browser.mjs";
import { pageRoutes, routeOf } from "../routes.mjs";

/** How many pages of one kind are opened. */
const OF_ONE_KIND = 14;
/** Characters that turn the direction of what follows. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

export async function hostile(browser, world) {
  await seeing(browser);
  await Promise.all([false, true].map((bypassCSP) => walked(browser, world, bypassCSP)));
}

async function walked(browser, world, bypassCSP) {
  const { url, account } = world.hostile;
  const visitor = await browser.visitor(true, { bypassCSP });
  await visitor.page.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => console.error(`stopped by the policy: ${event.blockedURI} ${event.sample}`));
  });
  await visitor.signIn(url, account, world.password);
  const walk = new Walk(visitor, world);
  await walk.everywhere(["/", `/sites/${world.hostile.site}`, "/office", "/office/queue", "/office/federation", "/office/settings"]);
  await walk.questions();
  await imported(walk, world);
  walk.assertThorough();
  assert.deepEqual(walk.problems, []);
  visitor.assertSound();
}

/** The watch is awake: what runs is seen. */
async function seeing(browser) {
  const visitor = await browser.visitor(true, { bypassCSP: true });
  await visitor.page.setContent("<h1 onclick='x()'>x</h1><a href='javascript:alert(1)'>x</a><script>alert(1)</script>");
  const found = await visitor.page.evaluate(dangers);
  assert.equal(found.length, 3, found.join("; "));
  assert.deepEqual(visitor.faults.splice(0), ["dialog: 1"]);
}

/** A walk over every page that links lead to. */
class Walk {
  constructor(visitor, world) {
    this.visitor = visitor;
    this.base = world.hostile.url;
    this.values = world.hostile.values;
    this.routes = pageRoutes(world.sources);
    this.kinds = new Map();
    this.shown = new Set();
    this.problems = [];
  }

  async everywhere(starts) {
    const queue = starts.map((path) => `${this.base}${path}`);
    const known = new Set(queue);
    for (let at = 0; at < queue.length; at += 1) {
      for (const link of await this.open(queue[at])) {
        if (known.has(link) || !this.isWanted(link)) continue;
        known.add(link);
        queue.push(link);
      }
    }
  }

  /** Pages of this node that are not yet seen often enough. */
  isWanted(link) {
    const { origin, pathname, searchParams } = new URL(link);
    if (/\.(rss|atom|ics|css)$/.test(pathname)) return false;
    const route = routeOf(pathname, this.routes);
    if (origin !== this.base || route === undefined || searchParams.has("lang")) return false;
    const kind = `${route}?${[...new Set(searchParams.keys())].sort().join("&")}`;
    const seen = this.kinds.get(kind) ?? 0;
    this.kinds.set(kind, seen + 1);
    return seen < OF_ONE_KIND;
  }

  /** Opens a page; its links. */
  async open(address, statuses = [200]) {
    const response = await this.visitor.page.goto(address);
    if (!statuses.includes(response.status())) this.problems.push(`${response.status()} from ${address}`);
    return this.examine(address);
  }

  async examine(address) {
    const { page } = this.visitor;
    const found = await page.evaluate(dangers);
    this.problems.push(...found.map((danger) => `${danger} at ${address}`));
    const text = plain(await page.locator("body").innerText());
    for (const value of this.values) if (text.includes(plain(value))) this.shown.add(value);
    return page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href.replace(/#.*$/, "")));
  }

  /** The same values as parts of addresses. */
  async questions() {
    for (const value of this.values) {
      const asked = encodeURIComponent(value);
      for (const path of [
        `/services/actus?q=${asked}`,
        `/services/actus?theme=${asked}&place=${asked}&said=${asked}`,
        `/fiches/${asked}/${asked}`,
        `/login?next=${asked}`,
        `/office/queue?show=${asked}&item=${asked}`,
        `/office/services/actus?q=${asked}&state=${asked}`,
        `/office/federation/new?address=${asked}&into=${asked}`,
        `/office/federation/deliveries?host=${asked}&state=${asked}`,
        `/office/items/${asked}`,
      ]) {
        await this.open(`${this.base}${path}`, [200, 400, 404]);
      }
    }
  }

  /** The walk has been to every kind of page that there is something on, and has met every value. */
  assertThorough() {
    const routes = new Set([...this.kinds.keys()].map((kind) => kind.replace(/\?.*$/, "")));
    for (const route of [
      "/services/{slug}", "/sites/{site}/{section}", "/sites/{site}/fiches/{uid}/{slug}", "/office/queue",
      "/office/items/{entry}", "/office/items/{entry}/edit", "/office/federation/followers", "/office/federation/deliveries",
      "/office/federation/subscriptions/{subscription}", "/office/services/{slug}/members/{account}",
      "/office/settings/organisations/{organisation}", "/office/sites/{site}/placements/{placement}",
    ]) {
      assert.ok(routes.has(route), `no link has led to ${route}: ${[...routes].join(", ")}`);
    }
    const straight = this.values.filter((value) => !TURNING.test(value));
    const unseen = straight.filter((value) => !this.shown.has(value));
    assert.deepEqual(unseen, [], "values that no page shows as they are");
  }
}

/** A table with such values: in its name, its cells, and the report of what is wrong with it. */
async function imported(walk, world) {
  const { page } = walk.visitor;
  const [, value] = world.hostile.values;
  const cell = (text) => `"${text.replaceAll('"', '""')}"`;
  const row = (text) => [text, text, text, text].map(cell).join(";");
  const table = ["titre;chapo;thematiques;lien", ...world.hostile.values.map(row)].join("\n");
  await page.goto(`${world.hostile.url}/office/services/${world.hostile.service}/import`);
  await page.locator('input[type="file"]').setInputFiles({ name: `${value}.csv`, mimeType: "text/csv", buffer: Buffer.from(table) });
  await page.locator('[name="dry_run"]').check();
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.locator("main form button.main").click();
  await answer;
  await page.waitForLoadState("load");
  assert.ok((await page.locator("#report .problems li").count()) > 0, "the report complains of nothing");
  await walk.examine("the report of an import");
}

/** Runs in the page: elements and attributes through which somebody else's text would act. */
function dangers() {
  const found = [];
  // The value with an override from its beginning to its end, with its tags or without.
  const turning = /^gnp\.\u202e[^]*l.envers(<\/b>)?$/;
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (["iframe", "frame", "object", "embed", "base", "portal"].includes(name)) found.push(`<${name}>`);
    if (name === "meta" && element.httpEquiv.toLowerCase() === "refresh") found.push("a refresh");
    if (name === "script") {
      const source = element.getAttribute("src");
      const own = source === null ? element.type === "application/ld+json" : new URL(source, location).pathname.startsWith("/assets/");
      if (!own || (source !== null && new URL(source, location).origin !== location.origin)) found.push(`a script: ${element.outerHTML.slice(0, 80)}`);
    }
    for (const { name: attribute, value } of element.attributes) {
      if (attribute.startsWith("on")) found.push(`${attribute} of <${name}>`);
      const address = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcdoc"].includes(attribute);
      const bare = value.replaceAll(/[\u0000-\u0020\u007f-\u009f]/g, "").toLowerCase();
      if (address && /^(javascript|vbscript|data):/.test(bare)) found.push(`${attribute}="${value.slice(0, 60)}" of <${name}>`);
    }
  }
  // What turns the direction of writing turns nothing but its own words: it fills an element that is
  // set apart, by being a block of its own or an isolate.
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement;
    if (!/[\u202a-\u202e]/.test(node.data) || own.closest("script, textarea, option, .prose")) continue;
    let apart = own;
    const isApart = (element) => getComputedStyle(element).display !== "inline" || /isolate/.test(getComputedStyle(element).unicodeBidi);
    while (!isApart(apart)) apart = apart.parentElement;
    const words = (text) => text.replaceAll(/[\s«»]+/g, " ").trim();
    const alone = words(apart.textContent) === words(node.data) && turning.test(words(node.data));
    if (!alone) found.push(`<${own.localName} class="${own.className}">: text that turns its line: ${words(apart.textContent).slice(0, 90)}`);
  }
  return found;
}
