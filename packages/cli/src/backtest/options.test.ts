import { describe, expect, it } from 'vitest';
import { UsageError } from '../failures.js';
import { momentOf, paramsOf } from './options.js';

describe('the options of mikrobot backtest', () => {
  it.each([
    ['2022-08-15', Date.UTC(2022, 7, 15)],
    ['2022-08-15T07:06', Date.UTC(2022, 7, 15, 7, 6)],
    ['2022-08-15 07:06:30Z', Date.UTC(2022, 7, 15, 7, 6, 30)],
    ['2022-08-15T07:06:30.5', Date.UTC(2022, 7, 15, 7, 6, 30, 500)],
  ])('read %s as UTC, wherever the machine stands', (text, time) =>
    expect(momentOf('--from', text)).toBe(time),
  );

  it.each(['yesterday', '15.08.2022', '2022-8-15', '2022-02-31', '2022-08-15T25:00', '1660521600000', ''])(
    'do not take "%s" for a time',
    (text) => expect(() => momentOf('--from', text)).toThrow(UsageError),
  );

  it('read the values of parameters as numbers, switches or words', () => {
    expect(paramsOf(['rMultiple=2.5', 'reverse=true', 'acceptChoch=off', 'entry=M1', 'note=a=b'])).toEqual({
      rMultiple: 2.5,
      reverse: true,
      acceptChoch: false,
      entry: 'M1',
      note: 'a=b',
    });
  });
});
