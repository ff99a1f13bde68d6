import { describe, expect, it } from 'vitest';
import { ScriptedBot } from '../test-support/scripted-bot.js';
import type { ObservedBot } from './observed-bot.js';
import { watchedBars } from './watched-bars.js';

const bot = (
  runs: readonly (readonly [string, readonly ('M1' | 'M5' | 'H1')[]])[],
  declared?: readonly ['M1'],
): ObservedBot =>
  Object.assign(new ScriptedBot(() => undefined), {
    runs: runs.map(([symbol, timeframes]) => ({ owner: symbol, name: 'x', symbol, timeframes })),
    config: declared === undefined ? {} : { timeframes: declared },
  });

describe('watchedBars', () => {
  it('takes the finest of each symbol: strategies need not share one', () => {
    const watched = watchedBars(
      bot([
        ['EURUSD', ['H1', 'M5']],
        ['XAUUSD', ['H1']],
        ['EURUSD', ['M1']],
      ]),
      undefined,
    );
    expect([...watched]).toEqual([
      ['EURUSD', 'M1'],
      ['XAUUSD', 'H1'],
    ]);
  });

  it('takes what is declared for a strategy that works on ticks alone, and says what to declare where nothing is', () => {
    expect(watchedBars(bot([['EURUSD', []]], ['M1']), undefined).get('EURUSD')).toBe('M1');
    expect(() => watchedBars(bot([['EURUSD', []]]), undefined)).toThrow(
      /no bars of EURUSD\. Declare them: createBot\({ timeframes: \['M5'\]/,
    );
  });
});
