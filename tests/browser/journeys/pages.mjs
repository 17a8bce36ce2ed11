// Every kind of page, as the people who need it open it; `album` looks at each.
import { strict as assert } from "node:assert";
import { join } from "node:path";
import { linkMailed } from "../mails.mjs";

/** Who is invited by these pages. */
const INVITED = "invitee@mef58.example";

/** Everything that can be unfolded is. */
const unfolded = async (page) => {
  await page.evaluate(() => document.querySelectorAll("main details").forEach((one) => (one.open = true)));
};

/** The address of the first link that a selector finds on a page. */
async function linked(visitor, address, selector) {
  await visitor.open(address);
  const href = await visitor.page.locator(selector).first().getAttribute("href");
  return new URL(href, address).href;
}

/** Sends the form on the page by one of its buttons. */
async function send(page, button = "main form button.main") {
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.locator(button).first().click();
  await answer;
  await page.waitForLoadState("load");
}

/** Somebody without an account. */
export async function stranger(browser, world, album) {
  const { url, site, service, item, event, training, structure, withdrawn } = world.node;
  const somebody = await browser.visitor(true);
  await album.open(somebody, "first-run", `${world.firstRuns[2].url}/setup`);
  await album.open(somebody, "first-run-refused", `${world.firstRuns[2].url}/setup`, (page) => send(page));
  await album.open(somebody, "login", `${url}/login`);
  await album.open(somebody, "login-refused", `${url}/login`, async (page) => {
    await somebody.fill({ email: "personne@mef58.example", password: "ce n'est pas le bon" });
    await send(page);
  });
  await album.open(somebody, "node", `${url}/`);
  await album.open(somebody, "node-empty", `${world.firstRuns[1].url}/`);
  await album.open(somebody, "site", `${url}/sites/${site}`);
  await album.open(somebody, "site-small", `${url}/sites/nevers`);
  await album.open(somebody, "site-empty", `${url}/sites/atelier`);
  const list = `${url}/sites/${site}/${service}`;
  await album.open(somebody, "list", list);
  await album.open(somebody, "list-filtered", `${list}?theme=emploi&place=departement:58`);
  await album.open(somebody, "list-filters-open", `${list}?theme=emploi#filters`, async (page) => {
    const filters = page.locator(".to-filters a, a.to-filters").first();
    await page.setViewportSize({ width: 360, height: 900 });
    await filters.click();
  });
  await album.open(somebody, "list-empty", `${list}?q=introuvable`);
  await album.open(somebody, "search", `${url}/sites/${site}/recherche?q=emploi`);
  await album.open(somebody, "agenda", `${url}/sites/${site}/agenda`);
  for (const view of ["month", "week"]) {
    await album.open(somebody, `agenda-${view}`, `${url}/sites/${site}/agenda?view=${view}`);
  }
  await album.open(somebody, "list-around", `${list}?near=nevers&km=10&from=2026-01-01`);
  await album.open(somebody, "list-map", `${list}?view=map`);
  await album.open(somebody, "agenda-map", `${url}/sites/${site}/agenda?view=map`);
  await album.open(somebody, "list-around-refused", `${list}?near=nulle+part`);
  await subscribers(somebody, world, album);
  await album.open(somebody, "trainings", `${url}/sites/${site}/formations`);
  await album.open(somebody, "structures", `${url}/sites/${site}/annuaire`);
  await album.open(somebody, "item", item);
  await album.open(somebody, "item-on-site", await linked(somebody, list, ".list-items .card a"));
  await album.open(somebody, "event", event);
  await album.open(somebody, "training", training);
  await album.open(somebody, "structure", structure);
  await album.open(somebody, "service", `${url}/services/${service}`);
  await album.open(somebody, "not-found", `${url}/sites/${site}/nulle-part`, undefined, 404);
  await album.open(somebody, "withdrawn", withdrawn, undefined, 410);
}

