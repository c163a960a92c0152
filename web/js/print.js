// A button that prints the page, where there is a script to do it; elsewhere the browser's own way does.

document.addEventListener("click", (event) => event.target.closest("[data-print]") && print());
