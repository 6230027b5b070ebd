// The keyboard of the desk. Without it every page works by its links and buttons.
"use strict";

const list = [...document.querySelectorAll("#list tbody tr")];
let here = -1;

function go(to) {
  if (!list.length) return;
  if (here >= 0) list[here].classList.remove("here");
  here = Math.max(0, Math.min(list.length - 1, to));
  list[here].classList.add("here");
  list[here].querySelector("a").focus({ preventScroll: true });
  list[here].scrollIntoView({ block: "nearest" });
}

function tick() {
  const box = here >= 0 && list[here].querySelector("input[type=checkbox]");
  if (box) box.checked = !box.checked;
}

function refuse() {
  const box = document.getElementById("refuse");
  if (!box) return;
  box.open = true;
  box.querySelector("input[type=radio]").focus();
}

function press(id) {
  const button = document.getElementById(id);
  if (button) button.click();
}

// By the place of the key, so that a Russian layout works as a Latin one does.
const KEYS = {
  KeyJ: () => go(here + 1),
  ArrowDown: () => go(here + 1),
  KeyK: () => go(here - 1),
  ArrowUp: () => go(here - 1),
  KeyX: tick,
  KeyC: () => press("confirm"),
  KeyR: refuse,
  Escape: () => press("back"),
};

function search(event) {
  const field = document.getElementById("q");
  // the key beside the right shift is «.» in a Russian layout and types nothing here
  if (!field || !(event.key === "/" || event.code === "Slash")) return false;
  field.focus();
  field.select();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat && !event.code.startsWith("Arrow")) return;
  const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select");
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  // while a reason is chosen no key may decide anything else
  const refusing = event.target.closest("#refuse form");
  if (refusing) {
    if (event.key === "Escape") {
      document.getElementById("refuse").open = false;
      event.target.blur(); // the browser would do so a frame later, and miss a key meanwhile
    }
    return;
  }
  if (search(event)) {
    event.preventDefault();
    return;
  }
  const deed = KEYS[event.code];
  if (!deed || (!list.length && event.code.startsWith("Arrow"))) return;
  event.preventDefault();
  deed();
});

// A form pressed twice is sent once.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  if (!event.target.action.endsWith("/download")) event.target.dataset.sent = "1";
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
