import { describe, expect, it } from 'vitest';
import { inProcess } from './testing/run-cli.js';

describe('the command line', () => {
  it.each(['demo', 'backtest', 'bars', 'journal', 'state', 'doctor'])(
    'explains %s with an example',
    async (command) => {
      const { code, out, err } = await inProcess([command, '--help']);
      expect(out).toMatch(new RegExp(`^Usage: mikrobot ${command} `));
      expect(out).toMatch(new RegExp(`Examples?:\\n +\\$ mikrobot ${command}\\b`));
      expect(err).toBe('');
      expect(code).toBe(0);
    },
  );

  it.each([
    'journal show',
    'journal verify',
    'journal replay',
    'journal export',
    'state backup',
    'state restore',
  ])('explains %s with an example', async (command) => {
    const { code, out } = await inProcess([...command.split(' '), '--help']);
    expect(out).toMatch(new RegExp(`^Usage: mikrobot ${command} `));
    expect(out).toContain(`\n  $ mikrobot ${command} `);
    expect(code).toBe(0);
  });

  it('lists its commands', async () => {
    const { code, out } = await inProcess(['--help']);
    for (const command of ['demo', 'backtest', 'bars', 'journal', 'state', 'doctor'])
      expect(out).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(code).toBe(0);
  });

  it('shows the help as an error when no command is named', async () => {
    const { code, out, err } = await inProcess([]);
    expect(err).toMatch(/^Usage: mikrobot/);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  it('tells its version', async () => {
    expect(await inProcess(['--version'])).toEqual({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+/),
      err: '',
    });
  });
});
