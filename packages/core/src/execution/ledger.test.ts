import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flatPosition, type Position } from '../model/account.js';
import { eurusd } from '../testing/scripted-venue.js';
import { positionAfter } from './ledger.js';

/** A trade in whole steps: hundredths of a lot and points of price. */
interface Trade {
  readonly steps: number;
  readonly points: number;
}

const trade: fc.Arbitrary<Trade> = fc.record({
  steps: fc.integer({ min: -500, max: 500 }).filter((n) => n !== 0),
  points: fc.integer({ min: 90_000, max: 130_000 }),
});

const book = (trades: readonly Trade[]): Position =>
  trades.reduce(
    (position, { steps, points }, i) =>
      positionAfter(position, eurusd, Number(`${steps}e-2`), Number(`${points}e-5`), i + 1),
    flatPosition('EURUSD'),
  );

/**
 * The same by another way: every hundredth of a lot is an entry on a pile with its price, a trade the other way takes whole
 * entries off in proportion, all in fractions of integers.
 */
const byHand = (trades: readonly Trade[]): { steps: bigint; cost: bigint; scale: bigint; since: number } => {
  // The average price is cost / (scale * |steps|), in points.
  let steps = 0n;
  let cost = 0n;
  let scale = 1n;
  let since = 0;
  trades.forEach((t, i) => {
    const size = BigInt(t.steps);
    const price = BigInt(t.points);
    const after = steps + size;
    const opens = steps === 0n || steps > 0n !== after > 0n;
    if (after === 0n) {
      cost = 0n;
      scale = 1n;
      since = 0;
    } else if (opens) {
      cost = price * (after < 0n ? -after : after);
      scale = 1n;
      since = i + 1;
    } else if (steps > 0n === size > 0n) {
      cost += price * (size < 0n ? -size : size) * scale;
    } else {
      cost *= after < 0n ? -after : after;
      scale *= steps < 0n ? -steps : steps;
    }
    steps = after;
  });
  return { steps, cost, scale, since };
};

describe('positionAfter', () => {
  it('holds the sum of all trades, to the last hundredth of a lot', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 60 }), (trades) => {
        const sum = trades.reduce((total, { steps }) => total + steps, 0);
        expect(book(trades).quantity === Number(`${sum}e-2`)).toBe(true);
      }),
    );
  });

  it('averages what is open, as integer arithmetic does', () => {
    fc.assert(
      fc.property(fc.array(trade, { minLength: 1, maxLength: 12 }), (trades) => {
        const { quantity, averagePrice, since } = book(trades);
        const hand = byHand(trades);
        expect(since).toBe(hand.since);
        if (hand.steps === 0n) {
          expect([quantity, averagePrice]).toEqual([0, 0]);
          return;
        }
        const open = hand.steps < 0n ? -hand.steps : hand.steps;
        const points = Number((hand.cost * 10n ** 9n) / (hand.scale * open)) / 1e9;
        expect(averagePrice).toBeCloseTo(points / 1e5, 9);
      }),
    );
  });

  it('is flat with nothing left over when trades cancel out', () => {
    const trades = [10, 20, -30].map((steps) => ({ steps, points: 110_000 }));
    expect(book(trades)).toEqual(flatPosition('EURUSD'));
  });

  it('goes through a day by hand', () => {
    const after = (trades: readonly [number, number][]): readonly number[] => {
      const { quantity, averagePrice, since } = book(trades.map(([steps, points]) => ({ steps, points })));
      return [quantity, Math.round(averagePrice * 1e7) / 1e7, since];
    };
    // 1 lot at 1.10 and 3 at 1.12: 4 at 1.115.
    expect(
      after([
        [100, 110_000],
        [300, 112_000],
      ]),
    ).toEqual([4, 1.115, 1]);
    // Selling half at any price leaves the average alone.
    expect(
      after([
        [100, 110_000],
        [300, 112_000],
        [-200, 125_000],
      ]),
    ).toEqual([2, 1.115, 1]);
    // Selling five from there crosses zero: three short at the trade's price, since that trade.
    expect(
      after([
        [100, 110_000],
        [300, 112_000],
        [-200, 125_000],
        [-500, 111_000],
      ]),
    ).toEqual([-3, 1.11, 4]);
    // A short grows: 3 at 1.11 and 1 at 1.15 are 4 at 1.12.
    expect(
      after([
        [-300, 111_000],
        [-100, 115_000],
      ]),
    ).toEqual([-4, 1.12, 1]);
  });
});
