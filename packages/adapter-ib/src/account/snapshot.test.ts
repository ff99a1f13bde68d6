import { defineInstrument, type OrderReport, VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { type ScriptedLine, type Sent, scriptedLine } from '../testing/scripted-line.js';
import { readSnapshot, type SnapshotParts } from './snapshot.js';

const nq = defineInstrument({
  symbol: 'NQ',
  assetClass: 'future',
  currency: 'USD',
  contractSize: 20,
  tickSize: 0.25,
  pipSize: 0.25,
  quantityStep: 1,
  minQuantity: 1,
  maxQuantity: 100,
});

const order: OrderReport = {
  id: 'j1-e',
  venueId: '7.1.99',
  symbol: 'NQ',
  side: 'buy',
  type: 'limit',
  state: 'accepted',
  quantity: 1,
  filled: 0,
  averagePrice: 0,
  price: 16_000,
};

type Part = 'values' | 'valuesEnd' | 'margin' | 'positions' | 'positionEnd';

/** A line that answers as TWS does, without what is left out. Values as in the examples of TWS API, Account Updates. */
const answering = (
  line: ScriptedLine,
  { without = [], positions }: { readonly without?: readonly Part[]; readonly positions?: () => void } = {},
): void => {
  line.answer = ({ name, args }: Sent) => {
    const has = (part: Part) => !without.includes(part);
    if (name === 'reqAccountUpdatesMulti') {
      const value = (key: string, amount: string, currency: string): void =>
        line.receive(73, 1, String(args[0]), 'DU1', '', key, amount, currency);
      if (has('values')) value('NetLiquidation', '100250.50', 'USD');
      if (has('margin')) value('FullInitMarginReq', '17600', 'USD');
      value('UnrealizedPnL', '250.50', 'BASE');
      value('UnrealizedPnL', '200.00', 'USD');
      value('AccountType', 'INDIVIDUAL', '');
      if (has('valuesEnd')) line.receive(74, 1, String(args[0]));
    }
    if (name === 'reqCurrentTime') line.receive(49, 1, Date.UTC(2024, 0, 10, 15) / 1_000);
    if (name === 'reqPositions') {
      if (has('positions')) positions?.();
      if (has('positionEnd')) line.receive(62, 1);
    }
  };
};

/** A position as message 61, version 3. */
const position = (
  line: ScriptedLine,
  account: string,
  [conId, symbol, secType, multiplier, localSymbol]: readonly [number, string, string, string, string],
  quantity: number,
  cost: number,
): void =>
  line.receive(
    61,
    3,
    account,
    conId,
    symbol,
    secType,
    '20240315',
    0,
    '',
    multiplier,
    '',
    'USD',
    localSymbol,
    symbol,
    quantity,
    cost,
  );

const NQ = [620_730_920, 'NQ', 'FUT', '20', 'NQH4'] as const;
const TSLA = [76_792_991, 'TSLA', 'STK', '', 'TSLA'] as const;

const start = (more: Partial<SnapshotParts> = {}) => {
  const line = scriptedLine();
  const clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));
  const parts: SnapshotParts = {
    clock,
    facts: { id: 'DU1', live: false, leverage: () => 20 },
    contracts: {
      byContractId: (id) => (id === NQ[0] ? { symbol: 'NQ', instrument: nq } : undefined),
    },
    timeout: 30,
    line: () => line,
    openOrders: async () => [order],
    ...more,
  };
  return { line, clock, parts };
};