/** Who asks to be told by mail. */
async function subscribers(visitor, world, album) {
  const { url, site, service, mails } = world.node;
  const form = `${url}/alerts/new?list=${encodeURIComponent(`/sites/${site}/${service}`)}`;
  const email = "lectrice@exemple.example";
  await album.open(visitor, "alert", form);
  await album.open(visitor, "alert-refused", form, (page) => send(page));
  await album.open(visitor, "alert-sent", form, async (page) => {
    await visitor.fill({ email });
    await send(page);
  });
  await album.open(visitor, "alert-confirm", await linkMailed(mails, email, "/alerts/"));
  await album.open(visitor, "alert-ended", `${url}/alerts/stop/x`, undefined, 404);
}

/** Who writes. */
export async function writer(browser, world, album) {
  const { url, author, service } = world.node;
  const visitor = await browser.visitor(true);
  await visitor.signIn(url, author, world.password);
  await album.open(visitor, "work", `${url}/office`);
  await album.open(visitor, "services", `${url}/office/services`);
  await album.open(visitor, "service-office", `${url}/office/services/${service}`);
  await album.open(visitor, "service-search-empty", `${url}/office/services/${service}?q=introuvable`);
  await editors(visitor, url, service, album);
  await items(visitor, url, album);
  await imports(visitor, world, album);
  await album.open(visitor, "sites-without-role", `${url}/office/sites`);
  await album.open(visitor, "forbidden", `${url}/office/settings/accounts`, undefined, 403);
}

async function editors(visitor, url, service, album) {
  const fresh = `${url}/office/services/${service}/new`;
  await album.open(visitor, "editor", fresh);
  await album.open(visitor, "editor-open", fresh, unfolded);
  for (const [name, other] of [["editor-event", "agenda"], ["editor-training", "formations"], ["editor-structure", "annuaire"]]) {
    await album.open(visitor, name, `${url}/office/services/${other}/new`, unfolded);
  }
  await album.open(visitor, "editor-refused", fresh, async (page) => {
    await unfolded(page);
    await visitor.fill({ titre: "Un titre, et rien d'autre", lien: "pas une adresse" });
    await send(page, 'button[name="action"][value="submit"]');
  });
  await album.open(visitor, "editor-preview", fresh, async (page) => {
    await visitor.fill({
      titre: "Le forum de l'alternance s'installe à Nevers",
      chapo: "Deux jours, soixante entreprises et un atelier pour son CV.",
      texte: "## Le programme\n\nOn y parle **contrats**, *rythme* et logement.\n\n- le mardi\n- le jeudi",
      "territoires.add": "Nevers",
    });
    await page.locator('button[name="action"][value="preview"]').click();
    await page.locator("#preview", { hasText: "soixante entreprises" }).waitFor();
  });
  // What was typed is found again, and can be thrown away.
  await album.open(visitor, "editor-found-again", fresh, async (page) => {
    assert.ok(await page.locator("#found-again").isVisible(), "what was typed is not offered again");
  });
  await visitor.page.locator("#forget-draft").click();
}

async function items(visitor, url, album) {
  const declined = await linked(visitor, `${url}/office`, "section:has(#declined) .line a");
  await album.open(visitor, "entry-declined", declined);
  await album.open(visitor, "editor-declined", `${declined}/edit`);
  const draft = await linked(visitor, `${url}/office`, "section:has(#drafts) .line a");
  await album.open(visitor, "entry-draft", draft);
  const submitted = await linked(visitor, `${url}/office`, "section:has(#submitted) .line a");
  await album.open(visitor, "entry-submitted", submitted);
}

async function imports(visitor, world, album) {
  const { url } = world.node;
  const address = `${url}/office/services/agenda/import`;
  await album.open(visitor, "import", address, unfolded);
  await album.open(visitor, "import-refused", address, (page) => send(page));
  const file = join(world.fixtures, "agenda-windows1252.csv");
  await album.open(visitor, "import-tried", address, async (page) => {
    await page.locator('input[type="file"]').setInputFiles(file);
    await page.locator('[name="dry_run"]').check();
    await send(page);
    assert.ok(await page.locator("#report .problems li").count(), "the report names no bad row");
  });
}

