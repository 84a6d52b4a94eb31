// One run: its questions, opened when they are looked at, by outcome and by kind, each with an address of its own.

import { el, t } from "./dom.js";
import { answerSide, failed, goldSide, passagesSide, reasons, scoresOf, waiting } from "./evals_parts.js";
import { call } from "./http.js";

const run = document.querySelector("main").dataset.run;
const filter = document.getElementById("filter");
const questions = [...document.querySelectorAll(".question")];

async function open(one) {
  if (one.dataset.opened) return;
  one.dataset.opened = "yes";
  const place = one.appendChild(waiting());
  try {
    const id = encodeURIComponent(one.dataset.id);
    const found = await call("GET", `/api/evals/runs/${encodeURIComponent(run)}/questions/${id}`);
    const why = reasons(found.explanation);
    place.replaceWith(...[why, el("div.sides", {}, answerSide(t("回答"), found), goldSide(found), passagesSide(found)), scoresOf(found)].filter(Boolean));
  } catch (error) {
    delete one.dataset.opened;
    place.replaceWith(failed(error));
  }
}

for (const one of questions) {
  one.addEventListener("toggle", () => {
    if (!one.open) return;
    open(one);
    history.replaceState(null, "", `${location.search}#${one.id}`);
  });
}

function show() {
  const { outcome, kind } = filter.elements;
  let shown = 0;
  for (const one of questions) {
    const fits = (!outcome.value || one.dataset.outcome === outcome.value) && (!kind.value || one.dataset.kind === kind.value);
    one.hidden = !fits;
    shown += fits;
  }
  document.getElementById("shown").textContent = shown;
  document.getElementById("none").hidden = shown > 0;
}

function keep() {
  const said = new URLSearchParams(location.search);
  for (const name of ["outcome", "kind"]) {
    if (filter.elements[name].value) said.set(name, filter.elements[name].value);
    else said.delete(name);
  }
  history.replaceState(null, "", `?${said}${location.hash}`);
  show();
}

filter.addEventListener("change", keep);
filter.addEventListener("submit", (event) => event.preventDefault());

function follow(link, name, value) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    filter.reset();
    filter.elements[name].value = value;
    keep();
    document.getElementById("questions").scrollIntoView();
  });
}
for (const link of document.querySelectorAll("[data-outcome-link]")) follow(link, "outcome", link.dataset.outcomeLink);
for (const link of document.querySelectorAll("[data-kind-link]")) follow(link, "kind", link.dataset.kindLink);

function arrive() {
  const one = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!one?.classList.contains("question")) return;
  one.hidden = false;
  one.open = true;
  one.scrollIntoView();
}

for (const name of ["outcome", "kind"]) filter.elements[name].value = new URLSearchParams(location.search).get(name) ?? "";
show();
addEventListener("hashchange", arrive);
arrive();
