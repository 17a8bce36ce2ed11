// Somebody is invited, comes in by the link of the mail, sets codes up, forgets the password.
import { strict as assert } from "node:assert";
import { createHmac } from "node:crypto";
import { plain } from "../browser.mjs";
import { linkMailed } from "../mails.mjs";

/** The code of a secret at a moment: RFC 6238, written anew so that it shares nothing with the node. */
function code(secret, now = Date.now()) {
  const bits = [...secret.replaceAll(" ", "")].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
  const key = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const sum = createHmac("sha1", key).update(step).digest();
  const at = sum[19] & 15;
  return String((sum.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

const main = (page) => page.locator("main form button.main").first();

export async function people(browser, world, javaScript) {
  const { url, administrator, mails } = world.node;
  const email = `stage-${javaScript ? "avec" : "sans"}@mef58.example`;
  const admin = await browser.visitor(javaScript);
  await admin.signIn(url, administrator, world.password);
  await admin.open(`${url}/office/services/actus/invite`);
  await admin.fill({ email });
  await admin.page.locator('[name="role"]').selectOption("contributor");
  await admin.press(main(admin.page));
  assert.equal(new URL(admin.page.url()).pathname, "/office/services/actus", await admin.complaint());
  await admin.open(`${url}/office/settings/invitations`);
  assert.ok((await admin.page.locator(".line", { hasText: email }).count()) === 1, "the invitation is not listed");

  const invited = await linkMailed(mails, email, "/invitation/");
  const guest = await browser.visitor(javaScript);
  await guest.open(invited);
  await guest.fill({ name: "Stage d'essai", password: world.password, password_again: "autre chose" });
  await guest.press(main(guest.page));
  assert.notEqual(await guest.complaint(), "");
  assert.equal(await guest.page.locator('[name="name"]').inputValue(), "Stage d'essai");
  await guest.fill({ password: world.password, password_again: world.password });
  await guest.press(main(guest.page));
  assert.equal(new URL(guest.page.url()).pathname, "/office", await guest.complaint());
  await guest.open(`${url}/office/services/actus`);
  // The link has served.
  const stranger = await browser.visitor(javaScript);
  assert.equal((await stranger.page.goto(invited)).status(), 404);

  const recovery = await codes(guest, url);
  await guest.signOut();
  await guest.open(`${url}/login`);
  await guest.fill({ email, password: world.password });
  await guest.press(main(guest.page));
  assert.equal(await guest.heading(), "Code de connexion");
  await guest.fill({ code: "000000" });
  await guest.press(main(guest.page));
  assert.notEqual(await guest.complaint(), "");
  await guest.fill({ code: recovery[0] });
  await guest.press(main(guest.page));
  assert.equal(new URL(guest.page.url()).pathname, "/office", await guest.complaint());

  await forgotten(stranger, url, email, mails);
  // What was open is closed; the new password opens with a code.
  await guest.page.goto(`${url}/office`);
  assert.equal(new URL(guest.page.url()).pathname, "/login");
  await guest.fill({ email, password: "un mot de passe tout neuf" });
  await guest.press(main(guest.page));
  await guest.fill({ code: recovery[1] });
  await guest.press(main(guest.page));
  assert.equal(new URL(guest.page.url()).pathname, "/office", await guest.complaint());
  await admin.open(`${url}/office/settings/audit?subject=second_factor`);
  assert.ok(plain(await admin.page.locator("main").innerText()).includes("Stage d'essai"), "the log does not tell it");
}

/** Sets codes up; answers the recovery codes. */
async function codes(visitor, url) {
  const { page } = visitor;
  await visitor.open(`${url}/office/settings/notices`);
  await page.locator('[name="pace"][value="at_once"]').check();
  await visitor.press(page.locator("main form button.main"));
  assert.ok(await page.locator('[name="pace"][value="at_once"]').isChecked());
  await visitor.open(`${url}/office/settings/security`);
  await visitor.press(page.locator('main a[href$="/second-factor"]'));
  assert.ok(await page.locator("svg.scan").isVisible());
  const secret = await page.locator("code.secret").innerText();
  await visitor.fill({ confirm: code(secret) });
  await visitor.press(main(page));
  const recovery = await page.locator(".codes code").allInnerTexts();
  assert.equal(recovery.length, 10, await visitor.complaint());
  await visitor.open(`${url}/office/settings/second-factor`);
  assert.equal(await page.locator(".codes").count(), 0, "the codes are shown twice");
  return recovery;
}

/** Sets a forgotten password anew. */
async function forgotten(visitor, url, email, mails) {
  const { page } = visitor;
  await visitor.open(`${url}/login`);
  await visitor.press(page.locator('main a[href="/forgotten"]'));
  await visitor.fill({ email });
  await visitor.press(main(page));
  const answer = plain(await page.locator("main").innerText()).replaceAll(email, "X");
  await visitor.open(`${url}/forgotten`);
  await visitor.fill({ email: "personne@mef58.example" });
  await visitor.press(main(page));
  const other = plain(await page.locator("main").innerText()).replaceAll("personne@mef58.example", "X");
  assert.equal(answer, other, "the answer tells who has an account");
  await visitor.open(await linkMailed(mails, email, "/reset/"));
  const password = "un mot de passe tout neuf";
  await visitor.fill({ password, password_again: password });
  await visitor.press(main(page));
  assert.equal(new URL(page.url()).pathname, "/login", await visitor.complaint());
}
