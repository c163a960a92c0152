// What is being typed is kept on the server, sealed, a moment after the last key; a tunnel or a closed page loses nothing.

const { root } = document.documentElement.dataset;
const WAIT = 700;
const AGAIN = 5_000; // after a tunnel, or while a server starts anew
const MOST_ALIVE = 60_000; // browsers refuse to carry more than 64 KiB beyond the end of a page
const waiting = new Map();

function fieldsOf(form) {
  const fields = new URLSearchParams({ composer: form.dataset.draft });
  for (const [name, value] of new FormData(form)) {
    if (["id", "held"].includes(name)) fields.set(name, value); // in which form it is typed, and what that was begun from
    if (["csrfmiddlewaretoken", "id", "held", "replaces", "exchange", "next", "seen_by", "offer"].includes(name)) continue;
    if (typeof value === "string") fields.set(`draft-${name}`, value); // a chosen file is no words
  }
  return fields;
}

// Gives whether the server was there.
export async function keep(form) {
  clearTimeout(waiting.get(form));
  waiting.delete(form);
  const state = form.querySelector("[data-save-state]");
  const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value };
  const body = fieldsOf(form);
  const keepalive = body.toString().length < MOST_ALIVE;
  try {
    const answer = await fetch(root + "draft/", { method: "POST", headers, body, keepalive });
    // Somebody who is signed out is sent to the sign-in page, which answers well and keeps nothing.
    const why = answer.status === 202 ? await answer.text() : "not kept yet";
    state?.replaceChildren(answer.status === 204 ? "kept as a draft, for you" : why);
    if (answer.status >= 500) later(form);
    return true;
  } catch {
    state?.replaceChildren("no network; still on this page");
    later(form);
    return false;
  }
}

// What could not be kept is tried again, unless the form has gone or somebody types on.
function later(form) {
  if (form.isConnected && !waiting.has(form)) waiting.set(form, setTimeout(() => keep(form), AGAIN));
}

// Before a form goes, whatever else is being typed is kept, and its own draft is not sent after it.
export function flush() {
  return Promise.all([...waiting.keys()].filter((form) => !form.classList.contains("sending")).map(keep));
}

export function keepDrafts() {
  const typed = (field) => {
    const form = field.closest("form[data-draft]");
    if (!form) return;
    form.querySelector("[data-save-state]")?.replaceChildren("…");
    clearTimeout(waiting.get(form));
    waiting.set(form, setTimeout(() => keep(form), WAIT));
  };
  document.addEventListener("input", (event) => typed(event.target));
  const field = document.activeElement;
  if (field.value !== field.defaultValue) typed(field); // before this script had come
  document.addEventListener("submit", (event) => {
    clearTimeout(waiting.get(event.target));
    waiting.delete(event.target);
  }, { capture: true });
  addEventListener("pagehide", () => [...waiting.keys()].forEach(keep));
}
