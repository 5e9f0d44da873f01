/* Says that something was changed and not saved, and asks before it would be lost. Ctrl or Command with Enter saves. */
for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  const note = form.querySelector("[data-unsaved]");
  let changed = Boolean(form.querySelector(".invalid"));
  form.addEventListener("input", () => {
    changed = true;
    if (note) note.textContent = form.dataset.warnUnsaved;
  });
  form.addEventListener("submit", () => { changed = false; });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
