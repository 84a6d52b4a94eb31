// The list of runs: two picked to compare, a run started, watched and stopped.

import { el, t, toast } from "./dom.js";
import { submitAtOnce } from "./evals_parts.js";
import { call } from "./http.js";

const POLL_MS = 1000;
const STATES = { running: ["", "进行中"], stopping: ["warn", "正在停下"], stopped: ["warn", "已停下"], failed: ["bad", "没跑完"], done: ["good", "完成"] };

submitAtOnce();

/* Two runs to compare: the older is A. */
const picks = [...document.querySelectorAll("[data-pick]")];
const compare = document.getElementById("compare-picked");
for (const box of picks) {
  box.addEventListener("change", () => {
    const chosen = picks.filter((one) => one.checked);
    if (chosen.length > 2) chosen.find((one) => one !== box).checked = false;
    const two = picks.filter((one) => one.checked).map((one) => one.dataset.pick).sort();
    compare.querySelector("button").disabled = two.length !== 2;
    [compare.elements.a.value, compare.elements.b.value] = [two[0] ?? "", two[1] ?? ""];
  });
}

/* A run deleted: numbers and trends around it change, so the page comes anew. */
const removal = document.getElementById("delete");
for (const button of document.querySelectorAll("[data-delete]")) {
  button.addEventListener("click", () => {
    removal.querySelector("[data-what]").textContent = button.dataset.title;
    removal.returnValue = "cancel";
    removal.showModal();
    removal.onclose = async () => {
      if (removal.returnValue !== "delete") return;
      button.disabled = true;
      try {
        await call("DELETE", `/api/evals/runs/${encodeURIComponent(button.dataset.delete)}`);
        location.reload();
      } catch (error) {
        button.disabled = false;
        toast(error.message);
      }
    };
  });
}

/* The run that goes on */
const box = document.getElementById("progress");
const part = (name) => box.querySelector(`[data-${name}]`);
let wasRunning = false;

function duration(seconds) {
  if (seconds < 60) return t("{count} 秒", { count: Math.max(1, Math.round(seconds)) });
  return t("{count} 分钟", { count: Math.round(seconds / 60) });
}

function told(now) {
  const said = [t("{done} / {total} 题", now)];
  if (now.resumed) said.push(t("其中 {resumed} 题是上次问过的", now));
  if (now.state === "running" && now.left_s !== null) said.push(t("大约还要 {time}", { time: duration(now.left_s) }));
  if (now.state === "stopping") said.push(t("问完手上这一题就停"));
  if (now.state === "stopped") said.push(t("问过的都留着，再运行同一题集会接着做"));
  return said.join(" · ");
}

function acts(now) {
  if (now.state === "running") return [el("button.button.danger", { type: "button", onclick: stop }, t("停下"))];
  if (now.state === "stopped") return [el("button.button.primary", { type: "button", onclick: () => begin(now.set, now.split, false) }, t("接着运行"))];
  if (now.state === "done") return [el("a.button.primary", { href: `/evals/runs/${encodeURIComponent(now.run)}` }, t("看结果"))];
  if (now.state === "failed") return [el("button.button", { type: "button", onclick: () => begin(now.set, now.split, false) }, t("再试一次"))];
  return [];
}

function show(now) {
  box.hidden = false;
  const [tone, words] = STATES[now.state];
  part("title").textContent = now.split === "own" ? now.set : `${now.set}/${now.split}`;
  part("state").className = `chip ${tone}`;
  part("state").textContent = t(words);
  const bar = box.querySelector("progress");
  bar.max = now.total;
  bar.value = now.done;
  part("told").textContent = told(now);
  const why = [
    now.error && `${now.error} ${now.hint}`,
    now.misfits && t("{count} 处标准依据在资料库里找不到，这些题会被判错。", { count: now.misfits }),
    now.stale && t("运行期间资料库变过，这次的成绩不属于任何一个状态，最好重跑。"),
  ].filter(Boolean);
  part("why").hidden = !why.length;
  part("why").className = now.error ? "notice bad" : "notice";
  part("why").textContent = why.join(" ");
  // Rebuilt only when it changes, so that who is about to press a button does not lose it.
  if (part("acts").dataset.for !== now.state) {
    part("acts").dataset.for = now.state;
    part("acts").replaceChildren(...acts(now));
  }
}

