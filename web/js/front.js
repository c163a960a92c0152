// What the pages before sign-in do for whoever has JavaScript; all of them work without it.

const { root } = document.documentElement.dataset;

// The invitation's code travels in the link's fragment, which browsers do not send; it is posted, then forgotten here.
const form = document.querySelector("form[data-fragment]");
function open() {
  const code = location.hash.slice(1);
  if (!form || !code) return;
  history.replaceState(null, "", location.pathname);
  form.elements.code.value = code;
  form.requestSubmit();
}
open();
addEventListener("hashchange", open); // another link, put into the line of a page that lies open

// A page that answers a form cannot be come back to: once the account is made, Back leads to an address that can.
const account = document.querySelector("form[data-back]");
account?.addEventListener("submit", () => history.replaceState(null, "", account.dataset.back));

// Two taps are one: the second would take the place of the first, whose answer lets the person in.
let sent = {};
document.addEventListener("submit", (event) => {
  const { target, timeStamp, defaultPrevented } = event;
  if (defaultPrevented) return; // it goes once the server is known to be there
  if (target === sent.target && timeStamp - sent.timeStamp < 3000) event.preventDefault();
  else sent = { target, timeStamp };
});

// What is missing may lie below the edge of the screen.
document.querySelector("#main [aria-invalid]")?.focus();

for (const box of document.querySelectorAll("[data-show]")) {
  const field = document.getElementById(box.dataset.show);
  box.addEventListener("change", () => (field.type = box.checked ? "text" : "password"));
}

for (const button of document.querySelectorAll("[data-suggest]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.suggest);
    const said = document.querySelector("[data-suggestion]");
    field.value = said.textContent;
    const box = document.querySelector(`[data-show="${field.id}"]`);
    box.checked = true;
    box.dispatchEvent(new Event("change"));
    const next = await fetch(root + "passphrase/");
    if (next.ok) button.dataset.next = await next.text();
    button.addEventListener("click", () => (said.textContent = button.dataset.next || said.textContent), { once: true, capture: true });
  });
}

document.documentElement.dataset.script = ""; // what needs a script may be tapped now
