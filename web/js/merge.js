// Bring an answered page into this one, card by card, and never over words that somebody is typing.

const parser = new DOMParser();

// Two renderings of the same card differ in tokens and fresh ids; these say nothing about what it shows.
function shape(card) {
  const copy = card.cloneNode(true);
  for (const field of copy.querySelectorAll("[name=csrfmiddlewaretoken], [name=id]")) field.remove();
  return copy.innerHTML + copy.className;
}

const shapes = new WeakMap();
const shapeOf = (card) => {
  if (!shapes.has(card)) shapes.set(card, shape(card));
  return shapes.get(card);
};

// Somebody is at work in a card when a field has the focus or holds other words than the page came with, or when something is missing.
function busy(card) {
  if (card.querySelector("[aria-invalid], .error")) return true;
  const active = document.activeElement;
  if (active?.matches("textarea, input:not([readonly]), select") && card.contains(active) && (active.value || active.type === "radio")) return true;
  return [...card.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue) ||
    [...card.querySelectorAll("input[type=radio], input[type=checkbox]")].some((box) => box.checked !== box.defaultChecked);
}

// What stood open stays open, unless it is the card whose own form was sent.
function place(old, fresh, sent) {
  shapes.set(fresh, shape(fresh));
  const open = new Set([...old.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
  for (const summary of sent ? [] : fresh.querySelectorAll("details > summary")) {
    if (open.has(summary.textContent)) summary.parentElement.open = true;
  }
  old.replaceWith(fresh);
}

// Put cards that are new into their column, in the order of the answered page.
function insert(fresh, order) {
  const column = fresh.parentElement?.id && document.getElementById(fresh.parentElement.id);
  if (!column) return false;
  const within = (part) => (!part || part.parentElement === column ? part : within(part.parentElement));
  const after = order.slice(order.indexOf(fresh.id) + 1).map((id) => within(document.getElementById(id)));
  column.insertBefore(fresh, after.find(Boolean) || null);
  return true;
}

// A column that this page has not had yet, since nothing had come, is made in its place: somebody may be at work beside it.
function makeColumns(page) {
  const here = document.querySelector("#main .columns");
  const there = [...page.querySelectorAll("#main .columns > [id]")];
  there.forEach((column, place) => {
    if (!here || document.getElementById(column.id)) return;
    const after = there.slice(place + 1).map((one) => document.getElementById(one.id));
    here.insertBefore(column.cloneNode(false), after.find((one) => one?.parentElement === here) || null);
  });
}

export function merge(html, { mine, card: sent, partial = false }) {
  const page = parser.parseFromString(html, "text/html");
  const main = document.getElementById("main");
  const fresh = [...page.querySelectorAll("#main [data-card]")];
  const have = new Map([...main.querySelectorAll("[data-card]")].map((card) => [card.id, card]));
  if (!partial) makeColumns(page);
  const columns = [...page.querySelectorAll("#main .columns > [id]")].map((column) => column.id);
  if (!partial && (!fresh.length || columns.some((id) => !document.getElementById(id)))) {
    const typing = [...have.values()].some((card) => card.id !== sent && busy(card));
    if (typing && !mine) return false;
    if (page.documentElement.dataset.theme !== document.documentElement.dataset.theme) return void location.reload(); // in another light
    main.replaceChildren(...page.getElementById("main").childNodes);
    return true;
  }
  const order = fresh.map((card) => card.id);
  let changed = false;
  for (const card of fresh) {
    const old = have.get(card.id);
    have.delete(card.id);
    if (!old) {
      changed = insert(card, order) || changed;
    } else if (card.id === sent || (shape(card) !== shapeOf(old) && !busy(old))) {
      place(old, document.adoptNode(card), card.id === sent);
      changed = true;
    }
  }
  if (!partial) {
    for (const [id, old] of have) {
      if (id === sent || !busy(old)) {
        old.remove();
        changed = true;
      }
    }
  }
  return changed;
}

for (const card of document.querySelectorAll("[data-card]")) shapeOf(card);
