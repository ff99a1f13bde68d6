import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Mt5UnderTest } from '../behaviours/testing/mt5-under-test.js';
import { mt5Symbol } from '../market/symbol.js';
import { cashOfClosed, foldDeals } from './testing/account-fold.js';
import { DayPlayer, randomDay } from './testing/random-day.js';

const CONTRACT = 100_000;

for (const mode of ['hedging', 'netting'] as const)
  describe(`money and volume on a ${mode} account`, () => {
    it('are conserved, whatever is asked: deals add up to positions and to the balance', async () => {
      const seen = { deals: 0, closed: 0, expired: 0, partial: 0 };
      await fc.assert(
        fc.asyncProperty(randomDay, async (steps) => {
          const mt5 = await Mt5UnderTest.start(mode, {
            accounts: [{ login: 5_000_001, balance: 5_000, commissionPerLot: 3 }],
            symbols: [mt5Symbol('EURUSD', { swapMode: 1, swapLong: -6.5, swapShort: 2 })],
          });
          try {
            const player = new DayPlayer(mt5);
            for (const step of steps) await player.play(step);
            const { deals, positions, account, orders, historyOrders } = mt5.truth;
            const folded = foldDeals(deals);
            expect(Math.round(account.balance * 100)).toBe(folded.balance);
            expect(
              new Map(
                positions.map((one) => [
                  one.identifier,
                  Math.round((one.type === 0 ? 100 : -100) * one.volume),
                ]),
              ),
            ).toEqual(folded.volumes);
            // Each order's volume is what its deals traded and what is left.
            for (const order of [...orders, ...historyOrders].filter(({ type }) => type !== 8)) {
              const traded = deals.filter((deal) => deal.order === order.ticket);
              const volume = traded.reduce((sum, deal) => sum + deal.volume, 0);
              expect(volume + order.volumeCurrent).toBeCloseTo(order.volumeInitial, 6);
            }
            // Profits of positions that are closed are what was sold less what was bought; each deal is rounded to a cent.
            const open = new Set(positions.map(({ identifier }) => identifier));
            const closing = deals.filter(({ type, positionId }) => type <= 1 && !open.has(positionId));
            const profit = closing.reduce((sum, deal) => sum + Math.round(deal.profit * 100), 0);
            expect(Math.abs(profit - cashOfClosed(deals, CONTRACT))).toBeLessThanOrEqual(
              closing.length / 2 + 0.01,
            );
            seen.deals += deals.length - 1;
            seen.closed += closing.length;
            seen.expired += historyOrders.filter(({ state }) => state === 6).length;
            seen.partial += [...orders, ...historyOrders].filter(
              ({ volumeCurrent, volumeInitial }) => volumeCurrent > 0 && volumeCurrent < volumeInitial,
            ).length;
          } finally {
            await mt5.close();
          }
        }),
        { numRuns: 60, seed: 8 },
      );
      expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
    });
  });
