// Uploads PDFs in parts, so that they continue after a pause, a lost connection or a new start of
// the server. Without this script the forms send whole files.
"use strict";

(() => {
  const PART = 4 * 1024 * 1024;
  const MOST_AT_ONCE = 3;
  const LONGEST_WAIT = 30000;

  /** An answer that trying again does not change. */
  class Refusal extends Error {}
  /** The session has ended. */
  class SignedOut extends Error {}

  const fill = (words, ...values) => words.replace(/\{(\d)\}/g, (_, n) => values[n - 1]);
  const size = bytes => {
    const isLarge = bytes >= 1e6;
    return new Intl.NumberFormat(document.documentElement.lang, {
      style: "unit", unit: isLarge ? "megabyte" : "kilobyte",
      maximumFractionDigits: isLarge ? 1 : 0, minimumFractionDigits: isLarge ? 1 : 0,
    }).format(bytes / (isLarge ? 1e6 : 1e3));
  };
  const base64 = text =>
    btoa(String.fromCharCode(...new TextEncoder().encode(text)));

  /** The token of the page's forms; a new one after signing in again. */
  const tokenField = () => document.querySelector('main input[name="form-token"]');
  async function renewToken(address) {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.redirected && new URL(answer.url).pathname.endsWith("/sign-in")) throw new SignedOut();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector('main input[name="form-token"]')?.value;
    if (!token) throw new SignedOut();
    for (const field of document.querySelectorAll('input[name="form-token"]')) field.value = token;
  }

  /** One file on its way. `changed` is called when there is something to show. */
  class Upload {
    constructor(file, purpose, uploads, changed) {
      Object.assign(this, { file, purpose, uploads, changed });
      this.state = "waiting";
      this.offset = 0;
    }

    set(state, more = {}) {
      this.state = state;
      Object.assign(this, more);
      this.changed(this);
    }

    /** Sends the file until it is complete, refused or paused. */
    async run() {
      this.set("sending", { message: "" });
      let wait = 1000;
      while (this.state === "sending") {
        try {
          if (!this.address) await this.begin();
          else if (this.isUnsure) await this.ask();
          this.isUnsure = false;
          wait = 1000;
          await this.sendPart();
        } catch (error) {
          if (this.state !== "sending") return;
          if (error instanceof Refusal) return this.set("refused", { message: error.message });
          if (error instanceof SignedOut) return this.set("signed-out");
          if (error.name === "NotReadableError") return this.set("unreadable");
          this.isUnsure = true;
          this.set("sending", { isOffline: true });
          await this.pause(wait);
          wait = Math.min(2 * wait, LONGEST_WAIT);
        }
      }
    }

    stop(state) {
      this.set(state, { isUnsure: true });
      this.request?.abort();
      this.wake?.();
    }

    pause(milliseconds) {
      return new Promise(done => {
        const end = () => {
          clearTimeout(timer);
          removeEventListener("online", end);
          done();
        };
        const timer = setTimeout(end, milliseconds);
        addEventListener("online", end);
        this.wake = end;
      });
    }

    async begin() {
      const key = [this.file.name, this.file.size, this.file.lastModified].join("/");
      const metadata = { filename: this.file.name, key, purpose: this.purpose };
      const answer = await this.send("POST", this.uploads, {
        "Upload-Length": this.file.size,
        "Upload-Metadata": Object.entries(metadata)
          .map(([name, value]) => `${name} ${base64(value)}`).join(","),
      });
      this.address = answer.location;
      this.take(answer);
    }

    async ask() {
      this.take(await this.send("GET", this.address));
    }

    async sendPart() {
      if (this.state !== "sending") return;
      const part = this.file.slice(this.offset, this.offset + PART);
      // Read before it is sent: a file that has been removed meanwhile is no lost connection.
      const bytes = await part.arrayBuffer();
      if (this.state !== "sending") return;
      const start = this.offset;
      this.take(await this.send("PATCH", this.address, {
        "Content-Type": "application/offset+octet-stream", "Upload-Offset": start,
      }, bytes, sent => this.set(this.state, { offset: start + sent, isOffline: false })));
    }

    take(answer) {
      const { state, offset, message, title, address, token, isBeingRead } = answer.json;
      const isComplete = this.purpose === "form" && offset === this.file.size;
      this.set(state === "open" ? (isComplete ? "complete" : this.state) : state, {
        offset, message: state === "open" ? "" : message, title, link: address, token, isBeingRead,
        isOffline: false,
      });
    }

    /** Sends a request; fails when it should be tried again. */
    async send(method, address, headers = {}, body = null, progress = null, isAgain = false) {
      const answer = await new Promise((done, failed) => {
        const request = this.request = new XMLHttpRequest();
        request.open(method, address);
        request.setRequestHeader("Form-Token", tokenField()?.value ?? "");
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        if (progress) request.upload.onprogress = event => progress(event.loaded);
        request.onload = () => {
          let json = {};
          try { json = JSON.parse(request.responseText); } catch { /* a page of a proxy */ }
          done({
            status: request.status, json, location: request.getResponseHeader("Location"),
            offset: request.getResponseHeader("Upload-Offset"),
            wait: request.getResponseHeader("Retry-After"),
          });
        };
        request.onerror = request.onabort = request.ontimeout = () => failed(new Error());
        request.send(body);
      });
      const { status, json } = answer;
      if (status >= 200 && status < 300) return answer;
      if (status === 422 && json.state === "refused") return answer;
      if (status === 401) throw new SignedOut();
      if (status === 403 && !isAgain) {
        await renewToken(location.href);
        return this.send(method, address, headers, body, progress, true);
      }
      if (status === 404 && this.address) {
        // Begun again, as it was cancelled or is too old.
        this.address = null;
        this.offset = 0;
        throw new Error();
      }
      if (status === 409 || status === 429 || status >= 500) {
        if (status === 507) throw new Refusal(json.message);
        if (answer.wait) await this.pause(1000 * Math.min(answer.wait, 60));
        throw new Error();
      }
      throw new Refusal(json.message ?? String(status));
    }
  }

  // MARK: Files that become drafts

  const zone = document.querySelector("form.drop-zone");
  if (zone) dropZone(zone);

  function dropZone(zone) {
    const words = JSON.parse(zone.dataset.words);
    const uploads = [];
    const input = zone.querySelector("input[type=file]");
    const label = zone.querySelector("label");
    zone.classList.add("with-script");
    zone.querySelector("button").hidden = true;
    label.textContent = words.drop;

    const queue = document.createElement("div");
    queue.className = "upload-queue";
    queue.hidden = true;
    const summary = document.createElement("p");
    summary.setAttribute("role", "status");
    const all = button(words.pauseAll, () => {
      const isRunning = uploads.some(({ state }) => state === "sending" || state === "waiting");
      for (const upload of uploads) {
        if (isRunning && ["sending", "waiting"].includes(upload.state)) upload.stop("paused");
        else if (!isRunning && upload.state !== "refused") again(upload);
      }
    });
    const list = document.createElement("ol");
    list.className = "uploads";
    queue.append(summary, all, list);
    zone.after(queue);

    input.addEventListener("change", () => {
      add([...input.files]);
      input.value = "";
    });
    // A file that misses the zone would replace the page.
    addEventListener("dragover", event => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      zone.classList.add("is-over");
    });
    addEventListener("dragleave", event => {
      if (!event.relatedTarget) zone.classList.remove("is-over");
    });
    addEventListener("drop", event => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      zone.classList.remove("is-over");
      add([...event.dataTransfer.files]);
    });
    addEventListener("beforeunload", event => {
      if (uploads.some(isUnfinished)) event.preventDefault();
    });

    function add(files) {
      for (const file of files) {
        const upload = new Upload(file, "draft", zone.dataset.uploads, show);
        upload.row = row(upload);
        list.append(upload.row);
        uploads.push(upload);
        show(upload);
      }
      queue.hidden = false;
      next();
    }

    function next() {
      const free = MOST_AT_ONCE - uploads.filter(({ state }) => state === "sending").length;
      for (const upload of uploads.filter(({ state }) => state === "waiting").slice(0, free)) {
        upload.run().finally(next);
      }
      count();
      follow();
    }

    function again(upload) {
      if (!isUnfinished(upload) || upload.state === "sending") return;
      upload.set("waiting");
      next();
    }

    function row(upload) {
      const row = document.createElement("li");
      row.innerHTML = '<p class="file"><bdi></bdi> <span class="small"></span></p>'
        + '<progress max="100"></progress><p class="outcome"></p><div class="actions"></div>';
      row.querySelector("bdi").textContent = upload.file.name;
      row.querySelector("progress").setAttribute("aria-label", upload.file.name);
      row.querySelector(".small").textContent = size(upload.file.size);
      const toggle = button(words.pause, () => {
        if (["sending", "waiting"].includes(upload.state)) upload.stop("paused");
        else again(upload);
        next();
      }, upload.file.name);
      toggle.dataset.toggle = "";
      const cancel = button(words.cancel, async () => {
        upload.stop("cancelled");
        uploads.splice(uploads.indexOf(upload), 1);
        row.remove();
        next();
        if (upload.address) await upload.send("DELETE", upload.address).catch(() => {});
      }, upload.file.name);
      row.querySelector(".actions").append(toggle, cancel);
      return row;
    }

    function show(upload) {
      const { row, state } = upload;
      if (!row) return;
      const isOver = !isUnfinished(upload);
      const share = Math.floor(100 * upload.offset / Math.max(1, upload.file.size));
      row.dataset.state = state;
      row.querySelector("progress").value = share;
      row.querySelector("progress").hidden = isOver;
      row.querySelector(".actions").hidden = isOver;
      const toggle = row.querySelector("[data-toggle]");
      const isRunning = state === "sending" || state === "waiting";
      name(toggle, isRunning ? words.pause : state === "paused" ? words.resume : words.retry,
        upload.file.name);
      const outcome = row.querySelector(".outcome");
      outcome.textContent = {
        waiting: words.waiting, paused: words.paused, unreadable: words.unreadable,
        "signed-out": words.signedOut,
        sending: upload.isOffline ? words.offline
          : fill(words.progress, size(upload.offset), size(upload.file.size)),
      }[state] ?? upload.message;
      if (state === "signed-out") {
        outcome.append(" ", link("/staff/sign-in", words.signIn));
        outcome.lastChild.target = "_blank";
      }
      if (upload.link) {
        outcome.append(" ", link(upload.link, upload.title));
        if (upload.isBeingRead) outcome.append(" ", words.beingRead);
        // Shown above with its outcome.
        document.querySelector(`#uploads [data-token="${upload.token}"]`)?.remove();
      }
      count();
    }

    // Twice a second at most, so that screen readers are not flooded.
    let timer = null;
    function count() {
      timer ??= setTimeout(() => {
        timer = null;
        const done = uploads.filter(upload => !isUnfinished(upload)).length;
        summary.textContent = fill(words.summary, done, uploads.length);
        const isRunning = uploads.some(({ state }) => state === "sending" || state === "waiting");
        all.hidden = done === uploads.length;
        all.textContent = isRunning ? words.pauseAll : words.resumeAll;
      }, 500);
    }

    /** Asks until the text of all files has been extracted, so that drafts get their titles. */
    let isFollowing = false;
    async function follow() {
      if (isFollowing) return;
      isFollowing = true;
      while (uploads.some(upload => upload.isBeingRead)) {
        await new Promise(done => setTimeout(done, 2000));
        try {
          const answer = await fetch(zone.dataset.uploads, { credentials: "same-origin" });
          if (!answer.ok) break;
          for (const found of await answer.json()) {
            const upload = uploads.find(({ token }) => token === found.token);
            if (!upload?.isBeingRead || found.isBeingRead) continue;
            upload.set(upload.state, {
              title: found.title, link: found.address, isBeingRead: found.isBeingRead,
            });
          }
        } catch { /* asked again */ }
      }
      isFollowing = false;
    }
  }

  const isUnfinished = ({ state }) => !["draft", "same", "refused", "complete"].includes(state);

  function button(words, action, about) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    name(button, words, about);
    button.addEventListener("click", action);
    return button;
  }

  function name(button, words, about) {
    button.textContent = words;
    if (about) button.setAttribute("aria-label", `${words}: ${about}`);
  }

  function link(address, words) {
    const link = document.createElement("a");
    link.href = address;
    link.dir = "auto";
    link.textContent = words;
    return link;
  }

  // MARK: The PDF of a form

  // It is sent as soon as it is chosen, so that it outlasts errors and the session.
  for (const input of document.querySelectorAll("input[type=file][data-uploads]")) {
    const words = JSON.parse(input.dataset.words);
    const outcome = document.createElement("p");
    outcome.className = "hint";
    outcome.setAttribute("role", "status");
    input.after(outcome);
    let upload = null;
    input.addEventListener("change", () => {
      upload?.stop("cancelled");
      upload = null;
      outcome.textContent = "";
      const file = input.files[0];
      if (!file) return;
      upload = new Upload(file, "form", input.dataset.uploads, now => {
        if (now !== upload) return;
        outcome.textContent = {
          sending: now.isOffline ? words.offline
            : fill(words.progress, size(now.offset), size(file.size)),
          "signed-out": words.signedOut, unreadable: words.unreadable,
          complete: fill(words.attached, file.name),
        }[now.state] ?? now.message ?? "";
        if (now.state !== "complete") return;
        let kept = input.form.querySelector('input[name="kept-file"]');
        if (!kept) {
          kept = document.createElement("input");
          kept.type = "hidden";
          kept.name = "kept-file";
          input.form.append(kept);
        }
        kept.value = now.token;
        // The form names it now; a second copy need not be sent.
        input.value = "";
        input.required = false;
      });
      upload.run();
    });
    // What has not arrived goes with the form.
    input.form.addEventListener("submit", () => {
      if (upload && isUnfinished(upload)) upload.stop("cancelled");
    });
  }

  // MARK: Extraction

  for (const notice of document.querySelectorAll("[data-extraction]")) {
    const form = document.querySelector("main form:is(.fields, .editor)");
    let isTouched = false;
    form?.addEventListener("input", () => { isTouched = true; });
    (async () => {
      for (let tries = 0; tries < 600; tries += 1) {
        await new Promise(done => setTimeout(done, tries < 10 ? 1000 : 5000));
        try {
          const answer = await fetch(notice.dataset.extraction, { credentials: "same-origin" });
          if (!answer.ok) return;
          if ((await answer.json()).isBeingRead) continue;
        } catch { continue; }
        // What was typed meanwhile must not be lost.
        if (isTouched) notice.textContent = notice.dataset.done;
        else location.reload();
        return;
      }
    })();
  }
})();
