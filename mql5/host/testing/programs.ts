import { join } from 'node:path';
import { BuildError } from '../build/build-error.js';
import { type BuildOptions, buildProgram, type Program } from '../build/build-program.js';
import { type RunningTerminal, startTerminal } from '../run/start-terminal.js';
import { withSources } from './sources.js';

/** Builds `Main.mq5` out of texts, and hands it to `use`. */
export const withProgram = <T>(
  files: Readonly<Record<string, string>>,
  options: BuildOptions,
  use: (program: Program) => Promise<T>,
): Promise<T> =>
  withSources(files, async (folder) =>
    use(await buildProgram(join(folder, 'Main.mq5'), { ...options, include: [folder] })),
  );

/** The problems that a program is refused for, as `File.mq5(line,column): severity: text`. */
export const refusal = async (files: Readonly<Record<string, string>>): Promise<string[]> => {
  try {
    await withProgram(files, {}, async () => undefined);
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return error.problems.map(
      ({ at, severity, text }) =>
        `${at.file.split('/').at(-1)}(${at.line},${at.column}): ${severity}: ${text}`,
    );
  }
  return [];
};

/** Runs a script on one tick, without a trade server, to its end. */
export const runToItsEnd = async (
  files: Readonly<Record<string, string>>,
  options: BuildOptions = {},
): Promise<{ terminal: RunningTerminal; code: number | undefined }> =>
  withSources({ 'ticks.csv': '1704186000000,1.08500,1.08510\n' }, (folder) =>
    withProgram(files, options, async (program) => {
      const terminal = await startTerminal({
        program,
        ticks: join(folder, 'ticks.csv'),
        files: join(folder, 'files'),
        common: join(folder, 'common'),
        more: ['--digits', '5'],
      });
      const { code } = await terminal.exited;
      return { terminal, code };
    }),
  );
