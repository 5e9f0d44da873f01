// S3 in Squiggle (https://www.squiggle-language.com), by SampleSet.mapN. Run by bench/squiggle.py, which says where the
// package is: node bench/squiggle.mjs PACKAGE DRAWS prints one line of JSON.
import { pathToFileURL } from "node:url";

const [folder, draws] = process.argv.slice(2);
const { run } = await import(pathToFileURL(`${folder}/dist/index.js`).href);

const MODEL = `
months = List.upTo(1, 60)
rate = 1.12^(1/12) - 1
demand(x, t) = x[0] * exp(x[1] * t / 12)
need(x, t) = demand(x, t) * 1e6 * 3 / (730 * 3600 * x[4] * 0.6)
bought(x, t) = demand(x, t) * (0.5 + (x[2] - 0.5) * 2^(-t / x[3]))
share(x, t) = x[7] / (1 + exp(-(t - 12) / 6))
gpu(x, t) = x[5] * 730 * 0.9^(t / 12)
crew(x, t) = x[6] / 12 * min([1, t / 6])
shield(t) = t <= 36 ? 0.25 / 36 : 0
worth(flow) = List.reduce(months, 0, {|sum, t| sum + flow(t) / (1 + rate)^t})
buy(x) = worth({|t| -0.75 * bought(x, t)})
host(x) = -150000 + worth({|t| -0.75 * ((ceil(need(x, t)) + 1) * gpu(x, t) + crew(x, t)) + shield(t) * 150000})
both(x) = -60000 + worth({|t| s = share(x, t)
  -0.75 * ((1 - s) * bought(x, t) + (ceil(s * need(x, t)) + 1) * gpu(x, t) + 0.25 * crew(x, t)) + shield(t) * 60000})
`;
const SAMPLED = `${MODEL}
inputs = [lognormal(log(20000), 0.8), normal(0.4, 0.25), triangular(3, 6, 12), triangular(8, 14, 30),
  triangular(800, 1500, 2500), lognormal(log(2.5), 0.25), triangular(150000, 300000, 600000),
  0.2 + 0.65 * beta(1 + 4 * 0.3 / 0.65, 1 + 4 * 0.35 / 0.65)] -> List.map({|each| SampleSet.fromDist(each)})
a = SampleSet.mapN(inputs, buy)
b = SampleSet.mapN(inputs, host)
c = SampleSet.mapN(inputs, both)
top = SampleSet.mapN([a, b, c], {|npv| max(npv)})
best = mean(SampleSet.mapN([a, top], {|npv| npv[0] == npv[1] ? 1 : 0}))
ends = [a, b, c] -> List.map({|npv| [quantile(npv, 0.05), quantile(npv, 0.5), quantile(npv, 0.95)]})
evpi = mean(top) - max([mean(a), mean(b), mean(c)])
[mean(a), mean(b), mean(c), best, evpi, ends[0][0]]`;
const AT_A_POINT = `${MODEL}
x = [20000, 0.40, 6.0, 14, 1500, 2.5, 300000, 0.50]
[buy(x), host(x), both(x)]`;

async function numbers(code) {
  const environment = { sampleCount: Number(draws), xyPointLength: 1000, seed: "1" };
  const answer = await run(code, { environment });
  const found = answer.result ?? answer.getResult?.();
  if (found.ok === false) throw new Error(String(found.value));
  const value = found.value.result ?? found.value;
  return value.value.getValues().map((each) => each.value);
}

const point = await numbers(AT_A_POINT);
const begun = process.cpuUsage();
const sampled = await numbers(SAMPLED);
const used = process.cpuUsage(begun);
const seconds = (used.user + used.system) / 1e6;
console.log(JSON.stringify({ seconds, mean: sampled.slice(0, 3), point }));
