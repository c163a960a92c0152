// Each phone opens at the question; a fragment in its address would move this page as well.

for (const frame of document.querySelectorAll(".phone iframe")) {
  const show = () => {
    const card = frame.contentDocument?.getElementById("question");
    if (card) frame.contentWindow.scrollTo(0, card.offsetTop - 12);
  };
  if (frame.contentDocument?.readyState === "complete" && frame.contentWindow.location.href !== "about:blank") show();
  frame.addEventListener("load", show, { once: true });
}
