// The first visit of a new node: whoever holds the printed code becomes its administrator.
import { strict as assert } from "node:assert";

const NAME = "Maison de l'emploi du Nivernais";

export async function firstRun(browser, world, { url, code }, javaScript) {
  const visitor = await browser.visitor(javaScript);
  const { page } = visitor;
  // Every door leads to the first-run page until there is an administrator.
  await visitor.open(`${url}/office`);
  assert.equal(new URL(page.url()).pathname, "/setup");
  const answers = {
    code: "pas-le-bon-code",
    node_name: NAME,
    name: "Camille Essai",
    email: "administration@mef58.example",
    password: world.password,
    password_again: world.password,
  };
  await visitor.fill(answers);
  await page.locator('[name="territory"]').selectOption({ label: await territory(page, "Nièvre") });
  await visitor.press(page.locator("main form button.main"));
  // The first stranger has no code: nothing is made, and nothing typed is lost.
  assert.equal(new URL(page.url()).pathname, "/setup");
  assert.notEqual(await visitor.complaint(), "");
  assert.equal(await page.locator('[name="node_name"]').inputValue(), NAME);
  assert.equal(await page.locator('[name="email"]').inputValue(), answers.email);
  // Two passwords that differ are told apart.
  await visitor.fill({ code, password: world.password, password_again: `${world.password} !` });
  await visitor.press(page.locator("main form button.main"));
  assert.equal(new URL(page.url()).pathname, "/setup");
  assert.notEqual(await visitor.complaint(), "");
  await visitor.fill({ code, password: world.password, password_again: world.password });
  await visitor.press(page.locator("main form button.main"));
  assert.ok(new URL(page.url()).pathname.startsWith("/office"), `${page.url()}: ${await visitor.complaint()}`);
  // The code has done its work: the page is closed for good.
  const again = await page.goto(`${url}/setup`);
  assert.notEqual(new URL(again.url()).pathname, "/setup");
  await visitor.open(`${url}/office`);
  await visitor.signOut();
  await visitor.signIn(url, answers.email, world.password);
  // Wrong passwords open nothing, and are answered like wrong addresses.
  await visitor.signOut();
  const complaints = [];
  for (const email of [answers.email, "personne@mef58.example"]) {
    await visitor.open(`${url}/login`);
    await visitor.fill({ email, password: "ce n'est pas le bon" });
    await visitor.press(page.locator("main form button.main"));
    assert.equal(new URL(page.url()).pathname, "/login");
    complaints.push(await visitor.complaint());
  }
  assert.ok(complaints[0] !== "" && complaints[0] === complaints[1], complaints.join(" | "));
  visitor.assertSound();
}

/** The label of the option that names this département. */
async function territory(page, name) {
  const labels = await page.locator('[name="territory"] option').allInnerTexts();
  const found = labels.find((label) => label.includes(name) && !label.includes("Haute"));
  assert.ok(found, `${name} is not offered: ${labels.length} options`);
  return found;
}
