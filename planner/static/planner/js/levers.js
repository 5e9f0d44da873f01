/* Sliders and buttons write into the entry beside them; the form asks for the answer by htmx. What changed is said once
   the reader's hand rests. */
const form = document.querySelector("form[data-levers]");
const status = document.getElementById("what-if-status");
const suffixes = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };

function amount(text) {
  const plain = text.replace(/[\s,%$€£]/g, "").replaceAll("−", "-").toLowerCase();
  const found = /^([+-]?[0-9.]+)([kmbt])?$/.exec(plain);
  return found ? Number(found[1]) * (suffixes[found[2]] ?? 1) : Number.NaN;
}

for (const lever of form.querySelectorAll("[data-lever]")) {
  const entry = lever.querySelector("input[type=text]");
  const slider = lever.querySelector("input[type=range]");
  const steps = slider.dataset.steps.split("|");
  const amounts = steps.map(amount);

  const say = () => slider.setAttribute("aria-valuetext", `${entry.value} ${slider.dataset.unit}`);
  const follow = () => {
    const typed = amount(entry.value);
    if (Number.isNaN(typed)) return;
    const near = amounts.reduce((best, each, at) => (Math.abs(each - typed) < Math.abs(amounts[best] - typed) ? at : best), 0);
    slider.value = String(near);
    say();
  };

  // Before the form hears of it: what is sent is the entry.
  slider.addEventListener("input", () => {
    entry.value = steps[Number(slider.value)];
    say();
  });
  entry.addEventListener("input", follow);
  for (const button of lever.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      const next = Math.min(steps.length - 1, Math.max(0, Number(slider.value) + Number(button.dataset.step)));
      slider.value = String(next);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
}

let resting = 0;
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt.id !== "what-if-answer" && event.detail.target?.id !== "what-if-answer") return;
  clearTimeout(resting);
  resting = setTimeout(() => {
    const now = document.querySelector("#what-if-answer [role=alert], #what-if-answer [data-now]");
    if (now && !now.matches("[role=alert]")) status.textContent = now.textContent;
  }, 700);
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy-link]");
  if (!button) return;
  await navigator.clipboard.writeText(location.href);
  button.textContent = button.dataset.copied;
});

// A further input starts from the address as it is by now, not as it was when the page was made.
document.querySelector("form[data-add-lever]").addEventListener("submit", (event) => {
  const adding = event.target;
  for (const hidden of adding.querySelectorAll("input[type=hidden]")) hidden.remove();
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (name === "futures" || name === "ask") continue;
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name, value });
    adding.append(hidden);
  }
});
