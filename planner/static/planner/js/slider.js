/* A slider over unequal steps: says the value of its step to the eye and to a screen reader while it is moved, and asks
   its form for the answer. The first page carries no library, so this one asks by itself. */
for (const slider of document.querySelectorAll("input[type=range][data-words]")) {
  const words = slider.dataset.words.split("|");
  const output = document.querySelector(`output[for="${slider.id}"]`);
  const answer = document.getElementById(slider.dataset.answer);
  const status = document.getElementById(slider.dataset.status);
  let waiting = 0;
  let asked = new AbortController();

  const ask = async () => {
    asked.abort();
    asked = new AbortController();
    const address = `${slider.form.action.split("#")[0]}?${new URLSearchParams(new FormData(slider.form))}`;
    try {
      const response = await fetch(address, { headers: { "HX-Request": "true" }, signal: asked.signal });
      if (!response.ok) return;
      answer.innerHTML = await response.text();
      status.textContent = `${output.textContent}: ${answer.querySelector(".answer-headline").textContent}`;
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  };

  slider.addEventListener("input", () => {
    const word = words[Number(slider.value)];
    output.textContent = word;
    slider.setAttribute("aria-valuetext", word);
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
}
