// Runs every journey against the nodes that MAILLAGE_BROWSER describes (JSON, see the test that starts
// this); says what it has done, and ends with 1 when anything was wrong.
import { mkdirSync } from "node:fs";
import { Browser } from "./browser.mjs";
import { alerts } from "./journeys/alerts.mjs";
import { editorial } from "./journeys/editorial.mjs";
import { firstRun } from "./journeys/first-run.mjs";
import { hostile } from "./journeys/hostile.mjs";
import { keyboard } from "./journeys/keyboard.mjs";
import { look } from "./journeys/look.mjs";
import { openid } from "./journeys/openid.mjs";
import { people } from "./journeys/people.mjs";
import { rich } from "./journeys/rich.mjs";
import { visitor } from "./journeys/visitor.mjs";

const world = JSON.parse(process.env.MAILLAGE_BROWSER ?? "null");
if (!world) {
  console.error("MAILLAGE_BROWSER is missing: this is started by the tests (tests/run browser)");
  process.exit(2);
}
mkdirSync(world.screenshots, { recursive: true });

const journeys = [
  ["first run, without JavaScript", (browser) => firstRun(browser, world, world.firstRuns[0], false)],
  ["first run, with JavaScript", (browser) => firstRun(browser, world, world.firstRuns[1], true)],
  ["writing and moderating, without JavaScript", (browser) => editorial(browser, world, false)],
  ["writing and moderating, with JavaScript", (browser) => editorial(browser, world, true)],
  ["formatted text", (browser) => rich(browser, world)],
  ["a visitor, without JavaScript", (browser) => visitor(browser, world, false)],
  ["a visitor, with JavaScript", (browser) => visitor(browser, world, true)],
  ["alerts by mail, without JavaScript", (browser) => alerts(browser, world, false)],
  ["alerts by mail, with JavaScript", (browser) => alerts(browser, world, true)],
  ["people, without JavaScript", (browser) => people(browser, world, false)],
  ["people, with JavaScript", (browser) => people(browser, world, true)],
  ["an identity provider, without JavaScript", (browser) => openid(browser, world, false)],
  ["an identity provider, with JavaScript", (browser) => openid(browser, world, true)],
  ["how the pages look", (browser) => look(browser, world)],
  ["the queue by the keyboard alone", (browser) => keyboard(browser, world)],
  ["values that want to run", (browser) => hostile(browser, world)],
];

const browser = await Browser.launch(world);
let failed = 0;
for (const [name, journey] of journeys) {
  const began = Date.now();
  try {
    await journey(browser);
    console.log(`ok      ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED  ${name}\n${error.stack ?? error}`);
    await browser.photographFailure(name);
  } finally {
    await browser.closePages();
  }
}
await browser.close();
console.log(failed === 0 ? "every journey went well" : `${failed} of ${journeys.length} journeys failed`);
process.exit(failed === 0 ? 0 : 1);
