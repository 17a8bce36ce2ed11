// Comfort while an item is written: the preview follows, and what is not saved yet survives a reload.
(() => {
  "use strict";
  const form = document.querySelector(".editor-form form");
  if (!form) return;
  const KEY = `maillage-draft:${form.getAttribute("action")}`;
  const OWN = new Set(["csrf", "seen", "action"]);
  const WAIT = 700;

  // A file cannot be put back into a form: the browser asks for it again.
  const values = () =>
    Array.from(new FormData(form)).filter(([name, value]) => !OWN.has(name) && typeof value === "string");
  const asText = () => JSON.stringify(values());
  const kept = {
    read() {
      try { return sessionStorage.getItem(KEY); } catch { return null; }
    },
    write(text) {
      try { sessionStorage.setItem(KEY, text); } catch { /* private browsing */ }
    },
    forget() {
      try { sessionStorage.removeItem(KEY); } catch { /* private browsing */ }
    },
    sending() {
      try { sessionStorage.setItem("maillage-sent", KEY); } catch { /* private browsing */ }
    },
  };

  const restore = (text) => {
    const typed = new Map();
    for (const [name, value] of JSON.parse(text)) typed.set(name, [...(typed.get(name) ?? []), value]);
    for (const control of form.elements) {
      if (!control.name || OWN.has(control.name) || ["hidden", "file"].includes(control.type)) continue;
      const of = typed.get(control.name) ?? [];
      if (control.type === "checkbox" || control.type === "radio") control.checked = of.includes(control.value);
      else if ("value" in control && control.type !== "submit") {
        control.value = of[0] ?? "";
        // For the editor that stands in front of it.
        control.dispatchEvent(new Event("input"));
      }
    }
  };

  // What the node sent is what stands; what was typed since the last save comes back over it.
  const stands = asText();
  const before = kept.read();
  const answered = document.querySelector(".summary, .conflict");
  const found = document.getElementById("found-again");
  if (before && before !== stands && !answered) {
    restore(before);
    if (found) found.hidden = false;
    document.getElementById("forget-draft")?.addEventListener("click", () => {
      kept.forget();
      restore(stands);
      found.hidden = true;
      show();
    });
  }

  const place = (id, page) => {
    const fresh = page.getElementById(id);
    const old = document.getElementById(id);
    if (fresh && old) old.replaceWith(document.adoptNode(fresh));
  };
  let number = 0;
  const show = async () => {
    const mine = ++number;
    const body = new URLSearchParams(Array.from(new FormData(form)).filter(([, value]) => typeof value === "string"));
    body.set("action", "preview");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
      if (!answer.ok || mine !== number) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place("preview", page);
      place("missing", page);
    } catch { /* the button shows it all the same */ }
  };

  let timer;
  form.addEventListener("input", () => {
    kept.write(asText());
    clearTimeout(timer);
    const visible = matchMedia("(min-width: 80rem)").matches;
    timer = setTimeout(() => { if (visible) show(); }, WAIT);
  });
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.value !== "preview") {
      kept.write(asText());
      kept.sending();
      return;
    }
    event.preventDefault();
    await show();
    document.getElementById("preview")?.scrollIntoView({ block: "start" });
  });
  if (before && before !== stands && !answered) show();
})();
