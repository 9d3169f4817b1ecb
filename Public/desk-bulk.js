// Makes the list of publications and the form of a bulk edit quicker to use.
"use strict";

// Ticking: all of a page at once, a run with the shift key, and how many there are.
for (const form of document.querySelectorAll("form.desk-selection")) {
  const boxes = [...form.querySelectorAll('input[name="id"]')];
  const all = form.querySelector("input[data-all]");
  const status = form.querySelector("[data-one]");
  if (!all || !status) continue;
  const elsewhere = Number(form.dataset.elsewhere);
  let last = null;

  function count() {
    const ticked = boxes.filter((box) => box.checked).length;
    const total = ticked + elsewhere;
    status.textContent = total ? status.dataset.one.replace("{1}", total.toLocaleString(document.documentElement.lang)) : "";
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }

  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    count();
  });
  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      count();
    });
  }
  // Also after the back button, with which browsers tick again what was ticked.
  addEventListener("pageshow", count);
  count();
}

// The form of a bulk edit shows the fields that the chosen change needs.
for (const form of document.querySelectorAll("form.bulk-form")) {
  const change = form.elements.change, value = form.elements.value;
  function show() {
    const [field, operation] = change.value.split(".");
    for (const part of form.querySelectorAll("[data-for]")) {
      const needs = part.dataset.for.split(" ");
      part.hidden = field === "type" ? !needs.includes("type") : !needs.includes(operation);
    }
    const isReplace = operation === "replace";
    if (field === "topics" && !isReplace) value.setAttribute("list", "bulk-topics");
    else if (field === "series" && !isReplace) value.setAttribute("list", "bulk-series");
    else value.removeAttribute("list");
  }
  change.addEventListener("change", show);
  addEventListener("pageshow", show);
  show();
}