/** Who decides. */
export async function moderator(browser, world, album) {
  const { url, moderator: email, corrected } = world.node;
  const reader = await browser.visitor(true);
  await reader.signIn(url, email, world.password);
  const queue = `${url}/office/queue`;
  await album.open(reader, "queue", queue);
  const open = await linked(reader, queue, ".queue-line");
  await album.open(reader, "queue-open", open, async (page) => {
    await page.evaluate(() => document.querySelectorAll("details.decline").forEach((one) => (one.open = true)));
  });
  await album.open(reader, "queue-declining", open, async (page) => {
    await page.locator("details[data-decision=decline] summary").click();
  });
  await album.open(reader, "queue-decline-refused", open, async (page) => {
    await page.locator("details[data-decision=decline] summary").click();
    await send(page, "details[data-decision=decline] button.danger");
  });
  await album.open(reader, "queue-several", `${url}/office/queue/several`);
  await album.open(reader, "queue-several-refused", `${url}/office/queue/several`, (page) => send(page, 'button[value="decline"]'));
  await album.open(reader, "queue-keys", queue, (page) => page.keyboard.press("?"));
  const received = await linked(reader, queue, ".queue-line:has(.source-received)");
  await album.open(reader, "queue-received", received);
  const entry = await linked(reader, received, "#open-title a");
  await album.open(reader, "entry-received", entry);
  const correction = `${url}/office/items/${corrected}`;
  await album.open(reader, "entry-corrected", correction);
  await album.open(reader, "entry-withdrawing", correction, unfolded);
  await album.open(reader, "revision", `${correction}/revisions/2`);
  await album.open(reader, "revisions", `${correction}/revisions?from=2&to=1`);
  await album.open(reader, "editor-correction", `${correction}/edit`);
}

/** Who administers. */
export async function administrator(browser, world, album) {
  const { url, administrator: email } = world.node;
  const visitor = await browser.visitor(true);
  await visitor.signIn(url, email, world.password);
  await federation(visitor, url, world.partner, album);
  await sites(visitor, url, world.node.site, album);
  await people(visitor, url, album);
  await links(await browser.visitor(true), world.node, album);
  const service = `${url}/office/services/actus`;
  await album.open(visitor, "service-managed", service);
  await album.open(visitor, "service-new", `${url}/office/services/new`);
  await album.open(visitor, "service-edit", `${service}/edit`);
  await album.open(visitor, "member-new", `${service}/members/new`);
  await album.open(visitor, "member-edit", await linked(visitor, service, ".people a"));
}

async function federation(visitor, url, partner, album) {
  const office = `${url}/office/federation`;
  await album.open(visitor, "federation", office);
  await album.open(visitor, "federation-stopping", office, unfolded);
  await album.open(visitor, "followers", `${office}/followers`);
  await album.open(visitor, "deliveries", `${office}/deliveries`);
  await album.open(visitor, "deliveries-trouble", await linked(visitor, `${office}/deliveries`, ".tabs + .lead + .tabs li:last-child a"));
  await album.open(visitor, "subscription-new", `${office}/new`, unfolded);
  await album.open(visitor, "subscription-refused", `${office}/new`, async (page) => {
    await visitor.fill({ address: "@personne@localhost:1" });
    await page.locator('[name="into"]').selectOption({ index: 1 });
    await send(page);
  });
  const rules = await linked(visitor, office, `.line:has(.handle:text("${partner}")) .line-title a`);
  await album.open(visitor, "subscription", rules);
  await album.open(visitor, "subscription-rules", rules, unfolded);
  await album.open(visitor, "subscription-tried", rules, async (page) => {
    await send(page, 'button[name="action"][value="try"]');
    assert.ok((await page.locator("#trial details").count()) > 0, "the trial decides nothing");
  });
}

