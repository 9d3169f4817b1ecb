// Suggestions from the controlled lists while staff type, by the WAI-ARIA pattern of a combobox.
// Without this script the fields are plain ones.
"use strict";

(() => {
  let count = 0;
  const fields = "input[data-suggest], textarea[data-suggest]";
  for (const field of document.querySelectorAll(fields)) attach(field);

  // What is being typed: a line of authors, a topic between semicolons, or the whole field.
  function part(field) {
    const text = field.value;
    const caret = field.selectionStart ?? text.length;
    const isList = !("single" in field.dataset);
    const limits = !isList ? null
      : field.dataset.suggest === "authors" ? /\n/ : field.dataset.suggest === "topics" ? /[;\n]/ : null;
    let [start, end] = [0, text.length];
    if (limits) {
      for (start = caret; start > 0 && !limits.test(text[start - 1]);) start--;
      for (end = caret; end < text.length && !limits.test(text[end]);) end++;
    }
    return { start, end, text: text.slice(start, end).trim() };
  }

  function attach(field) {
    const isTextArea = field.localName === "textarea";
    const list = document.createElement("ul");
    const status = document.createElement("p");
    const box = document.createElement("div");
    list.id = "list-suggestions-" + ++count;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.labels[0].textContent.trim());
    status.className = "unseen";
    status.setAttribute("role", "status");
    box.className = "suggesting";
    field.before(box);
    box.append(field, list, status);
    field.autocomplete = "off";
    field.removeAttribute("list");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    // A text area is a text box, which knows no expanded state.
    if (!isTextArea) {
      field.setAttribute("role", "combobox");
      field.setAttribute("aria-expanded", "false");
    }
    let timer, request, found = [], chosen = -1;

    function show(isShown) {
      list.hidden = !isShown;
      if (!isTextArea) field.setAttribute("aria-expanded", String(isShown));
      if (!isShown) {
        chosen = -1;
        status.textContent = "";
        field.removeAttribute("aria-activedescendant");
      }
    }

    function choose(index) {
      const options = list.children;
      options[chosen]?.setAttribute("aria-selected", "false");
      chosen = index < -1 ? options.length - 1 : index >= options.length ? -1 : index;
      const option = options[chosen];
      if (!option) return field.removeAttribute("aria-activedescendant");
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      field.setAttribute("aria-activedescendant", option.id);
    }

    function take(suggestion) {
      const { start, end } = part(field);
      const text = field.value;
      const isTopic = field.dataset.suggest === "topics" && !("single" in field.dataset);
      const before = isTopic && start > 0 && text[start - 1] === ";" ? " " : "";
      field.value = text.slice(0, start) + before + suggestion.value + text.slice(end);
      const caret = start + before.length + suggestion.value.length;
      field.setSelectionRange?.(caret, caret);
      const issn = field.form?.elements.issn;
      if (suggestion.issn && issn && !issn.value) issn.value = suggestion.issn;
      show(false);
      field.focus();
      // Others listen to what is typed, such as what saves the form.
      isTaking = true;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      isTaking = false;
    }
    let isTaking = false;

    async function ask() {
      request?.abort();
      const typed = part(field).text;
      if (typed.length < 2) return show(false);
      request = new AbortController();
      try {
        const address = new URL("/staff/suggest", location);
        address.searchParams.set("field", field.dataset.suggest);
        address.searchParams.set("q", typed);
        const language = document.documentElement.lang;
        if (new URL(location).searchParams.has("lang")) address.searchParams.set("lang", language);
        const answer = await fetch(address, { signal: request.signal });
        if (!answer.ok || document.activeElement !== field) return show(false);
        found = (await answer.json()).suggestions;
        // What is there as it is needs no suggestion.
        if (found.length === 1 && found[0].value === typed) found = [];
        list.replaceChildren(...found.map(row));
        chosen = -1;
        field.removeAttribute("aria-activedescendant");
        show(found.length > 0);
        if (found.length) status.textContent = field.dataset.found.replace("{1}", found.length);
      } catch (error) {
        if (error.name !== "AbortError") show(false);
      }
    }

    function row(suggestion, index) {
      const option = document.createElement("li");
      option.id = list.id + "-" + index;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const name = document.createElement("bdi");
      name.textContent = suggestion.label;
      option.append(name);
      if (suggestion.detail) {
        const detail = document.createElement("span");
        detail.className = "small";
        detail.textContent = " " + suggestion.detail;
        option.append(detail);
      }
      return option;
    }

    field.addEventListener("input", () => {
      if (isTaking) return;
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const isMove = event.key === "ArrowDown" || event.key === "ArrowUp";
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      } else if (isMove && !list.hidden) {
        event.preventDefault();
        choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "ArrowDown" && !isTextArea && !event.altKey) {
        ask();
      } else if ((event.key === "Enter" || event.key === "Tab") && !list.hidden && found[chosen]) {
        if (event.key === "Enter") event.preventDefault();
        take(found[chosen]);
      }
    });
    field.addEventListener("blur", () => setTimeout(() => show(false), 150));
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(found[[...list.children].indexOf(option)]);
    });
  }
})();
