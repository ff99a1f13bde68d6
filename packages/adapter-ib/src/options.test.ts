import { describe, expect, it } from 'vitest';
import { checkOptions, type InteractiveBrokersOptions } from './options.js';

const check = (options: Partial<InteractiveBrokersOptions>) => () =>
  checkOptions({ clientId: 1, contracts: {}, ...options });

describe('options of the connection', () => {
  it('need nothing but a client id', () => {
    expect(check({})).not.toThrow();
    expect(
      check({ host: '10.0.0.2', port: 7_497, account: 'DU1234567', messagesPerSecond: 30 }),
    ).not.toThrow();
    for (const account of ['U1234567', 'DF123456', 'DUH123456', 'F1234567A'])
      expect(check({ account })).not.toThrow();
  });

  it.each([
    // 0 is the id that also sees what people do in TWS; orders of programs shall not share it.
    ['clientId', 0],
    ['clientId', 1.5],
    ['clientId', Number.NaN],
    ['port', 70_000],
    ['port', '4002'],
    ['host', ''],
    ['account', 'all'],
    ['heartbeat', 0],
    ['silence', Number.POSITIVE_INFINITY],
    ['messagesPerSecond', 51],
    ['connectTimeout', -1],
    ['clock', {}],
    ['random', 7],
  ])('are refused by name: %s as %s', (option, value) => {
    expect(check({ [option]: value } as Partial<InteractiveBrokersOptions>)).toThrow(
      `interactiveBrokers, ${option}`,
    );
    expect(check({ [option]: value } as Partial<InteractiveBrokersOptions>)).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });
});
