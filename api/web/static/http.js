// Requests to the service. What fails throws an Error whose message a reader understands.

import { t } from "./dom.js";

/** The JSON that a request is answered with; null when it is answered with nothing. */
export async function call(method, url, body, signal) {
  const response = await send(method, url, body, signal);
  return response.status === 204 ? null : response.json();
}

/** The events of a stream (server-sent events, WHATWG HTML 9.2), each as {name, data}. */
export async function* stream(url, body, signal) {
  const response = await send("POST", url, body, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    while (true) {
      const { done, value } = await reader.read();
      if (done) return;
      const come = events(rest + value);
      rest = come.rest;
      yield* come.found;
    }
  } finally {
    // A reader that leaves stops what is still being made.
    await reader.cancel().catch(() => {});
  }
}

/** The events that are whole in a piece of a stream, and what is left of it. */
export function events(text) {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop();
  return { found: blocks.map(parse).filter(Boolean), rest };
}

function parse(block) {
  let name = "message";
  const data = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) name = line.slice(6).trim();
    else if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
  }
  return data.length ? { name, data: JSON.parse(data.join("\n")) } : null;
}

async function send(method, url, body, signal) {
  const form = body instanceof FormData;
  let response;
  try {
    response = await fetch(url, {
      method,
      signal,
      headers: { "Accept-Language": document.documentElement.lang, ...(body && !form ? { "Content-Type": "application/json" } : {}) },
      body: body && !form ? JSON.stringify(body) : body,
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error(t("连不上服务。请确认 caselore serve 还在运行，然后再试一次。"));
  }
  if (response.status === 401) location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response) {
  const said = await response.json().catch(() => ({}));
  const error = new Error([said.detail, said.hint].filter(Boolean).join(" ") || `HTTP ${response.status}`);
  error.problem = said;
  return error;
}
