// Keyboard for the moderation queue. Everything it does can be done without it.
(() => {
  "use strict";
  const KEY = "maillage-keys";
  const help = document.getElementById("keys-help");
  const box = document.getElementById("keys-on");
  const lines = Array.from(document.querySelectorAll(".queue-line"));
  const remember = {
    get on() {
      try { return localStorage.getItem(KEY) !== "off"; } catch { return true; }
    },
    set on(value) {
      try { localStorage.setItem(KEY, value ? "on" : "off"); } catch { /* private browsing */ }
    },
  };

  const hint = () => document.querySelector(".keys")?.toggleAttribute("hidden", !remember.on);
  if (box) {
    box.checked = remember.on;
    box.addEventListener("change", () => { remember.on = box.checked; hint(); });
  }
  hint();

  const current = () => {
    const focused = lines.indexOf(document.activeElement);
    return focused >= 0 ? focused : lines.findIndex((line) => line.hasAttribute("aria-current"));
  };
  const move = (step) => {
    const to = lines[Math.min(Math.max(current() + step, 0), lines.length - 1)];
    to?.focus();
    to?.scrollIntoView({ block: "nearest" });
  };
  const decline = () => {
    const details = document.querySelector("details[data-decision=decline]");
    if (!details) return;
    details.open = true;
    details.querySelector("input[type=radio], textarea")?.focus();
  };
  const actions = {
    j: () => move(1),
    k: () => move(-1),
    n: () => document.querySelector("a[data-next]")?.click(),
    p: () => document.querySelector("form[data-decision=publish]")?.requestSubmit(),
    d: decline,
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && event.key === "p") return;
    if (event.key === "?" && help && !help.open) {
      event.preventDefault();
      help.showModal();
      return;
    }
    const action = remember.on && !help?.open && actions[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });
})();
