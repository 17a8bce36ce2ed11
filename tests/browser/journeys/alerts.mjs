// Somebody without an account asks to be told by mail, confirms, and ends it; and looks at months and weeks.
import { strict as assert } from "node:assert";
import { linkMailed } from "../mails.mjs";

export async function alerts(browser, world, javaScript) {
  const { url, site, service, mails } = world.node;
  const email = `lectrice-${javaScript ? "avec" : "sans"}@exemple.example`;
  const reader = await browser.visitor(javaScript);
  const { page } = reader;
  await reader.open(`${url}/sites/${site}/${service}?theme=emploi`);
  await reader.press(page.locator('.follow a[href^="/alerts/new"]'));
  await reader.fill({ email });
  await reader.press(page.locator("main form button.main").first());
  assert.ok((await page.locator("main").innerText()).includes(email), await reader.complaint());
  const link = await linkMailed(mails, email, "/alerts/");
  await reader.open(link);
  await reader.press(page.locator("main form button.main").first());
  // It leads back to the very list.
  await reader.press(page.locator('main a[href*="theme=emploi"]'));
  reader.assertSound();
}
