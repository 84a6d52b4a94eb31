// Files to the service, one after the other, each with its own progress and its own reason when it fails; so has each
// document in a zip archive.

import { el, t } from "./dom.js";
import { events } from "./http.js";

const box = document.getElementById("uploads");
const list = box.querySelector("ul");

/** Upload the files; `said` is what the reader says about all of them. */
export async function uploadAll(files, said) {
  box.hidden = false;
  list.querySelector(".renew")?.remove();
  const rows = files.map((file) => [file, row(list, file.name)]);
  box.scrollIntoView({ block: "nearest" });
  let taken = 0;
  for (const [file, show] of rows) taken += await upload(file, said, show);
  if (taken) document.querySelector("main > .empty")?.remove();
  if (taken) list.append(el("li.renew", {}, el("a.button", { href: location.href }, t("刷新列表，看新收进来的文档"))));
}

/** A file's line in a list: what it is called, how far it is, and in the end what became of it. */
function row(within, name) {
  const state = el("span.chip", {}, t("等待"));
  const bar = el("progress", { max: 100, value: 0, "aria-label": name });
  const why = el("p.why", { hidden: true });
  const inside = el("ul.inside", { hidden: true });
  const rows = new Map();
  within.append(el("li", {}, el("span.name", {}, name), state, bar, why, inside));
  return {
    sent(share) { state.textContent = t("上传中 {share}%", { share: Math.round(share * 100) }); bar.value = share * 100; },
    reading(done, total) {
      state.textContent = total > 1 ? t("正在读取 {done}/{total}", { done, total }) : t("正在读取和建索引…");
      if (total > 1) bar.value = (done / total) * 100;
      else bar.removeAttribute("value");
    },
    /** The line of a file inside. */
    inner(path) {
      inside.hidden = false;
      if (!rows.has(path)) rows.set(path, row(inside, path.slice(name.length + 1)));
      return rows.get(path);
    },
    done(tone, words, reason) {
      state.className = `chip ${tone}`;
      state.textContent = words;
      bar.remove();
      why.hidden = !reason;
      why.textContent = reason ?? "";
      why.className = tone === "bad" ? "why notice bad" : "why notice";
    },
  };
}

/** Upload one file; gives how many documents came of it. Not by `fetch`: it does not tell how much has been sent. */
function upload(file, said, show) {
  const body = new FormData();
  body.append("files", file);
  for (const [key, value] of Object.entries(said)) if (value.trim()) body.append(key, value.trim());
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const progress = follow(file.name, show);
    request.open("POST", "/api/documents");
    request.setRequestHeader("Accept", "text/event-stream");
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) show.sent(event.loaded / event.total); });
    request.upload.addEventListener("load", () => show.reading(0, 0));
    const hear = () => { if (request.status === 200) progress.hear(request.responseText); };
    request.addEventListener("progress", hear);
    const lost = () => { show.done("bad", t("没传上去"), t("连不上服务。请确认 caselore serve 还在运行，然后再试一次。")); resolve(0); };
    request.addEventListener("error", lost);
    request.addEventListener("load", () => {
      hear();
      if (request.status !== 200) refuse(show, request.responseText);
      else if (!progress.ended()) return lost();
      return resolve(progress.taken());
    });
    request.send(body);
  });
}

function refuse(show, text) {
  let said = {};
  try { said = JSON.parse(text); } catch { /* a proxy may have answered */ }
  show.done("bad", t("没收进来"), [said.detail, said.hint].filter(Boolean).join(" ") || null);
}

/** Shows what the events of an upload tell. */
function follow(name, show) {
  let read = 0;
  let total = 0;
  let settled = 0;
  let taken = 0;
  let ended = false;
  const line = (path) => path === name || !path.startsWith(`${name}/`) ? show : show.inner(path);
  const settle = (path, tone, words, reason) => {
    line(path).done(tone, words, reason);
    settled += 1;
    if (total && line(path) !== show) show.reading(settled, total);
  };
  const told = {
    file: ({ path }) => { if (line(path) !== show) line(path).reading(0, 0); },
    opened: ({ files }) => { total = files; show.reading(0, files); },
    reading: ({ path, done, total: pages }) => { if (line(path) !== show || !total) line(path).reading(done, pages); },
    taken({ path, outcome }) {
      taken += outcome === "unchanged" ? 0 : 1;
      settle(path, "good", outcome === "unchanged" ? t("已在库中，没有变化") : t("已收进来"));
    },
    failed: ({ path, error, hint }) => settle(path, "bad", t("没收进来"), `${error} ${hint}`),
    passed_over: ({ path }) => settle(path, "", t("不是文档，略过")),
    error: ({ detail, hint }) => { ended = true; show.done("bad", t("没收进来"), `${detail} ${hint}`); },
    done(report) { ended = true; summarise(show, report, total); },
  };
  return {
    hear(text) {
      const { found, rest } = events(text.slice(read));
      read = text.length - rest.length;
      for (const { name: event, data } of found) told[event]?.(data);
    },
    taken: () => taken,
    ended: () => ended,
  };
}

function summarise(show, report, files) {
  const unread = report.warnings.map((one) => `${one.error} ${one.hint}`).join(" ") || null;
  const { added, updated, unchanged, failed } = report.documents;
  const count = added + updated + unchanged;
  if (files && count) show.done(failed ? "warn" : "good", failed ? t("收进来 {count} 份，{failed} 份没能收进来", { count, failed }) : t("收进来 {count} 份", { count }), unread);
  else if (count && unchanged) show.done("good", t("已在库中，没有变化"), unread);
  else if (count) show.done(unread ? "warn" : "good", t("已收进来，{count} 块", { count: report.chunks }), unread);
}
