import type { AccountState, OrderEvent } from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { describe, expect, it } from 'vitest';
import { orderRequest } from '../testing/order-request.js';
import { FuturesAccount } from './account.js';
import { Bookings } from './bookings.js';
import { KnownOrders } from './known-orders.js';
import type { FuturesNotices } from './notices.js';
import { algoUpdate, orderUpdate } from './testing/payloads.js';
import { UserData } from './user-data.js';

const stop = orderRequest({
  id: 'run-1-s',
  purpose: 'protect',
  side: 'sell',
  quantity: 0.003,
  type: 'stop',
  price: 60_000,
  reduceOnly: true,
});

const bench = (multiAssets = false) => {
  const events: OrderEvent[] = [];
  const accounts: AccountState[] = [];
  const heard: string[] = [];
  const unknown: (readonly [string, number])[] = [];
  const notices = new EventEmitter<FuturesNotices>();
  const told: unknown[][] = [];
  for (const name of ['marginCall', 'balance', 'leverage', 'multiAssets'] as const)
    notices.on(name, (...values: readonly unknown[]) => told.push([name, ...values]));
  const facts = { id: 'SgsR', currency: 'USDT', live: false, hedge: false };
  const account = new FuturesAccount(facts, multiAssets);
  const known = new KnownOrders();
  const bookings = new Bookings('USDT', (asset, amount) => unknown.push([asset, amount]));
  let stale = 0;
  const data = new UserData({
    account,
    known,
    bookings,
    notices,
    onOrder: (event) => events.push(event),
    onAccount: (state) => accounts.push(state),
    onHeard: (id) => heard.push(id),
    onStale: () => {
      stale += 1;
    },
  });
  return { data, events, accounts, heard, unknown, told, known, bookings, account, stale: () => stale };
};

const names = (events: readonly OrderEvent[]) => events.map(({ type, id }) => `${type} ${id}`);