async function watch() {
  let now;
  try {
    now = await call("GET", "/api/evals/progress");
  } catch (error) {
    box.hidden = false;
    part("why").hidden = false;
    part("why").textContent = error.message;
    setTimeout(watch, 5 * POLL_MS);
    return;
  }
  if (!now) return;
  const runs = now.state === "running" || now.state === "stopping";
  const listed = now.run && document.querySelector(`[data-pick="${CSS.escape(now.run)}"]`);
  // A run that was done before this page was opened stands in the list already.
  if (runs || wasRunning || !(now.state === "done" && listed)) show(now);
  wasRunning = runs;
  document.getElementById("open-start").disabled = runs;
  if (runs) setTimeout(watch, POLL_MS);
}

async function stop() {
  try { show(await call("DELETE", "/api/evals/progress")); } catch (error) { toast(error.message); }
}

async function begin(set, split, fresh) {
  try {
    show(await call("POST", "/api/evals/runs", { set, split, fresh }));
    box.scrollIntoView({ block: "nearest" });
    watch();
  } catch (error) { toast(error.message); }
}

/* Which set to run: held against the library first. */
const dialog = document.getElementById("start");
const form = dialog.querySelector("form");
const fits = document.getElementById("fits");
const go = form.querySelector("[value=start]");
const picked = () => form.elements.set.selectedOptions[0];
let looking = null;

async function check() {
  const option = picked();
  form.querySelector("[data-remove]").hidden = !option?.hasAttribute("data-own");
  go.disabled = true;
  if (!option) return;
  looking?.abort();
  looking = new AbortController();
  fits.replaceChildren(el("p.faint", {}, t("正在核对题集和资料库…")));
  try {
    const found = await call("GET", `/api/evals/sets/check?set=${encodeURIComponent(option.value)}&split=${encodeURIComponent(option.dataset.split)}`, null, looking.signal);
    go.disabled = false;
    if (!found.misfits.length) {
      fits.replaceChildren(el("span.chip.good", {}, t("{count} 题，标准依据都在资料库里", { count: found.questions })));
      return;
    }
    fits.replaceChildren(el("p.notice", {}, t("{count} 处标准依据在资料库里找不到，这些题会被判错。", { count: found.misfits.length }),
      el("ul", { tabindex: 0 }, found.misfits.map((one) => el("li", {}, `${one.question}：${one.what}`)))));
  } catch (error) {
    if (error.name !== "AbortError") fits.replaceChildren(el("p.notice.bad", { role: "alert" }, error.message));
  }
}

document.getElementById("open-start").addEventListener("click", () => {
  dialog.returnValue = "cancel";
  form.elements.fresh.checked = false;
  dialog.showModal();
  check();
});
form.elements.set.addEventListener("change", check);
form.elements.file.addEventListener("change", async () => {
  const [file] = form.elements.file.files;
  if (!file) return;
  looking?.abort();
  const body = new FormData();
  body.append("file", file);
  fits.replaceChildren(el("p.faint", {}, t("正在读取 {name}…", { name: file.name })));
  go.disabled = true;
  try {
    const one = await call("POST", "/api/evals/sets", body);
    [...form.elements.set.options].find((option) => option.value === one.set)?.remove();
    form.elements.set.append(el("option", { value: one.set, "data-split": one.split, "data-own": true }, `${one.set}（${one.questions}）`));
    form.elements.set.value = one.set;
    check();
  } catch (error) {
    fits.replaceChildren(el("p.notice.bad", { role: "alert" }, error.message));
  }
  form.elements.file.value = "";
});
form.querySelector("[data-remove]").addEventListener("click", async () => {
  const option = picked();
  try {
    await call("DELETE", `/api/evals/sets/${encodeURIComponent(option.value)}`);
    option.remove();
    check();
  } catch (error) { toast(error.message); }
});
dialog.addEventListener("close", () => {
  looking?.abort();
  const option = picked();
  if (dialog.returnValue === "start" && option) begin(option.value, option.dataset.split, form.elements.fresh.checked);
});

watch();
