// A photo is made small before it goes: it travels fast, and leaves what the camera wrote beside it behind. The server
// does the same again with whatever comes (entries/attachments.py), so that everything here may fail.

const LONGEST = 2048, ENOUGH = 700 * 1024;
const working = new Map(); // form → what still has to be done before it goes

async function small(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  for (const [side, quality] of [[LONGEST, 0.86], [LONGEST, 0.72], [1440, 0.72], [1080, 0.7]]) {
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
    if (blob && blob.size <= ENOUGH) return new File([blob], "photo.jpg", { type: "image/jpeg" });
  }
  return file;
}

async function chosen(field) {
  const shown = document.getElementById(field.dataset.photo);
  const [file] = field.files;
  shown.hidden = true;
  if (!file) return;
  try {
    const carrier = new DataTransfer();
    carrier.items.add(await small(file));
    field.files = carrier.files;
  } catch {
    return; // a kind that this browser cannot read; the server may
  }
  URL.revokeObjectURL(shown.src);
  shown.src = URL.createObjectURL(field.files[0]);
  shown.hidden = false;
}

const PHOTO = "input[type=file][data-photo]";
const make = (field) => working.set(field.form, chosen(field).finally(() => working.delete(field.form)));
document.addEventListener("change", (event) => event.target.matches(PHOTO) && make(event.target));
for (const field of document.querySelectorAll(PHOTO)) if (field.files.length) make(field); // chosen before this script had come

document.addEventListener("submit", async (event) => {
  const form = event.target, work = working.get(form), button = event.submitter;
  if (!work) return;
  event.preventDefault();
  await work;
  form.requestSubmit(button);
});