describe('Private events of a futures account', () => {
  it('tell an order from its acceptance to its last trade, with profit and commission of each', () => {
    const { data, events, heard } = bench();
    data.take(orderUpdate({ c: 'run-1-e' }));
    data.take(
      orderUpdate({
        c: 'run-1-e',
        x: 'TRADE',
        X: 'PARTIALLY_FILLED',
        l: '0.001',
        z: '0.001',
        L: '61000.5',
        t: 7,
        n: '0.0244',
        rp: '1.25',
      }),
    );
    data.take(
      orderUpdate({
        c: 'run-1-e',
        x: 'TRADE',
        X: 'FILLED',
        l: '0.002',
        z: '0.003',
        L: '61000.4',
        t: 8,
        n: '0.0488',
        rp: '-2.5',
      }),
    );
    expect(names(events)).toEqual(['accepted run-1-e', 'fill run-1-e', 'fill run-1-e']);
    expect(events[1]).toMatchObject({
      tradeId: 'BTCUSDT-7',
      price: 61_000.5,
      quantity: 0.001,
      remaining: 0.002,
      commission: 0.0244,
      profit: 1.25,
    });
    expect(events[2]).toMatchObject({
      tradeId: 'BTCUSDT-8',
      side: 'sell',
      remaining: 0,
      commission: 0.0488,
      profit: -2.5,
    });
    expect(new Set(heard)).toEqual(new Set(['run-1-e']));
  });

  it('tell a stop and the order that it became as one, under our id', () => {
    const { data, events, known } = bench();
    known.sending(stop, 'algo');
    data.take(algoUpdate({}));
    data.take(algoUpdate({ X: 'TRIGGERING' }));
    data.take(algoUpdate({ X: 'TRIGGERED', ai: '88937381063', act: 'MARKET' }));
    data.take(orderUpdate({ c: 'run-1-s', i: 88_937_381_063 }));
    data.take(
      orderUpdate({
        c: 'run-1-s',
        i: 88_937_381_063,
        x: 'TRADE',
        X: 'FILLED',
        l: '0.003',
        z: '0.003',
        L: '59999',
        t: 9,
      }),
    );
    data.take(algoUpdate({ X: 'FINISHED', ai: '88937381063', aq: '0.003', ap: '59999' }));
    expect(names(events)).toEqual(['accepted run-1-s', 'triggered run-1-s', 'fill run-1-s']);
    expect(events[1]).toMatchObject({ venueId: '88937381063' });
  });

  it('tell a trigger once, also where its order overtakes it', () => {
    // Seen at the venue: a trade before the TRIGGERED of its conditional order.
    const { data, events, known } = bench();
    known.sending(stop, 'algo');
    data.take(algoUpdate({}));
    data.take(orderUpdate({ c: 'run-1-s', i: 88_937_381_063 }));
    data.take(
      orderUpdate({
        c: 'run-1-s',
        i: 88_937_381_063,
        x: 'TRADE',
        X: 'FILLED',
        l: '0.003',
        z: '0.003',
        L: '59999',
        t: 9,
      }),
    );
    data.take(algoUpdate({ X: 'TRIGGERED', ai: '88937381063' }));
    expect(names(events)).toEqual(['accepted run-1-s', 'triggered run-1-s', 'fill run-1-s']);
  });

  it('know the order that a stop became by the venue’s id, should it have another client id', () => {
    const { data, events, known } = bench();
    known.sending(stop, 'algo');
    data.take(algoUpdate({ X: 'TRIGGERED', ai: '88937381063' }));
    data.take(
      orderUpdate({
        c: 'x-venue',
        i: 88_937_381_063,
        x: 'TRADE',
        X: 'FILLED',
        l: '0.003',
        z: '0.003',
        L: '59999',
        t: 9,
      }),
    );
    expect(names(events)).toEqual(['triggered run-1-s', 'fill run-1-s']);
  });

  it('keep ids beyond 2^53 apart', () => {
    const { data, events } = bench();
    for (const t of ['9007199254740993', '9007199254740994'])
      data.take(
        orderUpdate({
          x: 'TRADE',
          X: 'PARTIALLY_FILLED',
          i: '9223372036854775806',
          l: '0.001',
          z: '0.001',
          L: '1',
          t,
        }),
      );
    expect(events.map((event) => event.type === 'fill' && event.tradeId)).toEqual([
      'BTCUSDT-9007199254740993',
      'BTCUSDT-9007199254740994',
    ]);
    expect(events[0]).toMatchObject({ venueId: '9223372036854775806' });
  });

  it('tell a conditional order that the venue refuses at its trigger, cancels or lets expire', () => {
    const { data, events } = bench();
    data.take(algoUpdate({ caid: 'a', X: 'REJECTED', rm: 'Reduce Only reject' }));
    data.take(algoUpdate({ caid: 'b', X: 'CANCELED' }));
    data.take(algoUpdate({ caid: 'c', X: 'EXPIRED' }));
    expect(names(events)).toEqual(['rejected a', 'cancelled b', 'expired c']);
    expect(events[0]).toMatchObject({ detail: 'Reduce Only reject' });
  });

  it('tell a liquidation as an order of somebody else, which closes what is held', () => {
    const { data, events } = bench();
    data.take(orderUpdate({ c: 'autoclose-1594', o: 'LIQUIDATION', ot: 'LIQUIDATION', f: 'IOC' }));
    data.take(
      orderUpdate({
        c: 'autoclose-1594',
        o: 'LIQUIDATION',
        ot: 'LIQUIDATION',
        f: 'IOC',
        x: 'CALCULATED',
        X: 'FILLED',
        l: '0.003',
        z: '0.003',
        L: '50000',
        t: 10,
        rp: '-33',
      }),
    );
    expect(names(events)).toEqual(['accepted autoclose-1594', 'fill autoclose-1594']);
    expect(events[1]).toMatchObject({ quantity: 0.003, price: 50_000, profit: -33 });
  });

  it('tell a changed limit order with its new price and quantity', () => {
    const { data, events } = bench();
    data.take(orderUpdate({ c: 'a', o: 'LIMIT', ot: 'LIMIT', x: 'AMENDMENT', p: '60001.5', q: '0.002' }));
    expect(events).toMatchObject([{ type: 'replaced', id: 'a', price: 60_001.5, quantity: 0.002 }]);
  });

  it('count commission in another asset at its last known price, and say where there is none', () => {
    const { data, events, unknown, bookings } = bench();
    bookings.setPrice('BNB', 600);
    const trade = { x: 'TRADE', X: 'PARTIALLY_FILLED', l: '0.001', z: '0.001', L: '61000', t: 1 };
    data.take(orderUpdate({ ...trade, N: 'BNB', n: '0.0001' }));
    data.take(orderUpdate({ ...trade, t: 2, N: 'FDUSD', n: '0.5' }));
    expect(events.map((event) => event.type === 'fill' && event.commission)).toEqual([
      expect.closeTo(0.06, 12),
      0,
    ]);
    expect(unknown).toEqual([['FDUSD', 0.5]]);
  });

  it('tell the account as "Balance and Position Update" has it: wallet balance, and what floats', () => {
    const { data, accounts, told } = bench();
    data.take({
      e: 'ACCOUNT_UPDATE',
      E: 1_564_745_798_939,
      T: 1_564_745_798_938,
      a: {
        m: 'ORDER',
        B: [
          { a: 'USDT', wb: '122624.12345678', cw: '100.12345678', bc: '50.12345678' },
          { a: 'BUSD', wb: '1.00000000', cw: '0.00000000', bc: '-49.12345678' },
        ],
        P: [
          {
            s: 'BTCUSDT',
            pa: '0',
            ep: '0.00000',
            bep: '0',
            cr: '200',
            up: '0',
            mt: 'isolated',
            iw: '0.0',
            ps: 'BOTH',
          },
          {
            s: 'BTCUSDT',
            pa: '20',
            ep: '6563.66500',
            bep: '0',
            cr: '0',
            up: '2850.21200',
            mt: 'isolated',
            iw: '13200.7',
            ps: 'LONG',
          },
          {
            s: 'BTCUSDT',
            pa: '-10',
            ep: '6563.86000',
            bep: '6563.6',
            cr: '-45.04',
            up: '-1423.15600',
            mt: 'isolated',
            iw: '6570.4',
            ps: 'SHORT',
          },
        ],
      },
    });
    expect(accounts).toMatchObject([{ id: 'SgsR', currency: 'USDT', balance: 122_624.12345678 }]);
    expect(accounts[0]!.equity).toBeCloseTo(122_624.12345678 + 2850.212 - 1423.156, 8);
    expect(told).toEqual([]);
    // "with only the balance B, without any position P message"
    data.take({
      e: 'ACCOUNT_UPDATE',
      E: 1,
      T: 1,
      a: { m: 'FUNDING_FEE', B: [{ a: 'USDT', wb: '122600.0', cw: '1', bc: '-24.12345678' }] },
    });
    expect(accounts[1]).toMatchObject({ balance: 122_600 });
    expect(accounts[1]!.equity).toBeCloseTo(122_600 + 2850.212 - 1423.156, 8);
    expect(told).toEqual([['balance', 'FUNDING_FEE', 122_600]]);
  });

  it('ask for the account where several assets are margin together', () => {
    const { data, accounts, stale } = bench(true);
    data.take({
      e: 'ACCOUNT_UPDATE',
      E: 1,
      T: 1,
      a: { m: 'ORDER', B: [{ a: 'USDT', wb: '5', cw: '5', bc: '0' }], P: [] },
    });
    expect([accounts.length, stale()]).toEqual([0, 1]);
  });

  it('tell changed leverage, another margin mode and margin calls', () => {
    const { data, accounts, told, stale } = bench();
    data.take({ e: 'ACCOUNT_CONFIG_UPDATE', E: 1, T: 1, ac: { s: 'BTCUSDT', l: 25 } });
    data.take({ e: 'ACCOUNT_CONFIG_UPDATE', E: 1, T: 1, ai: { j: true } });
    data.take({
      e: 'MARGIN_CALL',
      E: 1_587_727_187_525,
      cw: '3.16812045',
      p: [
        {
          s: 'ETHUSDT',
          ps: 'LONG',
          pa: '1.327',
          mt: 'CROSSED',
          iw: '0',
          mp: '187.17127',
          up: '-1.166074',
          mm: '1.614445',
        },
      ],
    });
    expect(accounts.at(-1)?.leverage).toBe(25);
    expect(stale()).toBe(1);
    const position = {
      symbol: 'ETHUSDT',
      quantity: 1.327,
      markPrice: 187.17127,
      floating: -1.166074,
      maintenance: 1.614445,
    };
    expect(told).toEqual([
      ['leverage', 'BTCUSDT', 25],
      ['multiAssets', true],
      ['marginCall', [position]],
    ]);
  });

  it('tell a trade once, also one of a liquidation, which core could not tell from another one', () => {
    const { data, events } = bench();
    const closing = { c: 'autoclose-1', x: 'TRADE', X: 'PARTIALLY_FILLED', l: '0.001', L: '61000', t: 0 };
    for (const z of ['0.001', '0.001', '0.002', '0.002']) data.take(orderUpdate({ ...closing, z }));
    expect(events).toMatchObject([{ remaining: 0.002 }, { remaining: 0.001 }]);
  });

  it('tell no end of a stop that makes room for the order which it triggered (expiry reason 8)', () => {
    const { data, events, known } = bench();
    known.sending(stop, 'algo');
    data.take(orderUpdate({ c: stop.id, x: 'EXPIRED', X: 'EXPIRED', er: '8' }));
    expect(events.map(({ type }) => type)).toEqual(['triggered']);
  });

  it('throw for an event of ours that cannot be read, and pass over those of other products', () => {
    const { data, events } = bench();
    expect(() => data.take(orderUpdate({ l: 'NaN', x: 'TRADE' }))).toThrow(/l/);
    expect(() => data.take({ e: 'ACCOUNT_UPDATE', a: {} })).toThrow();
    data.take({ e: 'TRADE_LITE', s: 'BTCUSDT' });
    data.take({ e: 'STRATEGY_UPDATE' });
    expect(events).toEqual([]);
  });
});
