// A sheet to write and draw on by hand: with a finger, a pen or a mouse. What is drawn stands as numbers in a hidden
// field, so that a draft keeps it and the form sends it; the server reads it strictly, and draws the same paths
// (practices/letters/strokes.py).

const WIDE = 1000, HIGH = 1300;
const ROUND = 16; // how near to a corner its rounding begins
const GENTLE = 0.8; // the cosine of a turn that is a curve, no corner: it is rounded all the way
const NEAR = 3; // units between two points that are noted while the hand moves
const LOOSE = 0.9; // units by which a point may lie off the line without being needed
const PALM = 70; // CSS px: a touch as wide as this is no finger
const SVG = "http://www.w3.org/2000/svg";

const distance = ([ax, ay], [bx, by]) => Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2);

function gentle([px, py], [x, y], [nx, ny]) {
  const ax = x - px, ay = y - py, bx = nx - x, by = ny - y;
  return ax * bx + ay * by >= GENTLE * Math.sqrt(ax * ax + ay * ay) * Math.sqrt(bx * bx + by * by);
}

function towards(corner, other, near) {
  const part = Math.min(0.5, near / Math.max(1, distance(corner, other)));
  return corner.map((at, axis) => Math.floor(at + (other[axis] - at) * part + 0.5));
}

export function path(points) {
  const first = points[0], last = points.at(-1);
  if (points.length === 1) return `M${first[0]} ${first[1]}h.1`;
  let made = `M${first[0]} ${first[1]}`, at = first;
  for (let n = 1; n < points.length - 1; n++) {
    const near = gentle(points[n - 1], points[n], points[n + 1]) ? Infinity : ROUND;
    const start = towards(points[n], points[n - 1], near), end = towards(points[n], points[n + 1], near);
    if (start[0] !== at[0] || start[1] !== at[1]) made += `L${start[0]} ${start[1]}`;
    made += `Q${points[n][0]} ${points[n][1]} ${end[0]} ${end[1]}`;
    at = end;
  }
  return `${made}L${last[0]} ${last[1]}`;
}

// How far a point lies from the line between two others.
function off(point, [ax, ay], [bx, by]) {
  const long = distance([ax, ay], [bx, by]);
  if (!long) return distance(point, [ax, ay]);
  return Math.abs((bx - ax) * (ay - point[1]) - (ax - point[0]) * (by - ay)) / long;
}

// The points that a line needs, and no others (Ramer, Douglas and Peucker).
function simpler(points) {
  let farthest = 0, most = 0;
  for (let n = 1; n < points.length - 1; n++) {
    const far = off(points[n], points[0], points.at(-1));
    if (far > most) [farthest, most] = [n, far];
  }
  if (most <= LOOSE) return points.length > 1 ? [points[0], points.at(-1)] : points;
  return [...simpler(points.slice(0, farthest + 1)).slice(0, -1), ...simpler(points.slice(farthest))];
}

function whole(points) {
  const rounded = points.map(([x, y]) => [Math.min(WIDE, Math.max(0, Math.round(x))), Math.min(HIGH, Math.max(0, Math.round(y)))]);
  return rounded.filter(([x, y], n) => !n || x !== rounded[n - 1][0] || y !== rounded[n - 1][1]);
}

const written = (ink, pen, points) =>
  [ink, pen, ...points.flatMap(([x, y], n) => (n ? [x - points[n - 1][0], y - points[n - 1][1]] : [x, y]))].join(" ");

function read(text) {
  const [ink, pen, ...numbers] = text.split(" ").map(Number);
  const points = [];
  for (let n = 0, x = 0, y = 0; n < numbers.length; n += 2) points.push([(x += numbers[n]), (y += numbers[n + 1])]);
  return { ink, pen, points };
}

