// Makes pages quicker to use; all of them work without it.
"use strict";

// Buttons that copy a text beside them appear where the browser lets them work.
if (navigator.clipboard) {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.dataset.copy).textContent;
      await navigator.clipboard.writeText(text.replace(/\s+/g, " ").trim());
      const label = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
}

// Arrow keys turn the drawn pages of a document; a selection can be linked to.
if (document.querySelector("[data-pages]")) {
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const relation = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    const link = relation && document.querySelector(`.turning a[rel="${relation}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });
  const button = document.querySelector("button[data-selection]");
  if (button && navigator.clipboard) {
    const selected = () => {
      const selection = getSelection();
      const inside = selection.rangeCount && selection.anchorNode.parentElement.closest(".leaf");
      return inside ? selection.toString().replace(/\s+/g, " ").trim() : "";
    };
    document.addEventListener("selectionchange", () => { button.hidden = !selected(); });
    // The text is still selected when the button is pressed.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", async () => {
      const words = selected().split(" ");
      const part = (list) => encodeURIComponent(list.join(" ")).replaceAll("-", "%2D");
      const text = words.length > 12 ? part(words.slice(0, 5)) + "," + part(words.slice(-5)) : part(words);
      const address = new URL(button.dataset.selection, location);
      await navigator.clipboard.writeText(address + "#:~:text=" + text);
      const label = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  }
}

// The contents of the reading view start closed. Where they have room beside the text they open.
if (matchMedia("(min-width: 60rem)").matches) {
  for (const contents of document.querySelectorAll("details.contents")) contents.open = true;
}

// A link to passages like the selected text, in elements that name its address and its label. It
// follows the selected part in the order of the page, so that Tab reaches it from there.
{
  const shortest = 12, longestAddress = 3000;
  const link = document.createElement("a");
  link.className = "button quiet";
  link.rel = "nofollow";
  Object.assign(link.style, { position: "absolute", zIndex: 2, insetInlineStart: 0, background: "Canvas" });
  // A click on the link would first undo the selection.
  link.addEventListener("mousedown", (event) => event.preventDefault());
  let timer;

  const offer = () => {
    const selection = getSelection();
    const text = selection.toString().replace(/\s+/g, " ").trim();
    const range = selection.rangeCount > 0 && selection.getRangeAt(0);
    const place = range && range.commonAncestorContainer;
    const container = place && (place.nodeType === 1 ? place : place.parentElement)?.closest("[data-related]");
    if (!container || text.length < shortest) return link.remove();
    const address = new URL(container.dataset.related, location);
    const language = new URLSearchParams(location.search).get("lang");
    if (language) address.searchParams.set("lang", language);
    let words = text;
    address.searchParams.set("text", words);
    while (address.href.length > longestAddress) {
      words = words.slice(0, Math.floor(words.length * 0.9));
      address.searchParams.set("text", words);
    }
    link.href = address.pathname + address.search;
    link.textContent = container.dataset.relatedLabel;
    let part = range.endContainer;
    while (part !== container && part.parentNode !== container) part = part.parentNode;
    if (part === container) container.append(link);
    else if (part.nextSibling !== link) part.after(link);
    container.style.position = "relative";
    const end = range.getBoundingClientRect().bottom - container.getBoundingClientRect().top;
    const last = container.scrollHeight - link.offsetHeight;
    link.style.top = Math.min(end + container.scrollTop + 6, last) + "px";
  };
  if (document.querySelector("[data-related]")) {
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(offer, 200);
    });
  }
}

// Suggestions under the search field: a combobox with a list, by the WAI-ARIA pattern.
// Without this script the field is a search field as any other.
(() => {
  // A copy of the site without a server has no suggestions.
  if ("static" in document.documentElement.dataset) return;
  let count = 0;
  for (const input of document.querySelectorAll('form[role="search"]:not([action^="/staff"]) input[name="q"]')) attach(input);

  function attach(input) {
    const list = document.createElement("ul");
    list.id = "suggestions-" + ++count;
    list.className = "suggestions";
    list.hidden = true;
    Object.assign(list.style, {
      position: "absolute", insetInline: "0", top: "100%", zIndex: 2, margin: 0, padding: 0,
      listStyle: "none", display: "block", textAlign: "start", background: "Canvas", color: "CanvasText", border: "1px solid",
    });
    input.form.style.position = "relative";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0].textContent);
    input.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    input.autocomplete = "off";
    // As links do, what is asked for carries the language that the reader chose.
    const language = input.form.elements.lang;
    const carrying = (address) => {
      if (language) address.searchParams.set("lang", language.value);
      return address.pathname + address.search;
    };
    let timer, request, typed = input.value, chosen = -1;

    function close() {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(option, isChosen) {
      option.setAttribute("aria-selected", String(isChosen));
      option.style.background = isChosen ? "Highlight" : "";
      option.style.color = isChosen ? "HighlightText" : "";
    }

    function choose(index) {
      const options = list.children;
      if (options[chosen]) mark(options[chosen], false);
      chosen = index < -1 ? options.length - 1 : index >= options.length ? -1 : index;
      const option = options[chosen];
      if (!option) {
        input.value = typed;
        input.removeAttribute("aria-activedescendant");
        return;
      }
      mark(option, true);
      option.scrollIntoView({ block: "nearest" });
      input.value = option.dataset.text;
      input.setAttribute("aria-activedescendant", option.id);
    }

    async function ask() {
      if (request) request.abort();
      typed = input.value;
      if (typed.trim().length < 2) return close();
      request = new AbortController();
      try {
        const address = new URL("/suggest?q=" + encodeURIComponent(typed), location);
        const answer = await fetch(carrying(address), { signal: request.signal });
        if (!answer.ok || document.activeElement !== input) return close();
        const [, texts, kinds, addresses] = await answer.json();
        list.replaceChildren(...texts.map((text, index) => {
          const option = document.createElement("li");
          const kind = document.createElement("span");
          option.id = list.id + "-" + index;
          option.dataset.text = text;
          option.dataset.address = addresses[index];
          option.setAttribute("role", "option");
          option.style.padding = "0.4rem 0.75rem";
          mark(option, false);
          option.textContent = text;
          if (kinds[index]) {
            kind.className = "small";
            kind.textContent = " " + kinds[index];
            option.append(kind);
          }
          return option;
        }));
        chosen = -1;
        list.hidden = texts.length === 0;
        input.setAttribute("aria-expanded", String(!list.hidden));
      } catch (error) {
        // What was asked for since is still to come.
        if (error.name !== "AbortError") close();
      }
    }

    // The site's own address may be another than the one in front of it.
    const follow = (option) => location.assign(carrying(new URL(option.dataset.address)));

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        input.value = typed;
        close();
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (list.hidden) return void ask();
        event.preventDefault();
        choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && list.children[chosen]) {
        event.preventDefault();
        follow(list.children[chosen]);
      }
    });
    input.addEventListener("blur", () => setTimeout(close, 150));
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) follow(option);
    });
  }
})();