async function sites(visitor, url, site, album) {
  const office = `${url}/office/sites`;
  await album.open(visitor, "sites", office);
  await album.open(visitor, "site-new", `${office}/new`);
  await album.open(visitor, "site-office", `${office}/${site}`);
  await album.open(visitor, "site-office-empty", `${office}/atelier`);
  await album.open(visitor, "site-edit", `${office}/${site}/edit`);
  await album.open(visitor, "placement-new", `${office}/${site}/placements/new`, unfolded);
  await album.open(visitor, "placement-edit", await linked(visitor, `${office}/nevers`, ".lines .line-title a"), unfolded);
  await firstPage(visitor, url, album);
  await workshop(visitor, url, album);
}

/** The first page of a site, made of blocks, its pages and its members. */
async function firstPage(visitor, url, album) {
  const office = `${url}/office/sites/nevers`;
  for (const [kind, name, value] of [
    ["text", "body", "Nous vous recevons **sans rendez-vous** au 12, rue du Commerce."],
    ["partners", "partners", "Mission locale https://ml58.example/\nChambre de métiers et de l’artisanat"],
    ["numbers"],
    ["latest"],
  ]) {
    await album.open(visitor, `block-${kind}`, `${office}/blocks/new?kind=${kind}`, async () => {
      if (name) await visitor.fill({ [name]: value });
    });
    await send(visitor.page);
  }
  await album.open(visitor, "block-refused", `${office}/blocks/new?kind=text`, (page) => send(page));
  await album.open(visitor, "blocks", `${office}/blocks`);
  await album.open(visitor, "block-edit", `${office}/blocks/0`);
  await album.open(visitor, "pages-of-site", `${office}/pages`, unfolded);
  await album.open(visitor, "page-new", `${office}/pages/new`, () =>
    visitor.fill({ title: "Qui sommes-nous ?", body: "Une équipe de huit personnes.\n\n- l’accueil\n- la documentation" }));
  await send(visitor.page);
  await album.open(visitor, "page-edit", `${office}/pages/qui-sommes-nous`);
  await album.open(visitor, "site-members", `${office}/members`);
  await album.open(visitor, "site-of-blocks", `${url}/sites/nevers`);
  await album.open(visitor, "plain-page", `${url}/sites/nevers/pages/qui-sommes-nous`);
}

