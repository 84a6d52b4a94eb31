// What a question is narrowed to: chosen in the composer, shown above the question, removable one by one.

import { el, t } from "./dom.js";

const box = document.getElementById("filters");
const button = document.getElementById("filter-button");
const shown = document.getElementById("narrowed");
const selects = [...box.querySelectorAll("[data-filter]")];

/** The filters as the service takes them; a year stands for all its dates. */
export function filters() {
  const chosen = selects.filter((one) => one.value);
  return Object.fromEntries(chosen.map((one) => one.dataset.filter === "year"
    ? ["date", JSON.parse(one.selectedOptions[0].dataset.dates)]
    : [one.dataset.filter, one.value]));
}

export function fillFilters() {
  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    const value = asked.get(select.dataset.filter);
    if (value && [...select.options].some((one) => one.value === value)) select.value = value;
    select.addEventListener("change", show);
  }
  button.addEventListener("click", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) selects[0].focus();
  });
  show();
}

/** Every document is to be searched again. */
export function clearFilters() {
  for (const one of selects) one.value = "";
  show();
}

function show() {
  const chosen = selects.filter((one) => one.value);
  shown.hidden = !chosen.length;
  shown.replaceChildren(...chosen.map((one) => el("span.chip", {}, one.value,
    el("button", { type: "button", "aria-label": t("去掉筛选 {value}", { value: one.value }),
      onclick: () => { one.value = ""; show(); } }, "×"))));
}
