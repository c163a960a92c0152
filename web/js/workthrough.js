// "Print it": the page of a talk prints its agreement alone (workthrough.css).

function offer() {
  for (const button of document.querySelectorAll("[data-print][hidden]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

offer();
new MutationObserver(offer).observe(document.getElementById("main"), { childList: true, subtree: true });
