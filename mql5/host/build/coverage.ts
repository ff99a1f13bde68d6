import { readdirSync } from 'node:fs';
import type { Program } from './build-program.js';
import { runToEnd } from './compiler.js';

/** How often each line of the sources ran, by file and line; lines without code are missing. */
export type Coverage = Map<string, Map<number, number>>;

interface GcovReport {
  readonly files: readonly {
    readonly file: string;
    readonly lines: readonly { readonly line_number: number; readonly count: number }[];
  }[];
}

/** Adds what a program counted in its runs; a template counts once for each of its instances. */
export const addCoverage = async (program: Program, coverage: Coverage): Promise<void> => {
  if (!readdirSync(program.folder).some((name) => name.endsWith('.gcda'))) return;
  const done = await runToEnd('gcov', ['--json-format', '--stdout', 'program.o'], { cwd: program.folder });
  for (const text of done.stdout.split('\n').filter((line) => line.startsWith('{'))) {
    for (const { file, lines } of (JSON.parse(text) as GcovReport).files) {
      if (!/\.mq[h5]$/i.test(file)) continue;
      const counts = coverage.get(file) ?? new Map<number, number>();
      coverage.set(file, counts);
      for (const { line_number: line, count } of lines) counts.set(line, (counts.get(line) ?? 0) + count);
    }
  }
};

/** One row a file: share of its lines that ran, and those that did not as ranges. */
export const coverageRows = (coverage: Coverage): { file: string; percent: number; missing: string }[] =>
  [...coverage]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, counts]) => {
      const lines = [...counts].toSorted(([a], [b]) => a - b);
      const ran = lines.filter(([, count]) => count > 0).length;
      const ranges: [number, number][] = [];
      let previousRan = true;
      for (const [line, count] of lines) {
        if (count === 0 && previousRan) ranges.push([line, line]);
        else if (count === 0) ranges.at(-1)![1] = line;
        previousRan = count > 0;
      }
      const missing = ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(' ');
      return { file, percent: lines.length === 0 ? 100 : (ran / lines.length) * 100, missing };
    });
