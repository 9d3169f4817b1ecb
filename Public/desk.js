// Keyboard shortcuts of the desk, and the focus on what went wrong.
"use strict";

// What a form reports is read at once: the summary of its errors gets the focus.
{
  const link = document.querySelector('[role="alert"] .problems a[href^="#"]');
  const summary = link && link.closest('[role="alert"]');
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }
}

// The dialog has the list of shortcuts and the switch that turns them off (WCAG 2.2, 2.1.4).
(() => {
  const list = document.getElementById("shortcuts");
  const opener = document.querySelector(".shortcuts-button");
  const dialog = document.createElement("dialog");
  if (!list || !opener || !dialog.showModal) return;
  list.replaceWith(dialog);
  dialog.append(...list.childNodes);
  dialog.id = list.id;
  dialog.setAttribute("aria-labelledby", "shortcuts-title");
  document.getElementById("close-shortcuts").addEventListener("click", () => dialog.close());
  const choice = document.getElementById("use-shortcuts");
  const links = [...dialog.querySelectorAll("a[data-keys]")];
  let store = null;
  try { store = localStorage; } catch { /* Some browsers forbid it; the choice lasts for a page. */ }
  choice.checked = !store || store.getItem("shortcuts") !== "off";
  choice.addEventListener("change", () => {
    if (store) store.setItem("shortcuts", choice.checked ? "on" : "off");
  });
  opener.hidden = false;
  opener.querySelector("button").addEventListener("click", () => dialog.showModal());

  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  let pressed = "", last = 0;
  document.addEventListener("keydown", (event) => {
    if (!choice.checked || event.defaultPrevented || event.ctrlKey || event.metaKey
      || event.altKey || event.isComposing || isTyping(event.target)
      || document.querySelector("dialog[open]")) return;
    if (event.key === "?") {
      event.preventDefault();
      dialog.showModal();
      return;
    }
    if (event.key === "/") {
      const field = document.querySelector('main input[type="search"]');
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
      return;
    }
    if (event.key.length !== 1) return;
    // Two keys belong together for a second and a half.
    if (event.timeStamp - last > 1500) pressed = "";
    last = event.timeStamp;
    pressed = (pressed + event.key).slice(-2);
    const link = links.find((link) => link.dataset.keys === pressed);
    if (link) location.assign(link.href);
  });
})();
