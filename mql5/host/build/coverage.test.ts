import { expect, it } from 'vitest';
import { coverageRows } from './coverage.js';

it('shares of lines that ran, and ranges of those that did not', () => {
  const counts = new Map([
    [10, 3],
    [11, 0],
    [12, 0],
    [15, 0],
    [16, 1],
    [20, 0],
  ]);
  expect(
    coverageRows(
      new Map([
        ['b.mqh', counts],
        ['a.mq5', new Map([[1, 1]])],
      ]),
    ),
  ).toEqual([
    { file: 'a.mq5', percent: 100, missing: '' },
    { file: 'b.mqh', percent: (2 / 6) * 100, missing: '11-15 20' },
  ]);
});
