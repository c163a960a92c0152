// Under a field for something hard (a textarea with data-soften): what may sound like blame, and gentler words to take or
// leave. One's own server is asked, a moment after the last key; nothing is kept there, and nothing stands in the way of sending.

const { root } = document.documentElement.dataset;
const WAIT = 600;
const timers = new WeakMap();
const taken = new WeakMap(); // field → what stood in it before gentler words were put in, and after

const fieldsIn = (node) => node.querySelectorAll("textarea[data-soften]");

function placeUnder(field) {
  const there = document.querySelector(`[data-softer="${CSS.escape(field.id)}"]`);
  if (there) return there;
  const place = document.createElement("div");
  place.className = "softening";
  place.dataset.softer = field.id;
  field.after(place);
  return place;
}

async function look(field) {
  const text = field.value, part = field.dataset.soften; // of a field for one part alone: saw, felt, need, ask
  if (!text.trim()) return show(field, []);
  const headers = { "X-CSRFToken": field.form.elements.csrfmiddlewaretoken.value };
  try {
    const answer = await fetch(root + "soften/", { method: "POST", headers, body: new URLSearchParams({ text, part }) });
    if (!answer.ok || answer.redirected || field.value !== text) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (field.value === text) show(field, page.querySelectorAll(".softer"));
  } catch {
    // No network: then nobody helps with the words, and they are theirs anyway.
  }
}

function show(field, found) {
  const place = placeUnder(field);
  const again = found.length && !place.querySelector(".softer");
  place.replaceChildren(...undo(field), ...found);
  if (again && field === document.activeElement) {
    document.getElementById("said").textContent = "There are gentler words below this field, if you want them.";
  }
}

// Until one types on, what was put in can be taken out again.
function undo(field) {
  if (taken.get(field)?.after !== field.value) return [];
  const line = document.createElement("p");
  line.className = "taken";
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "plain", textContent: "Undo" });
  button.dataset.undo = field.id;
  line.append("Put in. Where there is a …, the words are yours.", button);
  return [line];
}

function put(field, text, from, to) {
  field.value = text;
  field.focus();
  field.setSelectionRange(from, to);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function use({ instead, sentence }, field) {
  const before = field.value;
  const at = before.indexOf(sentence);
  if (at < 0) return look(field);
  const after = before.slice(0, at) + instead + before.slice(at + sentence.length);
  const gap = instead.indexOf("…");
  taken.set(field, { before, after });
  put(field, after, at + (gap < 0 ? instead.length : gap), at + (gap < 0 ? instead.length : gap + 1));
  show(field, []);
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches("textarea[data-soften]")) return;
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(look, WAIT, field));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-instead], [data-undo]");
  const field = button && document.getElementById(button.dataset.undo ?? button.closest("[data-softer]").dataset.softer);
  if (!field) return;
  event.preventDefault();
  if (button.dataset.undo === undefined) return use(button.dataset, field);
  const { before } = taken.get(field);
  taken.delete(field);
  put(field, before, before.length, before.length);
  look(field);
});

for (const field of fieldsIn(document)) look(field);
