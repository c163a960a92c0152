// A clock for each step that somebody may start. It shows how long is left, roughly and in silence; at its end nothing happens.

const A_MINUTE = 60_000;
const NUMBERS = ["", "one minute", "two minutes", "three minutes", "four minutes", "five minutes"];

function inWords(left) {
  if (left <= 0) return "Take as long as you like";
  const minutes = Math.ceil(left / A_MINUTE);
  return `About ${NUMBERS[minutes] ?? `${minutes} minutes`} left`;
}

function start(line) {
  const whole = line.dataset.minutes * A_MINUTE;
  const began = performance.now();
  const words = line.querySelector("[data-left]");
  const bar = document.createElement("progress");
  bar.className = "steps";
  bar.max = whole;
  bar.setAttribute("aria-label", "Time that has passed");
  line.append(bar);
  const show = () => {
    const passed = performance.now() - began;
    const said = inWords(whole - passed);
    if (words.textContent !== said) words.textContent = said;
    bar.value = passed;
    if (passed >= whole) clearInterval(ticking);
  };
  const ticking = setInterval(show, 1000);
  show();
}

for (const line of document.querySelectorAll("[data-minutes]")) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "soft", textContent: "Start the clock" });
  button.addEventListener("click", () => {
    const field = line.parentElement.querySelector("textarea");
    button.remove();
    start(line);
    field.focus();
  });
  line.append(button);
}
