import { afterAll, describe, expect, it } from 'vitest';
import { badCommandLines } from './testing/bad-command-lines.js';
import { badJournalLines } from './testing/bad-journal-lines.js';
import { DataFolder } from './testing/data-files.js';
import { inProcess } from './testing/run-cli.js';

const folder = new DataFolder();
afterAll(() => folder.remove());

describe('a command line that is wrong', () => {
  it.each([...badCommandLines(folder), ...badJournalLines(folder)])(
    'is told in one sentence: $title',
    async ({ args, code, says }) => {
      const ended = await inProcess(args);
      expect(ended.err).toMatch(says);
      expect(ended.err).toMatch(/^error: .*[.)]\n$/);
      expect(ended.err).not.toMatch(/^ +at /m);
      expect(ended.out).toBe('');
      expect(ended.code).toBe(code);
    },
  );

  it('shows the stack when it is asked to', async () => {
    const { err } = await inProcess(['bars', '--data', 'no.csv', '--timeframe', 'M1', '--debug']);
    expect(err).toMatch(/^error: no\.csv: There is no such file/);
    expect(err).toMatch(/^ +at /m);
  });
});
