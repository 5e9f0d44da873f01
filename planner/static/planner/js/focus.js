/* After an answer with errors the summary takes the focus, so that it is read and the keyboard starts there. */
document.querySelector("[data-take-focus]")?.focus();
