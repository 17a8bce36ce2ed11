// The queue by the keyboard alone: every key that the page announces, Tab, Enter and Escape, and one
// always sees where one is.
import { strict as assert } from "node:assert";
import { plain } from "../browser.mjs";

const REASON = "J'ai relu : dites plutôt pourquoi, quand, et pour qui.";

export async function keyboard(browser, world) {
  const { url, moderator } = world.node;
  const reader = await browser.visitor(true);
  const { page } = reader;
  await signInByKeys(reader, `${url}/office/queue`, moderator, world.password);
  const hands = new Hands(page);
  const tested = new Set();
  await skipped(hands);
  await everyStop(hands);
  await helped(hands, tested);
  await moved(hands, tested);
  await opened(hands, tested);
  await declined(hands, tested);
  await published(hands, tested);
  await publishedByButton(hands);
  await switchedOff(hands);
  const announced = await page.locator(".keys kbd, .keys-help kbd").allTextContents();
  const names = [...new Set(announced.map((key) => (key.length > 1 ? "Enter" : key)))].sort();
  assert.deepEqual(names, [...tested].sort(), "keys that the page announces, and keys that were pressed");
  reader.assertSound();
}

/** Signs in without touching the mouse. */
async function signInByKeys(reader, address, email, password) {
  const { page } = reader;
  await page.goto(address);
  assert.equal(new URL(page.url()).pathname, "/login");
  await page.locator('[name="email"]').focus();
  await page.keyboard.type(email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await Promise.all([page.waitForURL("**/office/queue"), page.keyboard.press("Enter")]);
}

/** Two hands on a keyboard, and an eye for the focus. */
class Hands {
  constructor(page) {
    this.page = page;
  }

  async press(key) {
    await this.page.keyboard.press(key);
  }

  /** Presses a key that leads to another page. */
  async leave(key) {
    await Promise.all([this.page.waitForNavigation(), this.page.keyboard.press(key)]);
    await this.page.waitForLoadState("load");
  }

  /** What has the focus: how it is called, where it stands, and whether that is seen. */
  async focus() {
    return this.page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const middle = document.elementFromPoint(box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2);
      const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      return {
        name: `${element.localName}.${element.className} ${(element.textContent || element.name || "").trim().slice(0, 50)}`,
        tag: element.localName,
        visible: outlined && box.width > 0 && box.height > 0,
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        uncovered: middle === null || element.contains(middle) || middle.contains(element),
      };
    });
  }

  /** The focus stands on what a selector finds, and is seen there. */
  async assertOn(selector, what) {
    const on = await this.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);
    const focus = await this.focus();
    assert.ok(on, `${what}: the focus is on ${focus?.name ?? "nothing"}`);
    assert.ok(focus.visible && focus.inView, `${what}: the focus on ${focus.name} is not seen`);
  }

  /** Tabs until the focus stands on what a selector finds. */
  async tabTo(selector, key = "Tab") {
    for (let presses = 0; presses < 120; presses += 1) {
      if (await this.page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
        return this.assertOn(selector, key);
      }
      await this.press(key);
    }
    assert.fail(`${key} does not lead to ${selector}`);
  }

  async title() {
    return plain(await this.page.locator("#open-title").innerText());
  }

  async queue() {
    const { origin } = new URL(this.page.url());
    await this.page.goto(`${origin}/office/queue`);
    return (await this.page.locator(".queue-title").allInnerTexts()).map(plain);
  }
}

/** The first stop leads past everything to the page itself. */
async function skipped(hands) {
  await hands.queue();
  await hands.press("Tab");
  await hands.assertOn(".skip", "the first stop");
  await hands.press("Enter");
  const target = await hands.page.evaluate(() => location.hash);
  assert.notEqual(target, "", "the first stop leads nowhere");
  await hands.press("Tab");
  assert.ok(await hands.page.evaluate(() => document.activeElement.closest("main") !== null), "it does not lead into the page");
}

/** From the first stop to the last: each is seen, none is a trap. */
async function everyStop(hands) {
  await hands.queue();
  const seen = [];
  for (let presses = 0; presses < 150; presses += 1) {
    await hands.press("Tab");
    const focus = await hands.focus();
    if (focus === null) break;
    assert.ok(focus.visible && focus.inView && focus.uncovered, `the focus on ${focus.name} is not seen`);
    seen.push(focus.name);
  }
  assert.ok(seen.length > 15 && seen.length < 150, `${seen.length} stops: ${seen.join(" | ")}`);
}

