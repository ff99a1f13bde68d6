import { commandSchema } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposalOf } from './proposal.js';
import { readPureSignal } from './pure-signal.js';

const NOW = Date.UTC(2025, 6, 23, 15, 0, 5);

/** The message as the first system's programmers wrote it down. */
const published = {
  ea_name: 'MikroBot_BOS',
  ea_version: '1.04',
  signal_type: 'BOS_RETEST',
  symbol: 'EURUSD',
  direction: 'BUY',
  trigger_price: 1.085,
  h1_bos_level: 1.0845,
  h1_bos_direction: 'BULLISH',
  m15_break_high: 1.0852,
  m15_break_low: 1.0848,
  pip_trigger: 0.6,
  timestamp: '2025-07-23T15:00:00Z',
  timeframe: 'M15',
  account: 107033449,
};

const read = (value: unknown) => {
  const reading = readPureSignal(value, NOW);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading;
};

const problems = (value: unknown) => {
  const reading = readPureSignal(value, NOW);
  return reading.ok ? [] : reading.problems.map(({ field, message }) => `${field} ${message}`);
};

describe('a pure signal', () => {
  it('is read whole as it was published', () => {
    const { signal, notes } = read(published);
    expect(notes).toEqual([]);
    expect(signal).toMatchObject({
      symbol: 'EURUSD',
      direction: 'BUY',
      triggerPrice: 1.085,
      time: Date.UTC(2025, 6, 23, 15),
      account: '107033449',
    });
  });

  it('needs a symbol, a direction and a price, and the rest has defaults that are noted', () => {
    const { signal, notes } = read({ symbol: 'EURUSD', direction: 'BUY', trigger_price: 1.085 });
    expect(signal).toMatchObject({ eaName: 'unnamed-ea', time: NOW, bosLevel: undefined });
    expect(notes).toEqual([
      'ea_name is missing: it is called unnamed-ea',
      'timestamp is missing: now is taken',
    ]);
  });

  it.each([
    [{ ...published, symbol: undefined }, 'symbol Invalid input: expected string, received undefined'],
    [{ direction: 'BUY', trigger_price: 1.085 }, 'symbol is missing'],
    [
      { ...published, trigger_price: '1.085' },
      'trigger_price Invalid input: expected number, received string',
    ],
    [{ ...published, trigger_price: -1 }, 'trigger_price Too small: expected number to be >0'],
    [{ ...published, direction: 'UP' }, 'direction Invalid option: expected one of "BUY"|"SELL"'],
    [{ ...published, timestamp: 'yesterday' }, 'timestamp Invalid ISO datetime'],
    [{ ...published, symbol: 'EUR USD' }, 'symbol a symbol has no spaces'],
    ['BUY', '(all) Invalid input: expected object, received string'],
    [null, '(all) Invalid input: expected object, received null'],
  ])('is refused in words that name the field: %j', (value, words) => {
    expect(problems(value)).toEqual([words]);
  });

  it('names all that is wrong at once', () => {
    expect(problems({ trigger_price: 'high' })).toEqual([
      'symbol is missing',
      'direction is missing',
      'trigger_price Invalid input: expected number, received string',
    ]);
  });

  it('takes small letters, numbers as versions, zones, and fields of tomorrow', () => {
    const { signal } = read({
      ...published,
      direction: 'sell',
      ea_version: 1.04,
      timestamp: '2025-07-23T18:00:00+03:00',
      mood: 'good',
    });
    expect(signal).toMatchObject({ direction: 'SELL', eaVersion: '1.04', time: Date.UTC(2025, 6, 23, 15) });
  });

  it('takes a time without a zone as UTC', () => {
    expect(read({ ...published, timestamp: '2025-07-23T15:00:00' }).signal.time).toBe(
      Date.UTC(2025, 6, 23, 15),
    );
  });

  it('never throws, whatever comes, and what it takes a bot takes too', () => {
    const field = fc.constantFrom(...Object.keys(published));
    const mutated = fc.tuple(field, fc.jsonValue()).map(([key, value]) => ({ ...published, [key]: value }));
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), mutated), (value) => {
        const reading = readPureSignal(value, NOW);
        if (!reading.ok) {
          expect(reading.problems.length).toBeGreaterThan(0);
          return;
        }
        expect(Number.isFinite(reading.signal.time)).toBe(true);
        expect(() => commandSchema.parse(proposalOf(reading.signal, 'c-1'))).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the proposal of a pure signal', () => {
  it('enters at the market, carries the message in its tags, and invents neither stop nor size', () => {
    expect(proposalOf(read(published).signal, 'c-1')).toEqual({
      do: 'propose',
      by: 'MikroBot_BOS',
      draft: {
        symbol: 'EURUSD',
        intent: 'enter',
        side: 'buy',
        reason: 'BOS_RETEST M15 at 1.085 by MikroBot_BOS 1.04',
        tags: {
          correlation: 'c-1',
          ea: 'MikroBot_BOS 1.04',
          signalType: 'BOS_RETEST',
          triggerPrice: 1.085,
          bosLevel: 1.0845,
          bosDirection: 'BULLISH',
          breakHigh: 1.0852,
          breakLow: 1.0848,
          pipTrigger: 0.6,
          signalTime: 1_753_282_800_000,
          timeframe: 'M15',
          account: '107033449',
        },
      },
    });
  });
});
