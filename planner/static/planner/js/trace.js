/* "How is this worked out?": a figure opens its working under its row. The figure again, "Close" or Escape puts it away.
   A table of figures is one stop of the Tab key; the arrow keys move between its figures. */
const figuresOf = (table) => [...table.querySelectorAll("a.traced")];

function close(row) {
  const opener = row.previousElementSibling?.querySelector('a.traced[aria-expanded="true"]');
  opener?.removeAttribute("aria-expanded");
  row.remove();
  opener?.focus();
}

function neighbour(link, key) {
  const cell = link.closest("td, th");
  const step = { ArrowLeft: "previousElementSibling", ArrowRight: "nextElementSibling" }[key];
  let next = cell;
  if (step) {
    do next = next[step];
    while (next && !next.querySelector("a.traced"));
    return next?.querySelector("a.traced");
  }
  const rows = [...link.closest("tbody").rows].filter((row) => row.cells[cell.cellIndex]?.querySelector("a.traced"));
  const at = rows.indexOf(link.closest("tr"));
  return rows[at + (key === "ArrowUp" ? -1 : 1)]?.cells[cell.cellIndex].querySelector("a.traced");
}

function oneStop(root) {
  for (const table of root.querySelectorAll("table.ledger")) {
    figuresOf(table).forEach((link, at) => link.setAttribute("tabindex", at ? "-1" : "0"));
  }
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest?.("a.traced");
  const row = link?.closest("tr");
  if (!row) return;
  const wasOpen = link.getAttribute("aria-expanded") === "true";
  if (row.nextElementSibling?.matches(".trace-row")) close(row.nextElementSibling);
  if (wasOpen) event.preventDefault();
  else link.setAttribute("aria-expanded", "true");
});

document.addEventListener("htmx:responseError", (event) => {
  const link = event.target.closest?.("a.traced");
  if (link) window.location.assign(link.href);
});

document.addEventListener("htmx:load", (event) => {
  const row = event.detail.elt;
  if (!row.matches?.(".trace-row")) return oneStop(row);
  row.cells[0].colSpan = row.previousElementSibling?.cells.length ?? 1;
  row.querySelector(".trace-title").focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  if (event.target.matches("[data-close-trace]")) close(event.target.closest(".trace-row"));
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(".trace-row");
  if (row && event.key === "Escape") return close(row);
  const link = event.target.closest?.("table a.traced");
  if (!link || event.altKey || event.ctrlKey || event.metaKey || !/^Arrow/.test(event.key)) return;
  const next = neighbour(link, event.key);
  if (!next) return;
  event.preventDefault();
  figuresOf(link.closest("table")).forEach((each) => each.setAttribute("tabindex", each === next ? "0" : "-1"));
  next.focus();
});

oneStop(document);
