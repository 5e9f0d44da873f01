/* What a chart shows, in words: marks that carry `data-say` are read out under the pointer, or by the arrow keys once the
   drawing has the focus. One option can be set apart everywhere. Nothing here is needed: the table under each chart has
   every figure. */
const marksOf = (drawing) => [...drawing.querySelectorAll(".chart [data-say]")].filter((mark) => mark.getClientRects().length);

function readout(drawing) {
  let output = drawing.querySelector(":scope > .readout");
  if (!output) {
    output = document.createElement("p");
    output.className = "readout";
    output.setAttribute("role", "status");
    drawing.append(output);
  }
  return output;
}

function point(drawing, mark) {
  for (const each of drawing.querySelectorAll(".chart .pointed")) each.classList.remove("pointed");
  const output = readout(drawing);
  output.textContent = mark ? mark.dataset.say : "";
  mark?.classList.add("pointed");
}

function step(drawing, key) {
  const marks = marksOf(drawing);
  const at = marks.findIndex((mark) => mark.classList.contains("pointed"));
  const last = marks.length - 1;
  const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[key];
  return marks[at < 0 && next < 0 ? last : Math.min(last, Math.max(0, next))];
}

function prepare(root) {
  for (const drawing of root.querySelectorAll(".drawing")) {
    if (drawing.tabIndex === 0 || !drawing.querySelector(".chart [data-say]")) continue;
    drawing.tabIndex = 0;
    drawing.setAttribute("role", "group");
    readout(drawing);
    const title = drawing.closest("figure")?.querySelector("figcaption :is(h2, h3)");
    drawing.setAttribute("aria-label", `${title?.textContent ?? ""}. ${document.documentElement.lang.startsWith("zh") ? "方向键读取数值" : "Arrow keys read its values"}`);
  }
}

document.addEventListener("pointerover", (event) => {
  const drawing = event.target.closest?.(".drawing");
  const mark = event.target.closest?.(".chart [data-say]");
  if (drawing && mark) point(drawing, mark);
});

document.addEventListener("pointerout", (event) => {
  const drawing = event.target.closest?.(".drawing");
  if (drawing && !drawing.contains(event.relatedTarget) && drawing !== document.activeElement) point(drawing, null);
});

document.addEventListener("keydown", (event) => {
  const drawing = event.target;
  if (!drawing.matches?.(".drawing[tabindex]") || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape") return point(drawing, null);
  if (!/^(Arrow|Home$|End$)/.test(event.key)) return;
  event.preventDefault();
  point(drawing, step(drawing, event.key));
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.(".drawing[tabindex]")) point(event.target, null);
});

/* One option set apart: its lines, bars and rows stay, the others step back. */
function setApart(option) {
  for (const mark of document.querySelectorAll("[data-option]")) {
    mark.classList.toggle("set-back", option !== "" && mark.dataset.option !== option);
  }
  for (const button of document.querySelectorAll("[data-set-apart]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setApart === option && option !== ""));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-set-apart]");
  if (button) setApart(button.getAttribute("aria-pressed") === "true" ? "" : button.dataset.setApart);
});

// Futures that arrive while somebody is at work in the answer wait to be asked for: nothing is taken from under a hand.
document.addEventListener("htmx:beforeSwap", (event) => {
  const answer = event.detail.target;
  const waiting = document.getElementById("futures-wait");
  if (answer.id !== "answer" || !waiting) return;
  if (!answer.contains(document.activeElement) && !answer.querySelector(".trace-row, details[open]")) return;
  event.detail.shouldSwap = false;
  waiting.hidden = false;
});

document.addEventListener("htmx:load", (event) => prepare(event.detail.elt.parentElement ?? document));
prepare(document);
