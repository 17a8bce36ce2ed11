// The mails that a node has written into its folder, and the links in them.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** How long a mail may take, in milliseconds. */
const PATIENCE = 15_000;

/** The text of a message: what its Content-Transfer-Encoding makes of the body (RFC 2045). */
function text(message) {
  const at = message.search(/\r?\n\r?\n/);
  const [head, body] = [message.slice(0, at), message.slice(at)];
  const encoding = head.match(/^Content-Transfer-Encoding:\s*(\S+)/im)?.[1].toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding !== "quoted-printable") return body;
  const bytes = body.replaceAll(/=\r?\n/g, "").replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** The link of the newest mail to an address whose path begins like this; waits for it. `after` are links that are known already. */
export async function linkMailed(folder, to, path, after = []) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const files = readdirSync(folder).filter((name) => name.endsWith(".eml")).map((name) => join(folder, name));
    files.sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
    for (const file of files) {
      const message = readFileSync(file, "utf8");
      if (!message.includes(`To: ${to}`)) continue;
      const link = text(message).match(new RegExp(`https?://\\S+${path}\\S+`))?.[0];
      if (link && !after.includes(link)) return link;
    }
    if (Date.now() > end) throw new Error(`no mail to ${to} with ${path} in ${folder}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
