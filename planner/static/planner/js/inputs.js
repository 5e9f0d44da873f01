/* The link beside a field opens what is known about it in place; a second press closes it again. */
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-more]");
  const place = link?.closest(".field")?.querySelector(".more-here");
  if (!place) return;
  link.setAttribute("aria-expanded", String(!place.firstElementChild));
  if (place.firstElementChild) {
    event.preventDefault();
    event.stopPropagation();
    place.replaceChildren();
  }
}, true);

/* A draft keeps itself: nothing is lost by leaving. Ctrl or Command with Enter saves as everywhere. */
document.querySelector("form[data-saves-itself]")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
});
