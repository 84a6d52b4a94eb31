// The conversations kept, in the rail.

import { el, t, toast } from "./dom.js";
import { call } from "./http.js";

const list = document.getElementById("history");

export async function showHistory(here) {
  let found;
  try {
    found = await call("GET", "/api/conversations");
  } catch (error) {
    list.replaceChildren(el("li.faint", {}, error.message));
    return;
  }
  list.replaceChildren(...found.slice(0, 50).map((one) => el(one.id === here ? "li.here" : "li", {},
    el("a", { href: `/conversations/${one.id}`, title: one.title, "aria-current": one.id === here && "page" }, one.title),
    el("button.quiet", { type: "button", "aria-label": t("删除对话「{title}」", { title: one.title }), onclick: () => remove(one, here) }, "×"))));
}

/* On narrow pages it opens over the conversation. */
const past = document.getElementById("past");
const opener = document.getElementById("past-button");

function unfold(open) {
  past.classList.toggle("open", open);
  opener.setAttribute("aria-expanded", String(open));
  if (open) past.querySelector("a").focus();
  else opener.focus();
}

opener.addEventListener("click", () => unfold(!past.classList.contains("open")));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && past.classList.contains("open")) unfold(false);
});

async function remove(one, here) {
  if (!confirm(t("删除对话「{title}」？其中的回答和评价会一并删除。", { title: one.title }))) return;
  try {
    await call("DELETE", `/api/conversations/${one.id}`);
    if (one.id === here) location.assign("/");
    else showHistory(here);
  } catch (error) {
    toast(error.message);
  }
}
