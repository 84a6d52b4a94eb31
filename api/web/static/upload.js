// Files to the service, one after the other, each with its own progress and its own reason when it fails.

import { el, t } from "./dom.js";

const box = document.getElementById("uploads");
const list = box.querySelector("ul");

/** Upload the files; `said` is what the reader says about all of them. */
export async function uploadAll(files, said) {
  box.hidden = false;
  const rows = files.map((file) => [file, row(file)]);
  box.scrollIntoView({ block: "nearest" });
  let taken = 0;
  for (const [file, show] of rows) if (await upload(file, said, show)) taken += 1;
  if (taken) list.append(el("li", {}, el("a.button", { href: location.href }, t("刷新列表，看新收进来的文档"))));
}

function row(file) {
  const state = el("span.chip", {}, t("等待"));
  const bar = el("progress", { max: 100, value: 0, "aria-label": file.name });
  const why = el("p.why", { hidden: true });
  list.append(el("li", {}, el("span.name", {}, file.name), state, bar, why));
  return {
    sent(share) { state.textContent = t("上传中 {share}%", { share: Math.round(share * 100) }); bar.value = share * 100; },
    reading() { state.textContent = t("正在读取和建索引…"); bar.removeAttribute("value"); },
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

/** Not `fetch`: it does not tell how much has been sent. */
function upload(file, said, show) {
  const body = new FormData();
  body.append("files", file);
  for (const [key, value] of Object.entries(said)) if (value.trim()) body.append(key, value.trim());
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/documents");
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) show.sent(event.loaded / event.total); });
    request.upload.addEventListener("load", () => show.reading());
    request.addEventListener("error", () => { show.done("bad", t("没传上去"), t("连不上服务。请确认 caselore serve 还在运行，然后再试一次。")); resolve(false); });
    request.addEventListener("load", () => resolve(tell(request, show)));
    request.send(body);
  });
}

function tell(request, show) {
  const said = request.response ?? {};
  const failure = said.failures?.[0];
  if (request.status >= 400 || failure) {
    show.done("bad", t("没收进来"), failure ? `${failure.error} ${failure.hint}` : [said.detail, said.hint].filter(Boolean).join(" "));
    return false;
  }
  const unread = (said.warnings ?? []).map((one) => `${one.error} ${one.hint}`).join(" ");
  const same = said.documents?.unchanged;
  const count = said.chunks;
  show.done(unread ? "warn" : "good", same ? t("已在库中，没有变化") : t("已收进来，{count} 块", { count }), unread || null);
  return !same;
}
