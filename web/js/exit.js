// Leaving quickly, from any page: the button at the top, or Escape pressed twice. The page goes at once, and this
// device keeps nothing of what was on it. The browser's history remains, which /safety/ says.

const { root } = document.documentElement.dataset;
const TWICE = 700; // ms between two presses
const PATIENCE = 600; // ms to wait for the server before the page changes all the same

function forget() {
  for (const store of ["localStorage", "sessionStorage"]) {
    try {
      window[store].clear();
    } catch {} // storage may be switched off in this browser
  }
  indexedDB?.databases?.().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name)));
  window.caches?.keys().then((names) => names.forEach((name) => caches.delete(name)));
}

function leave() {
  document.title = "";
  document.documentElement.replaceChildren();
  const told = fetch(root + "exit/", { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
  forget();
  const waited = new Promise((done) => setTimeout(done, PATIENCE));
  Promise.race([told, waited]).then(() => location.replace(root + "exit/done/"));
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.exit")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  leave();
}, { capture: true });

let last = -TWICE;
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  if (event.timeStamp - last < TWICE) leave();
  last = event.timeStamp;
}, { capture: true });
