// "Look again": the socket says that something may be new, never what. It comes back by itself after a tunnel.

const { root } = document.documentElement.dataset;
const PATIENCE = [500, 1000, 2000, 5000, 15000, 30000];

export function listen(look) {
  let tries = 0;
  let looking = null;
  let again = false;

  // A page that nobody has before them looks when they come back: nobody would have seen what it showed until then.
  const ping = () => document.hidden || lookOnce();

  // Pings that come while we look are one more look, afterwards.
  async function lookOnce() {
    if (looking) return void (again = true);
    looking = look().catch(() => {});
    await looking;
    looking = null;
    if (again) {
      again = false;
      ping();
    }
  }

  function open() {
    const address = new URL(root + "live", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    const socket = new WebSocket(address);
    socket.onopen = () => {
      ping(); // one that came between the page and its socket would be lost otherwise
      tries = 0;
      document.documentElement.dataset.live = "true";
    };
    socket.onmessage = ping;
    socket.onclose = (event) => {
      delete document.documentElement.dataset.live;
      if (event.code === 4401 || event.code === 4403) return lookOnce();
      setTimeout(open, PATIENCE[Math.min(tries++, PATIENCE.length - 1)] * (0.8 + Math.random() / 2.5));
    };
  }

  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && lookOnce());
  open();
}
