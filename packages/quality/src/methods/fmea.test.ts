import { describe, expect, it } from 'vitest';
import { type FmeaInput, fmea } from './fmea.js';

const mode = (name: string, severity: number, occurrence: number, detection: number) => ({
  mode: name,
  severity,
  occurrence,
  detection,
});
const ranked = (input: FmeaInput) => fmea(input).rows.map(({ mode: name, rank }) => [name, rank]);

describe('fmea', () => {
  it('ranks by severity times occurrence times detection', () => {
    const { rows, rpnBefore } = fmea({ modes: [mode('a', 9, 2, 3), mode('b', 7, 5, 4), mode('c', 4, 6, 2)] });
    expect(
      rows.map(({ mode: name, index, before }) => [name, index, before.rpn, before.criticality]),
    ).toEqual([
      ['b', 1, 140, 35],
      ['a', 0, 54, 18],
      ['c', 2, 48, 24],
    ]);
    expect(rpnBefore).toBe(242);
  });

  it('puts the more severe of equal RPN first, then the more frequent, and says that they tie', () => {
    // All three have an RPN of 60.
    const modes = [
      mode('easy', 2, 5, 6),
      mode('rare', 10, 2, 3),
      mode('often', 10, 3, 2),
      mode('low', 1, 1, 1),
    ];
    expect(ranked({ modes })).toEqual([
      ['often', 1],
      ['rare', 1],
      ['easy', 1],
      ['low', 4],
    ]);
    expect(fmea({ modes }).rows.map(({ tied }) => tied)).toEqual([true, true, true, false]);
  });

  it('compares before and after the actions', () => {
    const after = { severity: 8, occurrence: 2, detection: 2 };
    const { rows, rpnBefore, rpnAfter } = fmea({
      modes: [
        { ...mode('done', 8, 5, 4), action: { what: 'watchdog', owner: 'ann', after } },
        { ...mode('open', 5, 5, 2), action: { what: 'retry', owner: 'bob' } },
        mode('none', 2, 2, 2),
      ],
    });
    expect(rows.map(({ action, after: then, reduction }) => [action, then?.rpn, reduction])).toEqual([
      ['done', 32, 0.8],
      ['open', undefined, undefined],
      ['none', undefined, undefined],
    ]);
    expect([rpnBefore, rpnAfter]).toEqual([218, 90]);
  });

  it('refuses ratings off the scale', () => {
    for (const wrong of [0, 11, 2.5, Number.NaN])
      expect(() => fmea({ modes: [mode('a', wrong, 1, 1)] })).toThrowError(
        expect.objectContaining({ code: 'BAD_DATA', where: 'fmea.modes.0.severity' }),
      );
    expect(() => fmea({ modes: [mode('a', 1, 1, 1), mode('a', 2, 1, 1)] })).toThrowError(/named twice/);
  });

  it('finds nothing to rank in an empty list', () => {
    expect(fmea({ modes: [] })).toEqual({ rows: [], rpnBefore: 0, rpnAfter: 0 });
  });
});
