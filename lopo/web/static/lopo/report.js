/* The first report on a bad line: what is typed stays on the phone until it has arrived, and it arrives once. */
"use strict";
(() => {
  const LONGEST_SIDE = 1600;
  const AGAIN_MS = 15000;
  const received = document.querySelector("[data-received]");
  if (received) localStorage.removeItem(received.dataset.received);

  const form = document.querySelector("form[data-kept]");
  if (!form) return;
  const key = form.dataset.kept;
  const waiting = document.querySelector("[data-waiting]");
  const keep = () => {
    const told = {};
    for (const field of form.elements) {
      if (!field.name || field.type === "file" || field.name === "csrfmiddlewaretoken") continue;
      told[field.name] = field.type === "checkbox" ? field.checked : field.value;
    }
    localStorage.setItem(key, JSON.stringify(told));
  };
  const restore = () => {
    const told = JSON.parse(localStorage.getItem(key) || "null");
    if (!told || document.querySelector(".sum-up")) return;
    for (const field of form.elements) {
      if (!(field.name in told) || field.type === "file") continue;
      if (field.type === "checkbox") field.checked = told[field.name];
      else if (told[field.name]) field.value = told[field.name];
    }
  };
  try { restore(); } catch { localStorage.removeItem(key); }
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);

  /* A large photo is made smaller before it leaves; what cannot be drawn goes as it is, and the server names it. */
  const smaller = async (file) => {
    try {
      const picture = await createImageBitmap(file);
      const part = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * part);
      canvas.height = Math.round(picture.height * part);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob && blob.size < file.size ? blob : file;
    } catch { return file; }
  };

  let timer = 0;
  const send = async () => {
    clearTimeout(timer);
    const data = new FormData(form);
    const photo = data.get("foto");
    if (photo && photo.size) data.set("foto", await smaller(photo), "foto.jpg");
    let answer;
    try {
      answer = await fetch(location.pathname, { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
    } catch {
      waiting.hidden = false;
      timer = setTimeout(send, AGAIN_MS);
      return;
    }
    waiting.hidden = true;
    if (answer.redirected) { location.assign(answer.url); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = page.querySelector(".sum-up");
    document.querySelector(".sum-up")?.remove();
    delete form.dataset.sent;
    if (!told) { form.submit(); return; }
    form.before(told);
    told.focus();
    form.querySelectorAll(".error").forEach((one) => one.remove());
    form.querySelectorAll(".wrong").forEach((one) => one.classList.remove("wrong"));
    page.querySelectorAll(".field .error").forEach((error) => {
      const named = error.closest(".field").querySelector("[name]");
      const field = named && form.elements[named.name];
      if (!field) return;
      field.closest(".field").classList.add("wrong");
      field.setAttribute("aria-invalid", "true");
      field.closest(".field").append(error);
    });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
    send();
  });
  window.addEventListener("online", () => { if (!waiting.hidden) send(); });
})();