/** A workshop with a document of two versions and a discussion. */
async function workshop(visitor, url, album) {
  const { page } = visitor;
  await visitor.open(`${url}/office/sites/new`);
  await page.locator('[name="title"]').fill("Atelier du réseau");
  await page.locator('[name="kind"][value="workshop"]').check();
  await send(page);
  const inside = `${url}/sites/atelier-du-reseau/atelier`;
  const file = (text) => ({ name: "compte-rendu.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await album.open(visitor, "workshop-empty", `${url}/sites/atelier-du-reseau`);
  await album.open(visitor, "workshop-documents-refused", `${inside}/documents`, (page) => send(page));
  await album.open(visitor, "workshop-documents", `${inside}/documents`, unfolded);
  await page.locator('[name="file"]').setInputFiles(file("Premier jet"));
  await page.locator('form:has([name="file"]) [name="title"]').fill("Compte rendu du comité de mars");
  await send(page, 'form:has([name="file"]) button.main');
  const document = page.url();
  await page.locator('[name="file"]').setInputFiles(file("Second jet"));
  await page.locator('form:has([name="file"]) [name="change"]').fill("Relu par la direction");
  await send(page, 'form:has([name="file"]) button.main');
  await album.open(visitor, "workshop-document", document, unfolded);
  await album.open(visitor, "workshop-discussions", `${inside}/discussions`);
  await page.locator('[name="subject"]').fill("Préparer le forum de mars");
  await page.locator('[name="body"]').fill("Qui tient le stand de l’alternance ?\nIl faut deux personnes le matin.");
  await send(page);
  await album.look(visitor, "workshop-discussion");
  await album.open(visitor, "workshop-members", `${inside}/members`);
  await album.open(visitor, "workshop", `${url}/sites/atelier-du-reseau`);
}

async function people(visitor, url, album) {
  const settings = `${url}/office/settings`;
  await album.open(visitor, "organisations", settings);
  await album.open(visitor, "organisation-new", `${settings}/organisations/new`);
  await album.open(visitor, "organisation-edit", await linked(visitor, settings, ".line-title a"));
  await album.open(visitor, "themes", `${settings}/themes`);
  await album.open(visitor, "theme-new", `${settings}/themes/new`);
  await album.open(visitor, "theme-edit", `${settings}/themes/mobilite`);
  await album.open(visitor, "accounts", `${settings}/accounts`);
  await album.open(visitor, "account-new", `${settings}/accounts/new`);
  await album.open(visitor, "account-refused", `${settings}/accounts/new`, (page) => send(page));
  await album.open(visitor, "account-edit", await linked(visitor, `${settings}/accounts`, ".line-title a"));
  await album.open(visitor, "node-settings", `${settings}/node`);
  await album.open(visitor, "notices", `${settings}/notices`);
  await album.open(visitor, "password", `${settings}/password`);
  await album.open(visitor, "tokens", `${settings}/tokens`);
  await album.open(visitor, "token-made", `${settings}/tokens`, async (page) => {
    await page.locator("main form input[type=text]").first().fill("Tableau de bord de la direction");
    await send(page);
  });
  await album.open(visitor, "security", `${settings}/security`);
  await album.open(visitor, "second-factor", `${settings}/second-factor`);
  await album.open(visitor, "second-factor-refused", `${settings}/second-factor`, async (page) => {
    await visitor.fill({ confirm: "000000" });
    await send(page);
  });
  await album.open(visitor, "invitation-new", `${settings}/invitations/new`);
  await album.open(visitor, "invitation-service", `${url}/office/services/actus/invite`);
  await album.open(visitor, "invitations", `${settings}/invitations/new`, async (page) => {
    await visitor.fill({ email: INVITED });
    await send(page);
    await page.locator(".line", { hasText: INVITED }).waitFor();
  });
  await album.open(visitor, "invitations-list", `${settings}/invitations`, unfolded);
  await album.open(visitor, "mails", `${settings}/mails`);
  await album.open(visitor, "audit", `${settings}/audit`);
  await album.open(visitor, "audit-details", `${settings}/audit?subject=account`, unfolded);
}

/** What links of mails lead to. */
async function links(somebody, { url, mails, newcomer }, album) {
  await album.open(somebody, "invitation", await linkMailed(mails, INVITED, "/invitation/"));
  await album.open(somebody, "invitation-ended", `${url}/invitation/x`, undefined, 404);
  await album.open(somebody, "forgotten", `${url}/forgotten`);
  await album.open(somebody, "forgotten-sent", `${url}/forgotten`, async (page) => {
    await somebody.fill({ email: newcomer });
    await send(page);
  });
  await album.open(somebody, "reset", await linkMailed(mails, newcomer, "/reset/"));
}

/** Who has nothing yet: every list that is empty says what to do. */
export async function newcomers(browser, world, album) {
  const { url, newcomer, reader } = world.node;
  const person = await browser.visitor(true);
  await person.signIn(url, newcomer, world.password);
  await album.open(person, "work-without-role", `${url}/office`);
  await album.open(person, "services-without-role", `${url}/office/services`);
  await album.open(person, "settings-without-role", `${url}/office/settings`);
  const calm = await browser.visitor(true);
  await calm.signIn(url, reader, world.password);
  await album.open(calm, "queue-empty", `${url}/office/queue`);
  await album.open(calm, "service-empty", `${url}/office/services/entre-nous`);
  // The second first run has set this node up; there is nothing on it yet.
  const first = await browser.visitor(true);
  const base = world.firstRuns[1].url;
  await first.signIn(base, "administration@mef58.example", world.password);
  for (const [name, path] of [
    ["work-first", ""], ["services-first", "/services"], ["sites-first", "/sites"], ["queue-first", "/queue"],
    ["federation-first", "/federation"], ["followers-first", "/federation/followers"],
    ["deliveries-first", "/federation/deliveries"], ["subscription-first", "/federation/new"],
  ]) {
    await album.open(first, name, `${base}/office${path}`);
  }
}
