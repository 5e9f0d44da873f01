/* Says that something was changed and not saved, and asks before it would be lost. Ctrl or Command with Enter saves. */
const isChanged = (field) => {
  if (field.options) {
    const chosen = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(chosen, 0);
  }
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return field.defaultValue !== undefined && field.value !== field.defaultValue;
};

for (const form of document.querySelectorAll("form[data-warn-unsaved]")) {
  const note = form.querySelector("[data-unsaved]");
  let changed = Boolean(form.querySelector(".invalid"));
  const say = () => {
    changed = true;
    if (note) note.textContent = form.dataset.warnUnsaved;
  };
  form.addEventListener("input", say);
  // Whoever typed before this script had come is heard too.
  if ([...form.elements].some(isChanged)) say();
  form.addEventListener("submit", () => { changed = false; });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
