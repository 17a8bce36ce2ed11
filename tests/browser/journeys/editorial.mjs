// Somebody writes an item, a second person sends it back with a reason, the author mends it, the second
// person publishes it.
import { strict as assert } from "node:assert";
import { plain } from "../browser.mjs";

/** A GIF of one pixel. */
const PICTURE = Buffer.from("R0lGODlhAQABAIAAAAEAAP///ywAAAAAAQABAAACAkQBADs=", "base64");
const REASON = "Précisez le lieu de l'accueil, s'il vous plaît.";

export async function editorial(browser, world, javaScript) {
  const { url, author, moderator, service } = world.node;
  const title = `Un atelier pour l'emploi à Nevers (${javaScript ? "avec" : "sans"} JavaScript)`;
  const writer = await browser.visitor(javaScript);
  const reader = await browser.visitor(javaScript);
  await writer.signIn(url, author, world.password);
  await reader.signIn(url, moderator, world.password);
  const entry = await write(writer, service, title);
  await decline(reader, title);
  await mend(writer, entry, title);
  await publish(reader, title, javaScript);
  // It is on the site, and the author sees that it is.
  await writer.open(`${url}/sites/${world.node.site}`);
  assert.ok(plain(await writer.page.locator("main").innerText()).includes(title));
  await writer.open(`${url}/office`);
  assert.ok(plain(await writer.page.locator("main").innerText()).includes(title));
  writer.assertSound();
  reader.assertSound();
}

/** Writes an item: what is missing is said first, and what was typed stays. */
async function write(writer, service, title) {
  const { page } = writer;
  await writer.press(page.locator(`.create a[href*="/${service}/"]`));
  await writer.fill({ titre: title });
  await writer.press(page.locator('button[name="action"][value="submit"]'));
  assert.notEqual(await writer.complaint(), "", "an item without its essential fields was taken");
  assert.equal(await page.locator('[name="titre"]').inputValue(), title);
  const links = await page.locator(".summary a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.ok(links.includes("#f-chapo") && links.includes("#f-thematiques"), links.join(" "));
  await writer.fill({
    chapo: "Deux heures pour préparer sa candidature.",
    texte: "On y parle **CV**, lettre et entretien.\n\n- le mardi\n- le jeudi",
    "territoires.add": "Nevers",
  });
  await page.locator("#f-images-new-0").setInputFiles({ name: "salle.gif", mimeType: "image/gif", buffer: PICTURE });
  await page.locator("#f-images-new-0-name").fill("La salle de l'atelier");
  const themes = page.locator("#f-thematiques details", { has: page.locator("#f-thematiques-emploi") });
  if ((await themes.getAttribute("open")) === null) await themes.locator("summary").click();
  await page.locator("#f-thematiques-emploi").check();
  await writer.press(page.locator('button[name="action"][value="submit"]'));
  await chooseAmongPlaces(writer);
  assert.equal(await writer.complaint(), "");
  const path = new URL(page.url()).pathname;
  assert.match(path, /^\/office\/items\//);
  assert.ok((await writer.heading()).includes(title));
  assert.ok(await page.locator(".prose strong", { hasText: "CV" }).count(), "the text has lost its form");
  const picture = page.locator(".figures img").first();
  assert.equal(await picture.getAttribute("alt"), "La salle de l'atelier");
  await picture.scrollIntoViewIfNeeded();
  assert.equal(await picture.evaluate((img) => img.decode().then(() => img.naturalWidth)), 1);
  // Its own author is offered no button to publish it.
  assert.equal(await page.locator("form[data-decision=publish]").count(), 0);
  return page.url().replace(/\?.*$/, "");
}

/** Where several places have the name, the right one is ticked and the form sent again. */
async function chooseAmongPlaces(writer) {
  const { page } = writer;
  const candidates = page.locator('#f-territoires input[type="checkbox"]:not(:checked)');
  if (new URL(page.url()).pathname.endsWith("/new") && (await candidates.count()) > 0) {
    await page.locator('#f-territoires input[value="commune:58194"]').check();
    await writer.press(page.locator('button[name="action"][value="submit"]'));
  }
}

/** Opens the item in the queue. */
async function openInQueue(reader, title) {
  await reader.open(`${new URL(reader.page.url()).origin}/office/queue`);
  const line = reader.page.locator(".queue-line", { hasText: title.replace("'", "’") }).or(
    reader.page.locator(".queue-line", { hasText: title }),
  );
  await reader.press(line.first());
  assert.equal(plain(await reader.page.locator("#open-title").innerText()), title);
}

/** Sends the item back: without a reason it does not go. */
async function decline(reader, title) {
  const { page } = reader;
  await openInQueue(reader, title);
  const details = page.locator("details[data-decision=decline]");
  await details.locator("summary").click();
  await reader.press(details.locator("button.danger"));
  assert.notEqual(await reader.complaint(), "", "declined without a reason");
  const open = page.locator("details[data-decision=decline]");
  await open.locator("textarea").fill(REASON);
  await reader.press(open.locator("button.danger"));
  assert.equal(await reader.complaint(), "");
  await reader.open(`${new URL(page.url()).origin}/office/queue`);
  assert.ok(!plain(await page.locator("main").innerText()).includes(title), "a declined item still waits");
}

/** The author finds it among what is to be mended, with the reason, and sends it again. */
async function mend(writer, entry, title) {
  const { page } = writer;
  await writer.open(`${new URL(entry).origin}/office`);
  const declined = page.locator("section", { has: page.locator("#declined") });
  assert.ok(plain(await declined.innerText()).includes(title), "the author does not find what came back");
  await writer.open(`${entry}/edit`);
  assert.ok(plain(await page.locator("main").innerText()).includes(plain(REASON)), "the reason is not shown");
  assert.equal(plain(await page.locator('[name="titre"]').inputValue()), title);
  await writer.fill({ chapo: "Deux heures pour préparer sa candidature, à la Maison de l'emploi." });
  await writer.press(page.locator('button[name="action"][value="submit"]'));
  assert.equal(await writer.complaint(), "");
}

/** Publishes it: by its button, and with JavaScript by the key that the page shows. */
async function publish(reader, title, javaScript) {
  const { page } = reader;
  await openInQueue(reader, title);
  assert.ok(plain(await page.locator("#open").innerText()).includes("à la Maison de l'emploi"));
  if (javaScript) {
    await Promise.all([page.waitForNavigation(), page.keyboard.press("p")]);
  } else {
    await reader.press(page.locator("form[data-decision=publish] button"));
  }
  assert.equal(await reader.complaint(), "");
  await reader.open(`${new URL(page.url()).origin}/office/queue`);
  assert.ok(!plain(await page.locator("main").innerText()).includes(title), "a published item still waits");
}
