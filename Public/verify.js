// Hashes a chosen PDF in the browser, so that it need not be uploaded. Browsers offer hashing only to
// pages that came over TLS or from this machine; elsewhere the form uploads the file.
"use strict";

(() => {
  const form = document.querySelector("form.verify");
  if (!form || !window.isSecureContext || !crypto.subtle) return;
  const input = form.querySelector("input[type=file]");
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  // The whole file has to fit into memory.
  const limit = 512 * 1024 * 1024;
  let latest;
  button.hidden = true;

  function offerUpload(text) {
    status.textContent = text;
    button.textContent = button.dataset.compare;
    button.hidden = false;
  }

  async function check(file) {
    latest = file;
    button.hidden = true;
    if (file.size > limit) return offerUpload(status.dataset.failed);
    status.textContent = status.dataset.working;
    try {
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
      const hash = Array.from(digest, byte => byte.toString(16).padStart(2, "0")).join("");
      const answer = await fetch("/files/" + hash, { headers: { Accept: "application/json" } });
      // Another file has been chosen meanwhile.
      if (latest !== file) return;
      if (answer.ok) {
        const language = form.dataset.language;
        location.assign("/files/" + hash + (language ? "?lang=" + language : ""));
      } else {
        offerUpload(answer.status === 404 ? status.dataset.unknown : status.dataset.failed);
      }
    } catch {
      if (latest === file) offerUpload(status.dataset.failed);
    }
  }

  input.addEventListener("change", () => { if (input.files.length) check(input.files[0]); });
  form.addEventListener("dragover", event => {
    event.preventDefault();
    form.classList.add("is-over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("is-over"));
  form.addEventListener("drop", event => {
    event.preventDefault();
    form.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    check(input.files[0]);
  });
  // A browser may have kept the file that was chosen before the page was reloaded.
  if (input.files.length) check(input.files[0]);
})();
