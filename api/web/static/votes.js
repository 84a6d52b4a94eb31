// Thumbs up and down with a reason, and the report of a wrong source.

import { el, icon, t, toast } from "./dom.js";
import { call } from "./http.js";

const UP = "M7 11v9H4v-9zM7 11l4-7a2 2 0 0 1 2 2v4h5a2 2 0 0 1 2 2.3l-1.2 6a2 2 0 0 1-2 1.7H7";
const DOWN = "M7 13V4H4v9zM7 13l4 7a2 2 0 0 0 2-2v-4h5a2 2 0 0 0 2-2.3l-1.2-6a2 2 0 0 0-2-1.7H7";

/** The buttons by which a reader judges an answer; `vote` is what was said before. */
export function votes(answer, vote) {
  const up = button(UP, t("有用"));
  const down = button(DOWN, t("没用"));
  const wrong = el("button.quiet", { type: "button", hidden: !answer.citations.length }, t("出处不对"));
  const show = (value) => {
    up.setAttribute("aria-pressed", String(value === 1));
    down.setAttribute("aria-pressed", String(value === -1));
  };
  const url = `/api/answers/${answer.id}/vote`;
  const say = async (opinion) => {
    try {
      await (opinion ? call("PUT", url, opinion) : call("DELETE", url));
      show(opinion?.vote ?? 0);
      toast(opinion ? t("谢谢，已记下。") : t("已撤回。"));
    } catch (error) {
      toast(error.message);
    }
  };
  const pressed = (one) => one.getAttribute("aria-pressed") === "true";
  up.addEventListener("click", () => say(pressed(up) ? null : { vote: 1 }));
  down.addEventListener("click", async () => {
    if (pressed(down)) return say(null);
    const opinion = await askWhy(answer, t("这个回答哪里没帮上忙？"));
    if (opinion) await say(opinion);
  });
  wrong.addEventListener("click", async () => {
    const opinion = await askWhy(answer, t("报告出处不对"), "wrong_source");
    if (opinion) await say(opinion);
  });
  show(vote?.value ?? 0);
  return [up, down, wrong];
}

function button(path, name) {
  return el("button.quiet", { type: "button", "aria-label": name, title: name, "aria-pressed": "false" }, icon(path));
}

/** What the reader says in the dialog; null when it is cancelled. */
function askWhy(answer, title, reason) {
  const dialog = document.getElementById("report");
  const form = dialog.querySelector("form");
  const cited = form.querySelector("[data-citation]");
  dialog.querySelector("h2").textContent = title;
  form.reset();
  form.reason.value = reason ?? (answer.claims.length ? "wrong_figure" : "not_answered");
  form.citation.replaceChildren(...answer.citations.map((one) =>
    el("option", { value: one.n }, `[${one.n}] ${one.document.title} · ${one.locator.label}`)));
  const fit = () => {
    form.reason.querySelector("[value=wrong_source]").hidden = !answer.citations.length;
    cited.hidden = form.reason.value !== "wrong_source";
  };
  form.reason.onchange = fit;
  fit();
  dialog.returnValue = "cancel";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "send") return resolve(null);
      const of = form.reason.value === "wrong_source" ? { citation: Number(form.citation.value) } : {};
      resolve({ vote: -1, reason: form.reason.value, comment: form.comment.value.trim(), ...of });
    }, { once: true });
  });
}
