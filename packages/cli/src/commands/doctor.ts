import type { Command } from 'commander';
import type { Check } from '../doctor/check.js';
import { checkClock, checkZones } from '../doctor/clock.js';
import { checkData, checkWritable } from '../doctor/files.js';
import { checkMemory, checkNode } from '../doctor/node.js';
import { checkPackages } from '../doctor/packages.js';
import { exitCodes } from '../failures.js';
import { type Io, say } from '../io.js';
import { plural } from '../output/format.js';

interface DoctorOptions {
  readonly data?: readonly string[];
  readonly json?: boolean;
}

const examine = async (data: readonly string[]): Promise<readonly Check[]> => [
  checkNode(process.versions.node),
  ...checkPackages(),
  checkMemory(),
  checkClock(),
  checkZones(),
  checkWritable(process.cwd()),
  ...(await Promise.all(data.map(checkData))),
];

const print = (checks: readonly Check[], io: Io): void => {
  const width = Math.max(...checks.map(({ name }) => name.length));
  for (const { name, status, detail, advice } of checks) {
    const end = advice === '' ? '' : `. ${advice}`;
    say(io.out, `${status.padEnd(4)}  ${name.padEnd(width)}  ${detail}${end}`);
  }
  const failed = checks.filter(({ status }) => status === 'fail').length;
  say(io.out);
  say(
    io.out,
    failed === 0 ? 'MikroBot can run here.' : `${plural(failed, 'check')} failed: see what to do above.`,
  );
};

/** `mikrobot doctor`: can it run here? */
export const addDoctor = (program: Command, io: Io, exit: (code: number) => void): void => {
  program
    .command('doctor')
    .summary('check that everything MikroBot needs is there')
    .description(
      'Checks Node.js, the packages, memory, clock, time zones and folders. Exits with 1 when a check fails.',
    )
    .option('--data <file...>', 'also check that these data files can be read')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  $ mikrobot doctor --data eurusd_m1.csv.gz')
    .action(async ({ data = [], json = false }: DoctorOptions) => {
      const checks = await examine(data);
      const healthy = checks.every(({ status }) => status !== 'fail');
      if (json) say(io.out, JSON.stringify({ healthy, checks }));
      else print(checks, io);
      exit(healthy ? exitCodes.ok : exitCodes.failed);
    });
};
