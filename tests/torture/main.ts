import { parseArgs } from 'node:util';
import { bugNames, bugs } from './bugs.js';
import { bundle } from './bundle.js';
import { stepNames, steps } from './steps.js';
import { torture } from './torture.js';
import { bracketNames, canReach, venueNames, venues } from './venues.js';

const help = `Kills trading bots at every step and judges what the next one makes of it.

  npm run torture -- --kills 1000
  npm run torture -- --venue binance-futures --kills 200

  --kills N      kills in all (default 100)
  --venue NAME   where they trade (default toy)
  --seed N       of markets, strategies and moments (default 1)
  --steps a,b    only these steps
  --bracket B    only worlds whose brackets are kept by the venue (native), by core (none), or by core from the entry's end on (attached)
  --worlds N     worlds at once (default 2)
  --power        the journal is flushed to disk at each commit
  --bug NAME     plants a bug that must be found; ends at the first fault, with 0 when there was one
  --json         prints the result as JSON
  --help

Steps
${Object.entries(steps)
  .map(([name, { what }]) => `  ${name.padEnd(22)} ${what}`)
  .join('\n')}

Venues
${venueNames.map((name) => `  ${name.padEnd(22)} ${venues[name].what}`).join('\n')}

Bugs
${Object.entries(bugs)
  .map(([name, what]) => `  ${name.padEnd(22)} ${what}`)
  .join('\n')}
`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    venue: { type: 'string', default: 'toy' },
    steps: { type: 'string' },
    bracket: { type: 'string' },
    worlds: { type: 'string', default: '2' },
    power: { type: 'boolean', default: false },
    bug: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

/** The one of a list that is meant. */
const oneOf = <T extends string>(list: readonly T[], name: string, what: string): T => {
  const found = list.find((known) => known === name);
  if (found === undefined) throw new Error(`There is no ${what} '${name}': use ${list.join(', ')}.`);
  return found;
};

const main = async (): Promise<number> => {
  if (values.help) {
    console.log(help);
    return 0;
  }
  const chosen = values.steps?.split(',').map((name) => oneOf(stepNames, name, 'step'));
  const venue = oneOf(venueNames, values.venue, 'venue');
  for (const step of chosen ?? [])
    if (!canReach(venue, step))
      throw new Error(`No bot comes to the step '${step}' on the venue '${venue}'.`);
  const bug = values.bug === undefined ? undefined : oneOf(bugNames, values.bug, 'bug');
  const bracket = values.bracket === undefined ? undefined : oneOf(bracketNames, values.bracket, 'bracket');
  if (bracket !== undefined && !venues[venue].brackets.includes(bracket))
    throw new Error(`The brackets of the venue '${venue}' are not kept so.`);
  const programs = await bundle();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      programs.dispose();
      process.exit(130);
    });
  const began = performance.now();
  try {
    const tally = await torture(programs, {
      kills: Number(values.kills),
      seed: Number(values.seed),
      venue,
      bug,
      worlds: Number(values.worlds),
      durability: values.power ? 'power' : 'process',
      ...(chosen && { steps: chosen }),
      ...(bracket && { brackets: [bracket] }),
      progress: ({ kills, inFlight, faults }) => {
        const seconds = Math.round((performance.now() - began) / 1_000);
        if (!values.json)
          console.log(
            `${seconds} s: ${kills} kills, ${inFlight} with orders in flight, ${faults.length} faults`,
          );
      },
    });
    const seconds = (performance.now() - began) / 1_000;
    if (values.json) console.log(JSON.stringify({ seconds, ...tally.toJSON() }));
    else {
      console.log(`\n${tally}\n${seconds.toFixed(0)} s`);
      for (const { world, seed, kills, last, what, kept } of tally.faults) {
        console.log(
          `\nFAULT in the world of seed ${seed} (bracket ${world}), after ${kills} kills, the last at ${last}:`,
        );
        for (const line of what.slice(0, 20)) console.log(`  ${line}`);
        if (kept !== undefined) console.log(`  its journal and the venue's record: ${kept}`);
      }
      if (tally.faults.length > 0)
        console.log(
          `\nAgain: npm run torture -- --venue ${venue} --seed ${values.seed} --kills ${values.kills}${values.steps ? ` --steps ${values.steps}` : ''}`,
        );
    }
    // A planted bug is to be found.
    return tally.faults.length > 0 === (bug === undefined) ? 1 : 0;
  } finally {
    programs.dispose();
  }
};

process.exitCode = await main();
