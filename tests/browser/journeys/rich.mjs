// Formatted text is written as it will look, by the mouse and by the keyboard, and stays what it was when the
// editor opens it again; by hand it is Markdown.
import { strict as assert } from "node:assert";

export async function rich(browser, world) {
  const { url, author, service } = world.node;
  const writer = await browser.visitor(true);
  const { page } = writer;
  await writer.signIn(url, author, world.password);
  await writer.open(`${url}/office/services/${service}/new`);
  await writer.fill({ titre: "Un texte mis en forme" });
  const text = page.getByRole("textbox", { name: "Texte" }).first();
  const bar = page.getByRole("toolbar").first();
  await text.click();
  // By the keyboard: bold, a list by its sign, and out of it again.
  await page.keyboard.type("Venez ");
  await page.keyboard.press("Control+b");
  await page.keyboard.type("nombreux");
  await page.keyboard.press("Control+b");
  await page.keyboard.type(" <b>& à l'heure</b>.");
  await page.keyboard.press("Enter");
  await page.keyboard.type("- mardi");
  await page.keyboard.press("Enter");
  await page.keyboard.type("jeudi");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await page.keyboard.type("S'inscrire");
  // A link through the bar: Tab goes back to it, the arrows walk it.
  await page.keyboard.press("Control+Shift+ArrowLeft");
  await page.keyboard.press("Control+Shift+ArrowLeft");
  // The editor has seen what is chosen when the button can be pressed.
  await page.waitForSelector('[data-tool="link"][aria-disabled="false"]');
  await page.keyboard.press("Shift+Tab");
  assert.equal(await page.evaluate(() => document.activeElement.dataset.tool), "bold");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await page.keyboard.type("javascript:alert(1)");
  await page.keyboard.press("Enter");
  assert.notEqual(await bar.getByRole("alert").innerText(), "", "an address that runs is taken");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("forum.example/inscription");
  await page.keyboard.press("Enter");
  assert.equal(await text.locator("a").getAttribute("href"), "https://forum.example/inscription");
  assert.equal(await bar.locator("[data-tool=link]").getAttribute("aria-pressed"), "true");
  await writer.press(page.locator('button[name="action"][value="save"]'));
  assert.equal(await writer.complaint(), "");
  const again = page.getByRole("textbox", { name: "Texte" }).first();
  const written = await again.innerHTML();
  for (const part of ["<strong>nombreux</strong>", "&lt;b&gt;&amp; à l'heure&lt;/b&gt;", "<li><p>mardi</p></li><li><p>jeudi</p></li>"]) {
    assert.ok(written.includes(part), `${part}: ${written}`);
  }
  assert.ok((await again.locator("a").innerText()).includes("inscrire"));
  const plain = page.locator("textarea.rich").first();
  assert.ok(await plain.isHidden());
  await writer.byHand(plain);
  assert.ok((await plain.inputValue()).includes("**nombreux**"), await plain.inputValue());
  assert.ok(await plain.isVisible());
  writer.assertSound();
}
