// The search page of a static copy: finds publications in search-index.js.
"use strict";

(() => {
  const results = document.getElementById("results");
  const query = new URLSearchParams(location.search).get("q") || "";
  if (!results || !window.offprintIndex || !query.trim()) return;
  document.getElementById("q").value = query;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const words = plain(query).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const found = [];
  for (const [address, title, authors, date, abstract] of window.offprintIndex) {
    const fields = [plain(title), plain(authors), plain(abstract) + " " + date];
    let score = 0;
    const all = words.every((word) => {
      const place = fields.findIndex((field) => field.includes(word));
      score += 3 - place;
      return place >= 0;
    });
    if (all && words.length) found.push({ score, address, title, authors, date, abstract });
  }
  found.sort((one, other) => other.score - one.score || other.date.localeCompare(one.date));

  if (!found.length) {
    results.textContent = results.dataset.none.replace("{1}", query);
    return;
  }
  const add = (parent, name, text, kind) => {
    const element = parent.appendChild(document.createElement(name));
    if (text) element.textContent = text;
    if (kind) element.className = kind;
    return element;
  };
  const list = add(results, "ol", "", "entries");
  for (const entry of found.slice(0, 200)) {
    const item = add(list, "li");
    add(item, "p", entry.date, "date");
    const body = add(item, "div");
    add(add(body, "h2"), "a", entry.title).href = entry.address;
    if (entry.authors) add(body, "p", entry.authors, "authors");
    const whole = entry.abstract;
    const excerpt = whole.length > 240 ? whole.slice(0, 240).replace(/\s+\S*$/, "") + "…" : whole;
    if (excerpt) add(body, "p", excerpt, "excerpt");
  }
})();
