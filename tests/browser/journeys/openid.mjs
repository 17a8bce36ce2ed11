// Somebody signs in through the identity provider: refused while no account is theirs, let in where one
// is, and unlinked again.
import { strict as assert } from "node:assert";
import { plain } from "../browser.mjs";

export async function openid(browser, world, javaScript) {
  const { url, newcomer, provider } = world.node;
  const visitor = await browser.visitor(javaScript);
  const { page } = visitor;
  const at = () => new URL(page.url());
  const button = () => page.locator("main a.button", { hasText: provider.name });
  const answer = async (email, choice) => {
    await page.waitForURL((there) => there.origin === provider.issuer);
    await visitor.fill({ email });
    await visitor.press(page.locator(`button[name="${choice}"]`));
    assert.equal(at().origin, url);
  };
  const security = "/office/settings/security";

  await visitor.open(`${url}${security}`);
  assert.equal(at().pathname, "/login");
  await visitor.press(button());
  await answer("personne@mef58.example", "yes");
  assert.equal(at().pathname, "/login");
  assert.ok((await notice(page)).includes("personne@mef58.example"), await notice(page));
  // Neither code nor state stay in the address.
  assert.ok(!at().search.includes("code="), page.url());

  await visitor.press(button());
  await answer("", "no");
  assert.equal(at().pathname, "/login");
  assert.ok((await notice(page)).includes("n'a pas dit qui vous êtes"), await notice(page));

  // By the keyboard: the button is a link like any other.
  await button().focus();
  const [there] = await Promise.all([
    page.waitForResponse((one) => one.request().isNavigationRequest() && one.status() !== 303),
    page.keyboard.press("Enter"),
  ]);
  assert.ok(there.ok());
  await page.waitForLoadState("load");
  await answer(newcomer, "yes");
  assert.equal(at().pathname, security, "where somebody was going is lost on the way");
  const line = page.locator(".line", { hasText: provider.name });
  assert.equal(await line.count(), 1);
  assert.ok(plain(await line.innerText()).includes(newcomer));

  await visitor.press(line.locator("button"));
  assert.equal(await page.locator(".line", { hasText: provider.name }).count(), 0);
  assert.ok((await notice(page)).includes("L'identité est retirée"), await notice(page));
  await visitor.signOut();
  visitor.assertSound();
}

const notice = async (page) => plain(await page.locator(".notice").innerText());
