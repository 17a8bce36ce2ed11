// Comfort on every page of the back office. Everything it does can be done without it.
(() => {
  "use strict";

  // A form is sent once, however often its button is pressed.
  let sent = false;
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "dialog") return;
    if (sent) event.preventDefault();
    sent = true;
    // Where the answer does not come, it can be sent again.
    setTimeout(() => { sent = false; }, 5000);
  });
  window.addEventListener("pageshow", () => { sent = false; });

  // What was kept of a form that has arrived is no longer needed.
  try {
    const kept = sessionStorage.getItem("maillage-sent");
    if (kept && document.querySelector(".notice-done[role=status], .notice-info[role=status]")) {
      sessionStorage.removeItem(kept);
      sessionStorage.removeItem("maillage-sent");
    }
  } catch { /* private browsing */ }

  // Names of places while they are typed, offered by the node itself.
  const WAIT = 150;
  const offer = (input) => {
    const list = input.list;
    if (!list) return;
    const usual = list.innerHTML;
    // Titles hold commas, names of places do not.
    const between = input.dataset.between ?? ",";
    let timer;
    let asked = "";
    input.addEventListener("input", () => {
      clearTimeout(timer);
      // Several places stand in one line; the one being typed is the last.
      const at = input.hasAttribute("data-single") ? -1 : input.value.lastIndexOf(between);
      const before = at < 0 ? "" : `${input.value.slice(0, at)}${between} `;
      const text = input.value.slice(at + 1).trim();
      if (text.length < 2) { asked = ""; list.innerHTML = usual; return; }
      if (text === asked) return;
      timer = setTimeout(async () => {
        asked = text;
        try {
          const address = new URL(input.dataset.places, location.href);
          address.searchParams.set("q", text);
          const answer = await fetch(address);
          if (!answer.ok || text !== asked) return;
          const { places } = await answer.json();
          list.replaceChildren(...places.map((place) => new Option("", before + place)));
        } catch { /* typed names are understood without this */ }
      }, WAIT);
    });
  };
  for (const input of document.querySelectorAll("input[data-places]")) offer(input);
})();
