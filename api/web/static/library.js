// The library: upload by button or by dropping files anywhere, delete with confirmation.

import { t, toast } from "./dom.js";
import { call } from "./http.js";
import { uploadAll } from "./upload.js";

const upload = document.getElementById("upload");
const picked = document.getElementById("picked");
const drop = document.getElementById("drop");
const remove = document.getElementById("delete");
let dropped = null;

document.getElementById("upload-button").addEventListener("click", () => openUpload(null));

function openUpload(files) {
  const form = upload.querySelector("form");
  dropped = files;
  form.reset();
  form.files.closest("label").hidden = Boolean(files);
  picked.textContent = files ? t("{count} 个文件：{names}", { count: files.length, names: files.map((one) => one.name).join("、") }) : "";
  upload.returnValue = "cancel";
  upload.showModal();
}

upload.addEventListener("close", () => {
  const form = upload.querySelector("form");
  const files = dropped ?? [...form.files.files];
  if (upload.returnValue === "send" && files.length) {
    uploadAll(files, { project: form.project.value, doc_type: form.doc_type.value });
  }
});

let depth = 0;
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
addEventListener("dragenter", (event) => { if (carriesFiles(event)) { depth += 1; drop.hidden = false; } });
addEventListener("dragleave", (event) => { if (carriesFiles(event) && --depth <= 0) drop.hidden = true; });
addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  depth = 0;
  drop.hidden = true;
  const files = [...event.dataTransfer.files];
  if (files.length) openUpload(files);
});

/** The row goes, and with the last one its project; who works by keyboard goes on with the next one. */
function takeAway(button) {
  const row = button.closest("tr");
  const project = row.closest(".project");
  const next = (row.nextElementSibling ?? row.previousElementSibling)?.querySelector("[data-delete]");
  const count = project.querySelector("[data-count]");
  row.remove();
  count.textContent = Number(count.textContent) - 1;
  if (!next) project.remove();
  (next ?? document.getElementById("upload-button")).focus();
}

for (const button of document.querySelectorAll("[data-delete]")) {
  button.addEventListener("click", () => {
    remove.querySelector("[data-what]").textContent = button.dataset.title;
    remove.returnValue = "cancel";
    remove.showModal();
    remove.onclose = async () => {
      if (remove.returnValue !== "delete") return;
      button.disabled = true;
      try {
        await call("DELETE", `/api/documents/${button.dataset.delete}`);
        takeAway(button);
        toast(t("已删除。"));
      } catch (error) {
        button.disabled = false;
        toast(error.message);
      }
    };
  });
}
