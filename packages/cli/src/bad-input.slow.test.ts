import { afterAll, describe, expect, it } from 'vitest';
import { badCommandLines } from './testing/bad-command-lines.js';
import { DataFolder } from './testing/data-files.js';
import { inOwnProcess } from './testing/spawn-cli.js';

const folder = new DataFolder();
afterAll(() => folder.remove());

describe('a process that was started by a wrong command line', () => {
  it.each(badCommandLines(folder))(
    'ends with one sentence and its code: $title',
    async ({ args, code, says }) => {
      const ended = await inOwnProcess(args);
      expect(ended.err).toMatch(says);
      expect(ended.err).toMatch(/^error: .*\n$/);
      expect(ended.out).toBe('');
      expect(ended.code).toBe(code);
    },
  );
});
