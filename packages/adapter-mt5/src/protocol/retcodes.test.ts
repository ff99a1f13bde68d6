import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { retcodeOf, retcodes } from './retcodes.js';

/** All of mql5.com/en/docs/constants/errorswarnings/enum_trade_return_codes; there is no 10005 and no 10037. */
const known = [
  10_004, 10_006, 10_007, 10_008, 10_009, 10_010, 10_011, 10_012, 10_013, 10_014, 10_015, 10_016, 10_017,
  10_018, 10_019, 10_020, 10_021, 10_022, 10_023, 10_024, 10_025, 10_026, 10_027, 10_028, 10_029, 10_030,
  10_031, 10_032, 10_033, 10_034, 10_035, 10_036, 10_038, 10_039, 10_040, 10_041, 10_042, 10_043, 10_044,
  10_045, 10_046,
];

describe('retcodes', () => {
  it('has every code of MetaQuotes, each with a word of its own', () => {
    expect(Object.keys(retcodes).map(Number)).toEqual(known);
    expect(new Set(Object.values(retcodes).map(({ word }) => word)).size).toBe(known.length);
  });

  it('takes three codes for accepted, and three for unknown: the order may have been placed', () => {
    const having = (outcome: string) => known.filter((code) => retcodes[code]?.outcome === outcome);
    expect(having('accepted')).toEqual([10_008, 10_009, 10_010]);
    expect(having('unknown')).toEqual([10_011, 10_012, 10_031]);
  });

  it.each([0, 1, 10_005, 10_037, 10_047, -1, Number.NaN])(
    'takes %d, which is in no table, for unknown',
    (code) => {
      expect(retcodeOf(code).outcome).toBe('unknown');
    },
  );

  it('has the words of the EA', () => {
    const source = readFileSync(
      join(import.meta.dirname, '../../../../mql5/Include/MikroBot/Retcodes.mqh'),
      'utf8',
    );
    const words = [...source.matchAll(/case (\d+): return\("(\w+)"\)/g)].map(([, code, word]) => [
      Number(code),
      word,
    ]);
    expect(words).toEqual(Object.entries(retcodes).map(([code, { word }]) => [Number(code), word]));
  });
});
