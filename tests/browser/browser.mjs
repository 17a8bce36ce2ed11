// A headless Chromium, and visitors in it: each has cookies of its own, asks for French pages, and is
// watched: whatever a page logs as an error, or fetches from elsewhere, is a failure.
import { strict as assert } from "node:assert";
import { join } from "node:path";
import { chromium } from "playwright-core";

/** How long a page may take, in milliseconds: the machine may be busy. */
const PATIENCE = 30_000;

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export class Browser {
  static async launch(world) {
    const chrome = await chromium.launch({ executablePath: world.chromium, args: FLAGS });
    return new Browser(chrome, world);
  }

  constructor(chrome, world) {
    this.chrome = chrome;
    this.world = world;
    this.contexts = [];
  }

  /** A visitor with an empty browser. `options` are those of a browser context. */
  async visitor(javaScriptEnabled, options = {}) {
    const context = await this.chrome.newContext({
      javaScriptEnabled,
      locale: "fr-FR",
      timezoneId: "Europe/Paris",
      viewport: { width: 1280, height: 900 },
      reducedMotion: "reduce",
      ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    const visitor = new Visitor(page);
    this.contexts.push({ context, visitor });
    return visitor;
  }

  /** Ends every visitor; what they were served has to be in order. */
  async closePages() {
    const faults = this.contexts.flatMap(({ visitor }) => visitor.faults);
    for (const { context } of this.contexts.splice(0)) await context.close();
    for (const fault of faults) console.log(`        ${fault}`);
  }

  /** A picture of every open page, for whoever looks into a failure. */
  async photographFailure(name) {
    let number = 0;
    for (const { visitor } of this.contexts) {
      number += 1;
      const file = join(this.world.screenshots, `failed-${name.replaceAll(/[^a-z]+/gi, "-")}-${number}.png`);
      await visitor.page.screenshot({ path: file, fullPage: true }).catch(() => {});
      console.log(`        ${visitor.page.url()} → ${file}`);
    }
  }

  async close() {
    await this.chrome.close();
  }
}

/** Somebody in front of a browser window. */
export class Visitor {
  constructor(page) {
    this.page = page;
    this.faults = [];
    page.on("pageerror", (error) => this.faults.push(`script: ${error.message}`));
    page.on("console", (message) => {
      // What a browser says of an answer such as 422 stands with the answers, below.
      const ofAnAnswer = message.text().startsWith("Failed to load resource");
      if (message.type() === "error" && !ofAnAnswer) this.faults.push(`console: ${message.text()}`);
    });
    page.on("dialog", (dialog) => {
      this.faults.push(`dialog: ${dialog.message()}`);
      dialog.dismiss().catch(() => {});
    });
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.hostname !== "localhost") {
        this.faults.push(`asked a third party: ${url}`);
      }
    });
    page.on("response", (response) => {
      const page = response.request().isNavigationRequest();
      const limit = page ? 500 : 400;
      if (response.status() >= limit) this.faults.push(`${response.status()} from ${response.url()}`);
    });
  }

  /** Opens an address; the answer has to be a good one. */
  async open(address) {
    const response = await this.page.goto(address);
    assert.ok(response.ok(), `${address} answers ${response.status()}`);
    return response;
  }

  /** Presses a button or link and waits for the page that comes. */
  async press(locator) {
    const [response] = await Promise.all([
      this.page.waitForResponse((answer) => answer.request().isNavigationRequest() && answer.status() !== 303),
      locator.click(),
    ]);
    await this.page.waitForLoadState("load");
    return response;
  }

  /** Fills in fields by their names. */
  async fill(values) {
    for (const [name, value] of Object.entries(values)) {
      const field = this.page.locator(`[name="${name}"]`).first();
      await this.byHand(field);
      await field.fill(value);
    }
  }

  /** Formatted text is typed with its signs where an editor stands in front of its field. */
  async byHand(field) {
    const dressed = await field.evaluate((element) => element.matches("textarea.rich[hidden]"));
    if (dressed) await field.locator("xpath=following-sibling::button[contains(@class, 'rich-other')]").click();
  }

  /** Signs in. */
  async signIn(base, email, password) {
    await this.open(`${base}/login`);
    await this.fill({ email, password });
    await this.press(this.page.locator("main form button.main"));
    assert.equal(new URL(this.page.url()).pathname, "/office", await this.complaint());
  }

  /** Signs out. */
  async signOut() {
    await this.press(this.page.locator(".bar-out button"));
  }

  /** The main heading. */
  async heading() {
    return plain(await this.page.locator("h1").first().innerText());
  }

  /** What the page complains about, if it does. */
  async complaint() {
    const texts = await this.page.locator("[role=alert], .error").allInnerTexts();
    return texts.map(plain).join(" / ");
  }

  /** Nothing may have gone wrong on the way. */
  assertSound() {
    assert.deepEqual(this.faults, []);
  }
}

/** Text with every kind of blank as one, and straight apostrophes. */
export function plain(text) {
  return text.replaceAll("’", "'").replaceAll(/[\s\u00a0\u202f]+/g, " ").trim();
}
