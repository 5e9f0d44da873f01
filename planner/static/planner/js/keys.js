/* Shorter ways by keyboard: ? for the list, g and a letter to go somewhere. Nothing happens while one types, and all of it can be switched off. */
const stored = "danegeld-keys";
const styles = document.currentScript.dataset.styles;
const places = { p: "/plans", r: "/prices", h: "/help" };
let waiting = 0;

const isOff = () => localStorage.getItem(stored) === "off";
const isTyping = (target) => target.closest("input, select, textarea, [contenteditable], dialog");

const showList = async () => {
  const answer = await fetch("/help/keyboard", { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  if (!document.querySelector(`link[href="${styles}"]`)) {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = styles;
    document.head.append(sheet);
  }
  const dialog = document.createElement("dialog");
  dialog.className = "sheet";
  dialog.setAttribute("aria-labelledby", "keyboard-title");
  dialog.innerHTML = await answer.text();
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isOff() || isTyping(event.target)) return;
  if (event.key === "?") {
    event.preventDefault();
    showList();
  } else if (event.key === "g") {
    waiting = Date.now();
  } else if (Date.now() - waiting < 1500 && places[event.key]) {
    location.assign(places[event.key]);
  } else if (event.key === "n") {
    location.assign("/plans/new");
  }
});

for (const button of document.querySelectorAll("[data-keys-switch]")) {
  const say = () => { button.textContent = isOff() ? button.dataset.on : button.dataset.off; };
  say();
  button.addEventListener("click", () => {
    localStorage.setItem(stored, isOff() ? "on" : "off");
    say();
  });
}
