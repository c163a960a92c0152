// A page that keeps itself: forms go without a reload, drafts are kept, and "look again" brings what is new.
// Everything here also works without it, with reloads.

import { merge } from "./merge.js";
import { keepDrafts, keep, flush } from "./drafts.js";
import { listen } from "./live.js";

const said = document.getElementById("said");
const tell = (words) => (said.textContent = words);

// What the page was made of: with it, a look that finds nothing new costs next to nothing.
let tag = document.getElementById("main").dataset.tag || null;

// One thing after the other: an answer that was made before another must not be put in its place after it.
let turn = Promise.resolve();
const inTurn = (work) => (turn = turn.then(work, work));

// Nothing moves under a finger until its touch has become a tap. Some browsers never tell the end, as in a list to choose from.
let lifted;
addEventListener("pointerdown", () => (lifted = new Promise((done) => {
  setTimeout(done, 5000);
  addEventListener("pointerup", () => setTimeout(done, 50), { once: true });
})));
const pageOf = async (answer) => [await answer.text(), await lifted][0];

async function look() {
  const answer = await fetch(location.pathname + location.search, { headers: tag ? { "If-None-Match": tag } : {} });
  if (answer.status === 304) return;
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) {
    const field = document.activeElement; // whoever is at work is not taken away from it
    return field?.matches("textarea, input:not([readonly])") && field.value ? undefined : location.assign(answer.url);
  }
  tag = answer.headers.get("ETag");
  if (answer.ok && merge(await pageOf(answer), { mine: false })) tell("There is something new on this page.");
}

// What waits its turn goes also when the page is left. A long text may not outlive it: browsers refuse.
const waiting = new Map();
function post(form) {
  const body = waiting.get(form);
  waiting.delete(form);
  return fetch(form.action, { method: "POST", body, keepalive: `${body}`.length < 9_000 });
}
addEventListener("pagehide", () => [...waiting.keys()].forEach(post));

// A form is sent as it is; the page that answers is merged into this one, card by card.
async function send(form, button) {
  button?.setAttribute("aria-disabled", "true");
  try {
    await flush();
    const answer = await post(form);
    const here = new URL(answer.url).pathname === location.pathname;
    if ([401, 403, 404].includes(answer.status)) return form.submit(); // a page that gives the words back
    if (answer.redirected && !here) return location.assign(answer.url);
    if (!here && answer.ok) return form.submit();
    tag = null;
    const card = form.closest("[data-card]");
    merge(await pageOf(answer), { mine: true, card: card?.id, partial: !answer.ok });
    tell(answer.ok ? "Kept." : "Not kept yet: see what is missing.");
    focusAfter(card?.id, answer.ok);
  } catch {
    stay(form);
  } finally {
    button?.removeAttribute("aria-disabled");
    form.classList.remove("sending");
  }
}

function stay(form) {
  tell("No network just now. Your words are still here.");
  form.querySelector("[data-save-state]")?.replaceChildren("no network; your words are still here");
}

// A form that leaves this page would take its words along into nothing, if there is no network: the server is asked first.
async function leave(form, button) {
  form.classList.add("sending");
  const asks = form.dataset.draft ? keep(form) : fetch(import.meta.url, { method: "HEAD", cache: "no-store" });
  const there = await asks.catch(() => false);
  form.classList.remove("sending");
  if (!there) return stay(form);
  form.dataset.sure = "";
  form.requestSubmit(button);
  delete form.dataset.sure;
}

function hasWords(form) {
  return "draft" in form.dataset || [...form.elements].some((field) => field.matches("textarea, input[type=text]") && field.value.trim());
}

const wrongIn = (part) => part.querySelector("[aria-invalid], [role=alert]");

function focusOn(target, still) {
  if (target && target.tabIndex < 0) target.setAttribute("tabindex", "-1"); // a field keeps its place among what Tab reaches
  target?.focus({ preventScroll: still });
}

function focusAfter(id, ok) {
  if (document.activeElement?.matches("textarea, input, select")) return; // somebody is at work elsewhere by now
  const card = id && document.getElementById(id);
  if (!card) return document.getElementById("main").focus();
  focusOn((!ok && wrongIn(card)) || card.querySelector("h2, h1"), ok);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const leaves = !form.closest("[data-card]") || form.hasAttribute("data-plain");
  if (event.defaultPrevented || (leaves && (form.method !== "post" || "sure" in form.dataset || !hasWords(form)))) return;
  event.preventDefault();
  if (form.classList.contains("sending")) return;
  if (leaves) return leave(form, event.submitter);
  form.classList.add("sending");
  waiting.set(form, new URLSearchParams(new FormData(form, event.submitter))); // not what is typed while it waits its turn
  inTurn(() => send(form, event.submitter));
});

// A tap on a beginning puts it into the reply, to be finished in one's own words.
document.addEventListener("click", (event) => {
  const tapped = event.target.closest("[data-insert]");
  if (tapped) {
    const field = tapped.closest("form").querySelector("textarea");
    const words = tapped.dataset.insert.replace(/…\s*$/, "").trimEnd();
    field.value = field.value ? `${field.value.trimEnd()} ${words}` : words;
    if (tapped.dataset.insert.trimEnd().endsWith("…")) field.value += " ";
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const copied = event.target.closest("[data-copy]");
  if (copied) {
    const field = document.getElementById(copied.dataset.copy);
    field.select();
    const told = () => {
      copied.lastChild.data = "Copied";
      tell("Copied.");
    };
    // Over plain http there is no clipboard to write to, and elsewhere it may be refused: then the old way.
    const oldWay = () => document.execCommand("copy") && told();
    if (navigator.clipboard) navigator.clipboard.writeText(field.value).then(told, oldWay);
    else oldWay();
  }
});

// Clocks of two places go on while the page lies open.
setInterval(() => {
  for (const shown of document.querySelectorAll("[data-clock]")) {
    shown.textContent = new Date().toLocaleTimeString("en-GB", { timeZone: shown.dataset.clock, timeStyle: "short" });
  }
}, 10_000);

keepDrafts(tell);
addEventListener("DOMContentLoaded", () => (document.documentElement.dataset.script = "")); // all scripts have come: what needs one may be tapped
focusOn(wrongIn(document.getElementById("main"))); // what is missing may lie below the edge of the screen
if (document.querySelector("[data-card]")) listen(() => inTurn(look));
