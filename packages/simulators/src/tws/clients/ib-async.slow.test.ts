import { VirtualClock } from '@mikrobot/core';
import { afterEach, describe, expect, it } from 'vitest';
import { startTws, type TwsSimulator } from '../start-tws.js';
import { python, seenByIbAsync } from './testing/ib-async.js';

/** A Wednesday, 10:00 in New York: its clock stands still, so what is told can be known beforehand. */
const NOW = Date.UTC(2026, 0, 14, 15);
const MINUTE = 60_000;

let tws: TwsSimulator | undefined;

afterEach(async () => {
  await tws?.close();
  tws = undefined;
});

const start = async (serverVersion: 176 | 193): Promise<TwsSimulator> => {
  // Its clock stands still: all that a client asks comes within one second.
  tws = await startTws({ serverVersion, clock: new VirtualClock(NOW), messagesPerSecond: 1_000 });
  tws.controls.history(
    'AAPL',
    [30, 20, 10].map((ago, i) => ({
      time: NOW - ago * MINUTE,
      open: 195 + i,
      high: 197 + i,
      low: 194 + i,
      close: 196 + i,
      volume: 100 + i,
    })),
  );
  tws.controls.quote('AAPL', 200, 200.1);
  tws.controls.quote('ES', 5000, 5000.25);
  return tws;
};

const FARMS = [2104, 2106, 2158].map((code) => [-1, code]);
const hasPython = python !== undefined;
const why = hasPython ? '' : ' (skipped: no Python with ib_async, which `npm run ib-async` installs)';

// ib_async 2.1.0 speaks 157 to 178: at a TWS that speaks 193 both agree on 178.
describe.skipIf(!hasPython).each([
  [176, 176],
  [193, 178],
] as const)(`ib_async at a TWS of version %i${why}`, (serverVersion, spoken) => {
  const seen = async (task: Parameters<typeof seenByIbAsync>[2]): Promise<unknown> => {
    const { port, failures, ignored } = await start(serverVersion);
    const what = await seenByIbAsync(python ?? '', port, task);
    expect([failures, [...ignored]]).toEqual([[], []]);
    return what;
  };

  it('reads accounts, contracts, ticks, bars and rules as they are', async () => {
    const begins = [30, 20, 10].map((ago) => (NOW - ago * MINUTE) / 1_000);
    expect(await seen('look')).toEqual({
      serverVersion: spoken,
      accounts: ['DU1'],
      qualified: [
        [265_598, 'AAPL', 'NMS', 'NASDAQ'],
        [expect.any(Number), 'ESH6', 'ES', ''],
      ],
      details: {
        longName: 'APPLE INC',
        minTick: 0.01,
        minSize: 1,
        sizeIncrement: 1,
        stockType: 'COMMON',
        timeZone: 'US/Eastern',
        sessions: true,
        isin: ['US0378331005'],
      },
      // The third Friday of March 2026.
      future: {
        multiplier: '50',
        minTick: 0.25,
        month: '202603',
        expiry: '20260320',
        realExpiry: '20260320',
      },
      ticker: [200, 200.1, true, 1, 0.01],
      rule: [[0, 0.01]],
      bars: [
        [195, 197, 194, 196, 100],
        [196, 198, 195, 197, 101],
        [197, 199, 196, 198, 102],
      ],
      sameTimes: true,
      times: begins,
      head: begins[0],
      summary: ['DU1', '100000.00', 'USD'],
      cash: '100000.00',
      found: ['AAPL'],
      time: NOW / 1_000,
      errors: FARMS,
    });
  });

  it('places, changes, cancels and fills orders, and reads what became of them', async () => {
    expect(await seen('trade')).toEqual({
      serverVersion: spoken,
      whatIf: [true, 1, 'USD'],
      resting: {
        status: 'Submitted',
        filled: 0,
        remaining: 10,
        average: 0,
        ref: 'rest',
        log: ['PendingSubmit', 'PreSubmitted', 'Submitted'],
        fills: [],
      },
      open: [['rest', 151, 'Submitted']],
      cancelled: 'Cancelled',
      market: {
        status: 'Filled',
        filled: 2,
        remaining: 0,
        average: 5000.25,
        ref: 'market',
        log: ['PendingSubmit', 'PreSubmitted', 'Filled'],
        fills: [
          {
            side: 'BOT',
            shares: 2,
            price: 5000.25,
            account: 'DU1',
            ref: 'market',
            time: '2026-01-14T15:00:00+00:00',
            same: true,
            commission: 4.5,
            currency: 'USD',
          },
        ],
      },
      // Price times multiplier, and half of the commission (ib_insync 175).
      positions: [['DU1', 'ESH6', 2, 250_014.75]],
      portfolio: [['ES', 2, 250_014.75]],
      bracket: [
        ['Submitted', 'LMT', false],
        ['PreSubmitted', 'LMT', true],
        ['PreSubmitted', 'STP', true],
      ],
      family: true,
      refused: 'Cancelled', // what ib_async makes of an error of a new order
      missing: [],
      completed: [
        ['market', 'Filled'],
        ['rest', 'Cancelled'],
      ],
      executions: ['market'],
      held: ['PreSubmitted', 'PreSubmitted'],
      global: true,
      errors: [
        ...FARMS,
        ...[expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)].map((id) => [
          id,
          202,
        ]),
        [expect.any(Number), 110],
        [expect.any(Number), 200],
        [expect.any(Number), 202],
        [expect.any(Number), 202],
      ],
    });
  });

  it('is told 326 when its client id is in use', async () => {
    expect(await seen('taken')).toMatchObject({ connected: false, codes: [326] });
  });
});
