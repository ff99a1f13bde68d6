import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bosRetestParams, bosRetestPresets } from './bos-retest/params.js';
import { strategies } from './registry.js';
import { smaCrossParams } from './sma-cross/sma-cross.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const rowsUnder = (heading: string): readonly (readonly string[])[] => {
  const section = readme.slice(readme.indexOf(heading)).split('\n#')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim()),
  );
};

const shown = (value: unknown): string =>
  value === undefined ? 'none' : value === true ? 'on' : value === false ? 'off' : String(value);

const rowsOf = (
  shape: Readonly<Record<string, { readonly description?: string | undefined }>>,
  defaults: readonly object[],
) =>
  Object.entries(shape).map(([name, { description = '' }]) => {
    const [, unit, meaning] = /^\[(.+?)\] (.+)$/.exec(description) ?? [];
    const values = defaults.map((given) => shown(new Map<string, unknown>(Object.entries(given)).get(name)));
    return [`\`${name}\``, unit, ...values, meaning];
  });

describe('README.md', () => {
  it('lists every parameter of bos-retest with the unit, defaults and meaning of the schema', () => {
    const presets = [bosRetestPresets['m5-m1'], bosRetestPresets['h1-m15']];
    expect(rowsUnder('### Parameters')).toEqual(rowsOf(bosRetestParams('m5-m1').shape, presets));
  });

  it('lists every parameter of sma-cross with the unit, default and meaning of the schema', () => {
    expect(rowsUnder('## Moving averages')).toEqual(rowsOf(smaCrossParams.shape, [smaCrossParams.parse({})]));
  });

  it('names every strategy of the registry', () => {
    const names = rowsUnder('# @mikrobot/strategies').map(([name]) => name);
    expect(names).toEqual(Object.keys(strategies).map((name) => `\`${name}\``));
  });

  it('finds each strategy under its own name, with defaults that need no parameters', () => {
    for (const [name, strategy] of Object.entries(strategies)) {
      expect(strategy.name).toBe(name);
      expect(strategy.bind('EURUSD').timeframes.length).toBeGreaterThan(0);
    }
  });
});
