// Makes the form of a publication quicker to use; it works without.
"use strict";

(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const status = form.querySelector("[data-autosave-status]");
  const fields = () => {
    const typed = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string" && !name.startsWith("take-")) typed.append(name, value);
    }
    return typed;
  };
  let kept = fields().toString();
  let timer, sending, isLeaving = false;

  // What is typed is sent a few seconds after the last change, and when the page is left.
  const isChanged = () => fields().toString() !== kept;

  async function keep() {
    clearTimeout(timer);
    if (isLeaving || !isChanged()) return;
    const typed = fields();
    if (sending) sending.abort();
    sending = new AbortController();
    try {
      const answer = await fetch(form.dataset.autosave + location.search.replace(/[?&]notice=[^&]*/, ""), {
        method: "POST", body: typed, signal: sending.signal, redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.status);
      kept = typed.toString();
      status.textContent = await answer.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      status.textContent = form.dataset.failed;
      timer = setTimeout(keep, 20000);
    }
  }

  function changed() {
    clearTimeout(timer);
    timer = setTimeout(keep, 2500);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    // A preview opens beside this page, which stays.
    if (event.submitter && event.submitter.formTarget === "_blank") return;
    isLeaving = true;
    clearTimeout(timer);
    if (sending) sending.abort();
  });
  // The page may be shown again from the browser's memory.
  addEventListener("pageshow", () => { isLeaving = false; });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || isLeaving || !isChanged()) return;
    clearTimeout(timer);
    const typed = fields();
    // Browsers refuse larger ones here.
    const isSmall = typed.toString().length < 60000;
    fetch(form.dataset.autosave, { method: "POST", body: typed, keepalive: isSmall })
      .then((answer) => { if (answer.ok) kept = typed.toString(); }, () => {});
  });

  // “Use this” fills the field without a round trip.
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-fill]");
    if (!button) return;
    event.preventDefault();
    const field = document.getElementById(button.dataset.fill);
    field.value = button.dataset.text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    button.closest(".found").hidden = true;
  });
})();
