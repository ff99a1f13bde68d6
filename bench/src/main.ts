import { spawnSync } from 'node:child_process';
import type { Figure } from './scenario.js';
import { scenarios } from './scenarios/index.js';

// Every run is a process of its own; the rounds are interleaved, so that a noisy minute does not fall on one scenario.
const rounds = Number(process.argv.find((a) => a.startsWith('--rounds='))?.slice(9) ?? 5);
const only = process.argv.slice(2).find((a) => !a.startsWith('--')) ?? '';
const asJson = process.argv.includes('--json');
const chosen = scenarios.filter((s) => s.name.includes(only));

const runOnce = (name: string): readonly Figure[] => {
  const child = new URL('./run-scenario.js', import.meta.url).pathname;
  const result = spawnSync(process.execPath, ['--expose-gc', child, name], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`${name} failed:\n${result.stderr}`);
  return JSON.parse(result.stdout.trim().split('\n').at(-1) as string) as Figure[];
};

const runs = new Map<string, Figure[][]>(chosen.map((s) => [s.name, []]));
for (let round = 1; round <= rounds; round++) {
  for (const { name } of chosen) {
    process.stderr.write(`round ${round} of ${rounds}: ${name}\n`);
    runs.get(name)?.push([...runOnce(name)]);
  }
}

const text = (value: number): string =>
  value >= 1e6
    ? `${(value / 1e6).toFixed(2)}M`
    : value >= 1e3
      ? `${(value / 1e3).toFixed(1)}k`
      : value.toFixed(2);

const rows = [...runs].flatMap(([scenario, all]) =>
  (all[0] ?? []).map((figure, i) => {
    const values = all.map((figures) => figures[i]?.value ?? Number.NaN).sort((a, b) => a - b);
    const median = values[values.length >> 1] as number;
    const { name, unit, floor, more } = figure;
    const met = floor === undefined ? undefined : more === true ? median >= floor : median <= floor;
    return {
      scenario,
      name,
      unit,
      median,
      least: values[0] as number,
      most: values.at(-1) as number,
      floor,
      met,
    };
  }),
);

if (asJson) process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
else {
  process.stdout.write(`Node ${process.version}, median of ${rounds} processes (least to most)\n\n`);
  process.stdout.write(
    '| scenario | figure | median | least to most | goal | met |\n|---|---|---:|---:|---:|---|\n',
  );
  for (const { scenario, name, unit, median, least, most, floor, met } of rows) {
    const goal = floor === undefined ? '' : text(floor);
    const verdict = met === undefined ? '' : met ? 'yes' : 'no';
    process.stdout.write(
      `| ${scenario} | ${name} | ${text(median)} ${unit} | ${text(least)} to ${text(most)} | ${goal} | ${verdict} |\n`,
    );
  }
}
