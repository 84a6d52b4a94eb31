// The page where one asks: sends the question, shows the answer as it comes, and opens sources beside it.

import { clearFilters, fillFilters, filters } from "./filters.js";
import { el, t, toast } from "./dom.js";
import { call, stream } from "./http.js";
import { showHistory } from "./history.js";
import { openSource } from "./source.js";
import { beginTurn, showTurn } from "./turn.js";

const main = document.getElementById("main");
const turns = document.getElementById("turns");
const welcome = document.getElementById("welcome");
const form = document.getElementById("composer");
const input = document.getElementById("question");
const send = document.getElementById("send");
const answerer = document.getElementById("answerer");

let conversation = main.dataset.conversation || null;
let running = null;

const acts = { ask, openSource, askUnfiltered: (question) => { clearFilters(); ask(question); } };

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (running) running.abort();
  else if (input.value.trim()) ask(input.value.trim());
});

input.addEventListener("keydown", (event) => {
  // An input method uses Enter to choose a word.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});

input.addEventListener("input", grow);

function grow() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight}px`;
}

/** Ask a question; `options` may have `without` (guesses to drop) and `guess`. */
async function ask(question, options = {}) {
  welcome.hidden = true;
  const narrowed = filters();
  const turn = beginTurn(question, acts, narrowed);
  turns.append(turn.node);
  turn.node.scrollIntoView({ block: "start" });
  input.value = "";
  grow();
  running = new AbortController();
  send.textContent = t("停止");
  const body = { question, filters: narrowed, conversation: conversation ?? "new", ...options };
  if (answerer) body.answerer = answerer.value;
  try {
    for await (const event of stream("/api/ask/stream", body, running.signal)) {
      if (event.name === "error") throw new Error([event.data.detail, event.data.hint].filter(Boolean).join(" "));
      turn.take(event);
      if (event.name === "done" && event.data.conversation_id) settle(event.data);
    }
  } catch (error) {
    if (error.name === "AbortError") turn.stopped();
    else turn.failed(error, () => { turn.node.remove(); ask(question, options); });
  } finally {
    running = null;
    send.textContent = t("提问");
    turn.ended();
    // Not from under who reads on in the meantime.
    if (document.activeElement === document.body || form.contains(document.activeElement)) input.focus({ preventScroll: true });
  }
}

function settle(answer) {
  if (conversation !== answer.conversation_id) {
    conversation = answer.conversation_id;
    history.replaceState(null, "", `/conversations/${conversation}`);
  }
  showHistory(conversation);
}

async function resume() {
  try {
    const found = await call("GET", `/api/conversations/${conversation}`);
    for (const one of found.turns) turns.append(showTurn(one, acts));
    const linked = location.hash && document.getElementById(location.hash.slice(1));
    (linked || turns.lastElementChild)?.scrollIntoView({ block: "start" });
  } catch (error) {
    turns.append(el("p.notice.bad", {}, error.message), el("p", {}, el("a.button", { href: "/" }, t("开始新对话"))));
  }
}

async function examples() {
  const list = document.getElementById("examples");
  if (!list) return;
  list.append(...[1, 2, 3, 4].map(() => el("li.skeleton")));
  try {
    const found = await call("GET", "/api/examples");
    list.replaceChildren(...found.map((question) =>
      el("li", {}, el("button", { type: "button", onclick: () => ask(question) }, question))));
  } catch (error) {
    list.replaceChildren();
    toast(error.message);
  }
  list.removeAttribute("aria-busy");
}

fillFilters();
showHistory(conversation);
if (conversation) resume();
else {
  examples();
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) ask(asked);
}