/** `?` opens the help, in which the focus stays, and Escape closes it. */
async function helped(hands, tested) {
  await hands.queue();
  await hands.press("j");
  await hands.press("?");
  tested.add("?");
  assert.ok(await hands.page.locator("#keys-help").evaluate((dialog) => dialog.open), "? opens nothing");
  await hands.tabTo("#keys-help input");
  // Keys do nothing while the help is open.
  await hands.press("d");
  assert.ok(await hands.page.locator("details[data-decision=decline]").evaluate((one) => !one.open));
  await hands.tabTo("#keys-help button");
  await hands.press("Escape");
  assert.ok(await hands.page.locator("#keys-help").evaluate((dialog) => !dialog.open), "Escape does not close the help");
  await hands.assertOn(".queue-line", "behind the help");
}

/** `j` and `k` go down and up, and stay inside the list. */
async function moved(hands, tested) {
  const titles = await hands.queue();
  const at = async () => plain(await hands.page.evaluate(() => document.activeElement.querySelector(".queue-title")?.textContent ?? ""));
  const first = await hands.page.locator(".queue-line[aria-current] .queue-title").count();
  for (const [key, expected] of [["j", first], ["j", first + 1], ["k", first], ["k", 0], ["k", 0]]) {
    await hands.press(key);
    await hands.assertOn(".queue-line", key);
    assert.equal(await at(), titles[expected], `${key} leads elsewhere`);
    tested.add(key);
  }
  for (let presses = 0; presses < titles.length + 2; presses += 1) await hands.press("j");
  assert.equal(await at(), titles.at(-1));
  await hands.assertOn(".queue-line", "the end of the list");
}

/** Enter opens the line that has the focus, `n` the one behind it. */
async function opened(hands, tested) {
  const titles = await hands.queue();
  await hands.press("j");
  await hands.press("j");
  const wanted = plain(await hands.page.evaluate(() => document.activeElement.querySelector(".queue-title").textContent));
  await hands.leave("Enter");
  tested.add("Enter");
  assert.equal(await hands.title(), wanted);
  await hands.leave("n");
  tested.add("n");
  assert.equal(await hands.title(), titles[titles.indexOf(wanted) + 1]);
  // Where one is goes on from what is open.
  await hands.press("k");
  assert.equal(plain(await hands.page.evaluate(() => document.activeElement.querySelector(".queue-title").textContent)), wanted);
}

/** Opens an item of this node's, which may be declined. */
async function openLine(hands, selector) {
  await hands.queue();
  for (let presses = 0; presses < 60; presses += 1) {
    await hands.press("j");
    if (await hands.page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) break;
  }
  await hands.leave("Enter");
  return hands.title();
}

/** `d` opens the reasons; what is typed is text, not a command; Enter on the button declines. */
async function declined(hands, tested) {
  const title = await openLine(hands, ".queue-line:not(:has(.source-received)):has(.queue-title)");
  await hands.press("d");
  tested.add("d");
  await hands.assertOn("details[data-decision=decline] :is(input[type=radio], textarea)", "d");
  await hands.tabTo("#reason");
  await hands.page.keyboard.type(REASON);
  assert.equal(await hands.page.locator("#reason").inputValue(), REASON);
  assert.equal(await hands.title(), title, "a letter of the reason was taken for a command");
  await hands.tabTo("details[data-decision=decline] button.danger");
  await hands.leave("Enter");
  assert.ok(!(await hands.queue()).includes(title), "a declined item still waits");
}

/** `p` publishes what is open. */
async function published(hands, tested) {
  await received(hands);
  const title = await hands.title();
  await hands.leave("p");
  tested.add("p");
  assert.ok(!(await hands.queue()).includes(title), "a published item still waits");
}

/** Opens something that is complete. */
async function received(hands) {
  await openLine(hands, ".queue-line:has(.source-received)");
  assert.equal(await hands.page.locator("form[data-decision=publish]").count(), 1, "it cannot be published");
}

/** The same by Tab and Enter alone. */
async function publishedByButton(hands) {
  await received(hands);
  const title = await hands.title();
  await hands.tabTo("form[data-decision=publish] button");
  await hands.leave("Enter");
  assert.ok(!(await hands.queue()).includes(title), "a published item still waits");
}

/** Who does not want keys switches them off; they stay off on the next page. */
async function switchedOff(hands) {
  const before = await hands.queue();
  await hands.press("?");
  await hands.tabTo("#keys-help input");
  await hands.press("Space");
  await hands.press("Escape");
  await hands.queue();
  for (const key of ["j", "k", "n", "d", "p"]) await hands.press(key);
  assert.equal(await hands.page.evaluate(() => document.activeElement.matches(".queue-line")), false, "keys that are off still move");
  assert.deepEqual(await hands.queue(), before, "keys that are off still decide");
  await hands.press("?");
  await hands.tabTo("#keys-help input");
  await hands.press("Space");
  await hands.press("Escape");
  await hands.press("j");
  await hands.assertOn(".queue-line", "keys that are on again");
}