class Sheet {
  constructor(box) {
    this.field = document.getElementById(box.dataset.sheet);
    this.most = Number(box.dataset.most);
    this.surface = box.querySelector(".surface");
    this.full = box.querySelector("[data-full]");
    this.inks = [...box.querySelectorAll("[data-ink]")];
    this.pens = [...box.querySelectorAll("[data-pen]")];
    this.strokes = []; // { text, line }, as they were drawn
    this.cleared = []; // what "clear" took away, until something new is drawn
    this.hand = null; // the pointer that draws just now
    this.penSeen = false; // with a pen in the hand, what touches the glass is its palm
    for (const text of this.field.value.split(";").filter(Boolean)) this.add(text);
    for (const group of [this.inks, this.pens]) {
      for (const one of group) one.addEventListener("click", () => group.forEach((other) => other.setAttribute("aria-pressed", other === one)));
    }
    box.querySelector("[data-undo]").addEventListener("click", () => this.undo());
    box.querySelector("[data-clear]").addEventListener("click", () => this.clear());
    this.surface.addEventListener("pointerdown", (event) => this.down(event));
    this.surface.addEventListener("pointermove", (event) => this.move(event));
    this.surface.addEventListener("pointerup", (event) => this.up(event));
    this.surface.addEventListener("pointercancel", () => this.drop()); // two fingers: the page is moved, not drawn on
  }

  chosen(group) {
    return group.findIndex((one) => one.getAttribute("aria-pressed") === "true");
  }

  line(ink, pen) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", `${this.inks[ink].dataset.ink} ${this.pens[pen].dataset.pen}`);
    this.surface.append(line);
    return line;
  }

  add(text) {
    const { ink, pen, points } = read(text);
    if (!this.inks[ink] || !this.pens[pen] || !points.length) return;
    const line = this.line(ink, pen);
    line.setAttribute("d", path(points));
    this.strokes.push({ text, line });
  }

  place(event) {
    const box = this.surface.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * WIDE, ((event.clientY - box.top) / box.height) * HIGH];
  }

  down(event) {
    if (this.hand || event.button) return;
    this.penSeen ||= event.pointerType === "pen";
    if (event.pointerType === "touch" && (this.penSeen || Math.max(event.width, event.height) > PALM)) return;
    this.surface.setPointerCapture(event.pointerId);
    const ink = this.chosen(this.inks), pen = this.chosen(this.pens);
    this.hand = { id: event.pointerId, ink, pen, points: [this.place(event)], line: this.line(ink, pen) };
    this.show();
    event.preventDefault();
  }

  move(event) {
    if (this.hand?.id !== event.pointerId) return;
    const moves = event.getCoalescedEvents?.() ?? [];
    for (const one of moves.length ? moves : [event]) {
      const at = this.place(one);
      if (distance(at, this.hand.points.at(-1)) >= NEAR) this.hand.points.push(at);
    }
    this.show();
  }

  show() {
    this.hand.line.setAttribute("d", path(whole(this.hand.points)));
  }

  up(event) {
    if (this.hand?.id !== event.pointerId) return;
    const { ink, pen, points, line } = this.hand;
    const kept = whole(simpler(points));
    const text = written(ink, pen, kept);
    const room = this.most - this.field.value.length - 1;
    this.full.hidden = text.length <= room;
    if (text.length > room) return this.drop();
    this.hand = null;
    this.cleared = [];
    line.setAttribute("d", path(kept));
    this.strokes.push({ text, line });
    this.keep();
  }

  drop() {
    this.hand?.line.remove();
    this.hand = null;
  }

  undo() {
    if (this.strokes.length) this.strokes.pop().line.remove();
    else for (const { text } of this.cleared.splice(0)) this.add(text);
    this.keep();
  }

  clear() {
    if (!this.strokes.length) return;
    this.cleared = this.strokes.splice(0);
    for (const { line } of this.cleared) line.remove();
    this.keep();
  }

  keep() {
    this.field.value = this.strokes.map(({ text }) => text).join(";");
    this.full.hidden ||= this.field.value.length < this.most;
    this.field.dispatchEvent(new Event("input", { bubbles: true })); // the draft is kept, as when somebody types
  }
}

for (const box of document.querySelectorAll("[data-sheet]")) new Sheet(box);
