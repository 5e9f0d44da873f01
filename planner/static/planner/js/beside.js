/* The amount beside an entry follows what is typed: growth a month as growth a year, tokens as words. */
const rules = {
  yearly: (percent) => ((1 + percent / 100) ** 12 - 1) * 100,
  words: (tokens) => tokens * 0.75,
};
const suffixes = { k: 1e3, m: 1e6, b: 1e9, t: 1e12 };
const number = /([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))(?: ?([kmbt])(?![a-z]))?/gi;

const rounded = (amount) => Number(amount.toPrecision(2)).toLocaleString("en", { maximumFractionDigits: 2 });

for (const output of document.querySelectorAll("output[data-rule]")) {
  const entry = document.getElementById(output.htmlFor.value);
  entry.addEventListener("input", () => {
    const point = document.documentElement.dataset.numbers ?? "point";
    const plain = point === "point" ? entry.value : entry.value.replace(/(?<=[0-9])[.\s](?=[0-9]{3}(?![0-9]))/g, "").replaceAll(",", ".");
    const typed = plain.replace(/(?<=[0-9]),(?=[0-9]{3})/g, "").replaceAll("%", "").replaceAll("−", "-");
    const read = [...typed.matchAll(number)].map(([, digits, suffix]) => Number(digits) * (suffixes[suffix?.toLowerCase()] ?? 1));
    const written = read.map((each) => rounded(rules[output.dataset.rule](each)));
    const joined = written.join(written.length === 2 ? " to " : " / ");
    output.textContent = read.length && read.length < 4 ? output.dataset.pattern.replace("#", joined) : "";
  });
}
