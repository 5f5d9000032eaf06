/* What the pages do beyond plain HTML: the month strip speaks, menus close, forms are sent once. All works without it. */
"use strict";
document.documentElement.classList.add("js");

document.addEventListener("click", (event) => {
  const cell = event.target.closest("[data-says]");
  if (cell) {
    const strip = cell.closest("[data-strip]");
    strip.querySelectorAll("[aria-pressed=true]").forEach((one) => one.setAttribute("aria-pressed", "false"));
    cell.setAttribute("aria-pressed", "true");
    strip.querySelector("[data-said]").textContent = cell.dataset.says;
  }
  document.querySelectorAll("details.export[open], .bar details[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  if (event.target.closest("[data-print]")) window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll("details.export[open], .bar details[open]").forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

/* A key that stands on a button or choice presses it, but not while something is being typed. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const at = event.target;
  if (at.closest("textarea, select, input:not([type=radio]):not([type=checkbox])")) return;
  if (event.key === "Enter" && at.closest("a, button, summary")) return;
  const meant = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!meant) return;
  event.preventDefault();
  meant.focus();
  meant.click();
});

/* A second press of the same button does nothing while the first is on its way. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.querySelector("[name=ekspor]")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

/* A slider sets a day: so many days after the first one. The form is asked when it is let go. */
document.querySelectorAll("[data-slides]").forEach((slider) => {
  const day = document.getElementById(slider.dataset.slides);
  const first = Date.parse(slider.dataset.from);
  const follow = () => { if (day.value) slider.value = Math.round((Date.parse(day.value) - first) / 864e5); };
  slider.addEventListener("input", () => { day.value = new Date(first + slider.value * 864e5).toISOString().slice(0, 10); });
  day.addEventListener("change", follow);
  follow();
});

/* On paper every "Mengapa?" is open. */
window.addEventListener("beforeprint", () => document.querySelectorAll("details.why, details.fold, .day-months details").forEach((one) => { one.open = true; }));

/* Focus the summary of what went wrong. */
const summary = document.querySelector(".sum-up");
if (summary) summary.focus();

/* The QR of a card brings its number behind the address, which no server sees: it is put into the field. */
document.querySelectorAll("[data-from-card]").forEach((field) => {
  const found = /^#(\d{11})-\d{2}$/.exec(location.hash);
  if (!found) return;
  if (!field.value) field.value = found[1];
  history.replaceState(null, "", location.pathname);
});
