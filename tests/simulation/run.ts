import { parseArgs } from 'node:util';
import { runWorld, type WorldResult } from './world.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    from: { type: 'string', default: '1' },
    'no-crashes': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const HELP = `Runs worlds of the deterministic simulation.

  npx tsx tests/simulation/run.ts [--seeds 1000] [--from 1] [--seed N] [--no-crashes] [--verbose]

  --seeds N      how many worlds, one a seed
  --from N       the first seed
  --seed N       this world only
  --no-crashes   one process of the bot lives from begin to end
  --verbose      tells the story of each world; the story of the first world that fails is told in any case
`;

const crashes = !values['no-crashes'];
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const count = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => a.localeCompare(b)));
};

const table = (title: string, counts: ReadonlyMap<string, number>): void => {
  say(`\n${title}`);
  for (const [name, n] of counts) say(`  ${String(n).padStart(8)}  ${name}`);
};

const summary = (worlds: readonly WorldResult[], ms: number): void => {
  const sum = (of: (world: WorldResult) => number): number => worlds.reduce((all, w) => all + of(w), 0);
  const deaths = worlds.flatMap((w) => w.deaths);
  const bad = worlds.filter((w) => w.violations.length > 0);
  table('Deaths by moment', count(deaths.map(({ where }) => where)));
  table('Faults', count(worlds.flatMap((w) => w.faults)));
  say(
    `\n${worlds.length} worlds in ${(ms / 1_000).toFixed(1)} s, ${(ms / worlds.length).toFixed(1)} ms each`,
  );
  say(
    `${sum((w) => w.starts)} starts, ${deaths.length} deaths (${deaths.filter((d) => d.inFlight).length} with orders in flight, ` +
      `${deaths.filter((d) => d.lost > 0).length} with entries lost), ${sum((w) => w.stops)} stops`,
  );
  say(
    `${sum((w) => w.orders)} orders, ${sum((w) => w.fills)} fills, ${sum((w) => w.commands)} commands, ` +
      `${sum((w) => w.faults.length)} faults`,
  );
  const of = (name: string) => name.replace(/[0-9.-]+[a-z0-9-]*/g, '…').slice(0, 70);
  if (bad.length > 0) table('Violations', count(bad.flatMap((w) => w.violations.map(of))));
  say(
    `\n${bad.length} worlds with violations: ${bad
      .slice(0, 30)
      .map((w) => w.seed)
      .join(' ')}`,
  );
};

if (values.help) say(HELP);
else {
  const from = Number(values.seed ?? values.from);
  const seeds = values.seed === undefined ? Number(values.seeds) : 1;
  const worlds: WorldResult[] = [];
  const begin = performance.now();
  let told = false;
  for (let seed = from; seed < from + seeds; seed++) {
    const world = await runWorld(seed, { crashes, tell: values.verbose ? say : undefined });
    // Entries are many and not needed again.
    worlds.push({ ...world, entries: [] });
    if (world.violations.length === 0) continue;
    process.exitCode = 1;
    if (!told && !values.verbose) await runWorld(seed, { crashes, tell: say });
    told = true;
    say(`\nseed ${seed}:\n${world.violations.map((v) => `  ${v}`).join('\n')}`);
    const { mode, brackets, replies, commit, latency, share, stops, against, rates, weather } = world.plan;
    say(JSON.stringify({ mode, brackets, replies, commit, latency, share, stops, against, rates, weather }));
  }
  summary(worlds, performance.now() - begin);
}
