import { parseArgs } from 'node:util';
import { buildProgram } from '../build/build-program.js';
import { shortPath } from './paths.js';

/** `build FILE.mq5…` */
export const buildCommand = async (parameters: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: {
      sanitize: { type: 'boolean' },
      coverage: { type: 'boolean' },
      include: { type: 'string', multiple: true },
    },
  });
  if (positionals.length === 0) throw new Error('build: which .mq5 file?');
  for (const file of positionals) {
    const started = performance.now();
    const program = await buildProgram(file, {
      sanitize: values.sanitize ?? false,
      coverage: values.coverage ?? false,
      include: values.include ?? [],
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${shortPath(file)}: 0 errors, 0 warnings, ${seconds} s\n  ${program.binary}\n`);
  }
  return 0;
};
