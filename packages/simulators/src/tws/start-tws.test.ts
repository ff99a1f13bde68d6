import { type Clock, VirtualClock } from '@mikrobot/core';
import {
  type CommissionReport,
  type Contract,
  EventName,
  type Execution,
  IBApi,
  type Order,
  OrderAction,
  OrderType,
  SecType,
  TimeInForce,
  WhatToShow,
} from '@stoqey/ib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTws, type TwsSimulator } from './start-tws.js';

/** Wednesday 2026-01-07 15:00:00 UTC, 10:00 in New York: everything is open. */
const opened = Date.UTC(2026, 0, 7, 15);

/** What the client library tells, as one list of short lines. */
class Client {
  readonly api: IBApi;
  readonly heard: string[] = [];
  #wake: () => void = () => undefined;

  constructor(port: number, clientId: number) {
    this.api = new IBApi({ host: '127.0.0.1', port, clientId, maxReqPerSec: 1_000 });
    const { api } = this;
    api.on(EventName.error, (_: Error, code: number, id: number) => this.#hear(`error ${id} ${code}`));
    api.on(EventName.info, (_: string, code: number) => this.#hear(`info ${code}`));
    api.on(EventName.nextValidId, (id: number) => this.#hear(`next ${id}`));
    api.on(EventName.disconnected, () => this.#hear('disconnected'));
    api.on(EventName.openOrder, (id: number, _: Contract, order: Order) =>
      this.#hear(`open ${id} ${order.orderRef}`),
    );
    api.on(EventName.openOrderEnd, () => this.#hear('open end'));
    api.on(EventName.orderStatus, (id: number, status: string, filled: number) =>
      this.#hear(`status ${id} ${status} ${filled}`),
    );
    api.on(EventName.execDetails, (request: number, _: Contract, { orderRef, shares, price }: Execution) =>
      this.#hear(`exec ${request} ${orderRef} ${shares}@${price}`),
    );
    api.on(EventName.execDetailsEnd, (request: number) => this.#hear(`exec end ${request}`));
    api.on(EventName.commissionReport, ({ commission }: CommissionReport) =>
      this.#hear(`commission ${commission !== undefined && commission > 0}`),
    );
    api.on(EventName.currentTime, () => this.#hear('time'));
  }

  /** Waits until this has been told; takes away what was told up to it, and gives it. */
  async until(line: string | RegExp): Promise<readonly string[]> {
    const fits = (one: string): boolean => (typeof line === 'string' ? one === line : line.test(one));
    while (!this.heard.some(fits)) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.heard.splice(0, this.heard.findIndex(fits) + 1);
  }

  /** What was told so far, each line once: TWS tells statuses more than once. */
  async settled(): Promise<readonly string[]> {
    this.api.reqCurrentTime();
    return [...new Set((await this.until('time')).slice(0, -1))];
  }

  #hear(line: string): void {
    this.heard.push(line);
    this.#wake();
  }
}

const aapl: Contract = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
const order = (orderRef: string, terms: Partial<Order> = {}): Order => ({
  action: OrderAction.BUY,
  totalQuantity: 10,
  orderType: OrderType.MKT,
  tif: TimeInForce.DAY,
  account: 'DU1',
  transmit: true,
  orderRef,
  ...terms,
});
const limit = (orderRef: string, lmtPrice: number): Order =>
  order(orderRef, { orderType: OrderType.LMT, lmtPrice, tif: TimeInForce.GTC });

describe.each([176, 193] as const)(
  'A simulated TWS at server version %i, for a client of others',
  (version) => {
    let tws: TwsSimulator;
    const clients: Client[] = [];
    beforeEach(async () => {
      tws = await startTws({ serverVersion: version, clock: new VirtualClock(opened) });
      tws.controls.quote('AAPL', 99, 100);
    });
    afterEach(async () => {
      for (const { api } of clients.splice(0)) api.disconnect();
      await tws.close();
      expect(tws.failures).toEqual([]);
    });

    const connect = async (clientId = 1): Promise<Client> => {
      const client = new Client(tws.port, clientId);
      clients.push(client);
      client.api.connect();
      return client;
    };
    const started = async (clientId = 1): Promise<Client> => {
      const client = await connect(clientId);
      await client.until('info 2158');
      await client.settled();
      return client;
    };

    it('fills an order: status, execution, commission', async () => {
      const { api, ...client } = await started().then((one) => ({ api: one.api, one }));
      api.placeOrder(1, aapl, order('A'));
      await client.one.until(/^commission/);
      expect(tws.controls.truth().positions).toMatchObject([
        { account: 'DU1', quantity: 10, averagePrice: 100 },
      ]);
      expect(tws.controls.truth().cash.DU1).toBeLessThan(100_000 - 1_000);
    });

    it('does not tell what was filled while it did not reach IB; only who asks for executions hears of it', async () => {
      const client = await started();
      client.api.placeOrder(1, aapl, limit('B', 98));
      await client.until('status 1 Submitted 0');
      tws.faults.connectivityLost();
      tws.controls.quote('AAPL', 97, 98);
      expect(tws.controls.truth().working).toEqual([]);
      tws.faults.connectivityRestored({ dataLost: false });
      expect((await client.settled()).filter((line) => /^(exec|info|status .* Filled)/.test(line))).toEqual([
        'info 1100',
        'info 1102',
      ]);
      client.api.reqExecutions(9, {});
      expect(await client.until('exec end 9')).toContain('exec 9 B 10@98');
    });

    it('keeps orders over a restart and tells them to their client again, with an order id that was rolled back', async () => {
      const client = await started();
      client.api.placeOrder(5, aapl, limit('C', 90));
      await client.until('status 5 Submitted 0');
      tws.faults.restart({ rollBack: 3 });
      await client.until('disconnected');
      tws.faults.comeBack();
      const again = await connect();
      const told = await again.until('status 5 Submitted 0');
      expect(told).toEqual(expect.arrayContaining(['next 3', 'open 5 C']));
      again.api.reqAllOpenOrders();
      expect(await again.until('open end')).toContain('open 5 C');
      expect(tws.controls.truth().working).toMatchObject([{ orderRef: 'C', orderId: 5 }]);
    });

    it('takes an order whose answer is lost, and never hears of one that is lost itself', async () => {
      const client = await started();
      tws.faults.loseNextAnswer();
      client.api.placeOrder(1, aapl, limit('taken', 90));
      expect(await client.settled()).toEqual([]);
      tws.faults.loseNextRequest();
      client.api.placeOrder(2, aapl, limit('lost', 90));
      expect(await client.settled()).toEqual([]);
      expect(tws.controls.truth().sent).toEqual(['taken']);
      expect(tws.received.get('placeOrder')).toBe(2);
    });

    it('refuses the next order with an error of its id', async () => {
      const client = await started();
      tws.faults.refuseNext(201, 'Order rejected - reason: no');
      client.api.placeOrder(1, aapl, order('D'));
      await client.until('error 1 201');
      expect(tws.controls.truth().executions).toEqual([]);
    });

    it('takes the order of a half-open line when that heals, though its client has gone', async () => {
      const client = await started();
      tws.faults.halfOpen();
      const fresh = await started(2);
      client.api.placeOrder(1, aapl, limit('late', 90));
      client.api.disconnect();
      await client.until('disconnected');
      await fresh.settled();
      expect(tws.controls.truth().sent).toEqual([]);
      tws.faults.heal();
      expect(tws.controls.truth().sent).toEqual(['late']);
      await started(1);
    });
  },
);

it('leaves no timer behind when it is closed', async () => {
  const time = new VirtualClock(opened);
  const armed = new Map<number, string>();
  let sequence = 0;
  const clock: Clock = {
    now: () => time.now(),
    arm(id, at, wake) {
      const number = sequence++;
      armed.set(number, id);
      const cancel = time.arm(id, at, (woken) => {
        armed.delete(number);
        wake(woken);
      });
      return () => {
        armed.delete(number);
        cancel();
      };
    },
  };
  const tws = await startTws({ clock, keepHours: true });
  tws.controls.quote('AAPL', 99, 100);
  const client = new Client(tws.port, 1);
  client.api.connect();
  await client.until('info 2158');
  client.api.placeOrder(1, aapl, order('day', { orderType: OrderType.LMT, lmtPrice: 90 }));
  client.api.reqPnL(2, 'DU1', '');
  client.api.reqRealTimeBars(3, aapl, 5, WhatToShow.TRADES, false);
  await client.settled();
  expect(armed.size).toBeGreaterThan(1);
  client.api.disconnect();
  await client.until('disconnected');
  await tws.close();
  expect([...armed.values()]).toEqual([]);
});

it('needs no options', async () => {
  const tws = await startTws();
  const client = new Client(tws.port, 0);
  client.api.connect();
  await client.until('info 2158');
  client.api.disconnect();
  await client.until('disconnected');
  await tws.close();
  expect([tws.failures, tws.connections]).toEqual([[], 0]);
});
