// Progressive enhancement only: every page works without this file.
(() => {
  "use strict";

  // What was refused is read first.
  const refusals = document.querySelector(".refusals");
  if (refusals) refusals.focus();

  // Keys of the desk: "/" searches, j and k walk through rows, Enter opens the row's first link.
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
  const rows = () => [...document.querySelectorAll("main tbody tr")].filter((row) => row.querySelector("a"));
  const walk = (step) => {
    const all = rows();
    if (all.length === 0) return;
    const here = all.findIndex((row) => row.classList.contains("marked"));
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + step, 0), all.length - 1);
    all.forEach((row) => row.classList.remove("marked"));
    all[next].classList.add("marked");
    all[next].querySelector("a").focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  };
  // Single-key shortcuts can be switched off at the foot of the page (WCAG 2.1.4).
  const shortcuts = document.querySelector("[data-shortcuts]");
  if (shortcuts) {
    const button = shortcuts.querySelector("button");
    const off = () => localStorage.getItem("shortcuts") === "off";
    const show = () => button.setAttribute("aria-pressed", off() ? "false" : "true");
    button.addEventListener("click", () => {
      localStorage.setItem("shortcuts", off() ? "on" : "off");
      show();
    });
    show();
    shortcuts.hidden = false;
    document.addEventListener("keydown", (event) => {
      if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
      if (event.key === "/") {
        const search = document.querySelector("main input[type=search]") || document.querySelector("input[type=search]");
        if (!search) return;
        event.preventDefault();
        search.focus();
        search.select();
      } else if (event.key === "j") walk(1);
      else if (event.key === "k") walk(-1);
    });
  }

  // A submitted form is not sent twice by an impatient second click.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Printing is the browser's own; the button only saves looking for it.
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // Long work: the part of the page that shows progress is fetched anew until it says that it is done.
  const poll = async (region) => {
    if (document.hidden) return setTimeout(() => poll(region), 1500);
    let done = false;
    try {
      const answer = await fetch(region.dataset.poll || location.href, { headers: { Accept: "text/html" } });
      if (answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById(region.id);
        done = !fresh || !fresh.hasAttribute("data-poll");
        if (done) return location.reload();
        region.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // The network may come back: ask again.
    }
    if (!done) setTimeout(() => poll(region), 1500);
  };
  document.querySelectorAll("[data-poll]").forEach((region) => setTimeout(() => poll(region), 1500));
})();