describe('A snapshot', () => {
  it('has the account without what floats, positions by the unit, and orders', async () => {
    const { line, clock, parts } = start();
    // The cost of a future holds its multiplier. Source: TWS API, Positions: avgCost.
    answering(line, { positions: () => position(line, 'DU1', NQ, -2, 336_010) });
    expect(await readSnapshot(parts)).toEqual({
      complete: true,
      asOf: clock.now(),
      account: {
        id: 'DU1',
        currency: 'USD',
        mode: 'netting',
        live: false,
        balance: 100_000,
        equity: 100_250.5,
        margin: 17_600,
        leverage: 20,
      },
      orders: [order],
      positions: [{ symbol: 'NQ', quantity: -2, averagePrice: 16_800.5 }],
    });
    const names = line.sent.map(({ name }) => name);
    expect(names).toContain('cancelAccountUpdatesMulti');
  });

  it('shows what is not configured by its id, and nothing of other accounts', async () => {
    const { line, parts } = start();
    answering(line, {
      positions() {
        position(line, 'DU2', NQ, 5, 1);
        position(line, 'DU1', TSLA, 10, 251.5);
        position(line, 'DU1', NQ, 0, 0);
        position(line, 'DU2', NQ, 4, 1);
      },
    });
    expect((await readSnapshot(parts)).positions).toEqual([
      { symbol: '#76792991 TSLA', quantity: 10, averagePrice: 251.5 },
    ]);
  });

  it.each<Part>(['values', 'margin', 'valuesEnd', 'positionEnd'])('is unknown without %s', async (part) => {
    const { line, parts } = start();
    answering(line, { without: [part] });
    await expect(readSnapshot(parts)).rejects.toThrow();
  });

  it('is unknown when the orders are', async () => {
    const { line, parts } = start({ openOrders: () => Promise.reject(new Error('no end of open orders')) });
    answering(line);
    await expect(readSnapshot(parts)).rejects.toThrow('no end of open orders');
  });

  it.each([
    ['without a line', () => start({ line: () => undefined })],
    [
      'when the line ends',
      () => {
        const all = start();
        all.line.answer = () => all.line.close('test');
        return all;
      },
    ],
    [
      'when TWS loses IB and finds it again',
      () => {
        const all = start();
        answering(all.line, {
          positions() {
            all.line.notice(-1, 1_100, 'Connectivity between IB and Trader Workstation has been lost.');
            all.line.notice(-1, 1_102, 'Connectivity between IB and Trader Workstation has been restored');
          },
        });
        return all;
      },
    ],
  ])('is unknown %s', async (_, make) => {
    await expect(readSnapshot(make().parts)).rejects.toThrow();
  });

  it('is unknown when a position cannot be read', async () => {
    const { line, parts } = start();
    answering(line, { positions: () => position(line, 'DU1', NQ, Number.NaN, 1) });
    await expect(readSnapshot(parts)).rejects.toThrow('#620730920 NQH4');
  });

  it('is read again when a trade came in between, and not complete when trades never rest', async () => {
    const { line, parts } = start();
    // Message 11 as of server version 193: request, order, contract, then the execution.
    const trade = (): void =>
      line.receive(
        11,
        -1,
        5,
        NQ[0],
        'NQ',
        'FUT',
        '20240315',
        0,
        '',
        '20',
        'CME',
        'USD',
        'NQH4',
        'NQ',
        '0001.01.01',
        '20240110 15:00:00 UTC',
        'DU1',
        'CME',
        'BOT',
        1,
        16_800,
        99,
        7,
        0,
        1,
        16_800,
        '',
        '',
        '',
        '',
        1,
        0,
      );
    let trades = 1;
    answering(line, {
      positions() {
        if (trades > 0) trade();
        trades -= 1;
      },
    });
    expect((await readSnapshot(parts)).complete).toBe(true);
    expect(line.sentAs('reqPositions')).toHaveLength(2);
    // Another client's trade, told while the orders are still being read.
    let late = true;
    const slow = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      if (late) position(line, 'DU1', NQ, 3, 336_000);
      late = false;
      return [order];
    };
    const before = line.sentAs('reqPositions').length;
    expect((await readSnapshot({ ...parts, openOrders: slow })).complete).toBe(true);
    expect(line.sentAs('reqPositions')).toHaveLength(before + 2);
    trades = Number.POSITIVE_INFINITY;
    expect((await readSnapshot(parts)).complete).toBe(false);
  });
});
