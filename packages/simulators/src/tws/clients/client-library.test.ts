import { VirtualClock } from '@mikrobot/core';
import {
  type Contract,
  EventName,
  IBApi,
  type Order,
  type OrderAction,
  type OrderType,
  SecType,
} from '@stoqey/ib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTws, type TwsSimulator } from '../start-tws.js';

/** A Wednesday, 10:00 in New York. */
const NOW = Date.UTC(2026, 0, 14, 15);
const share: Contract = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
const future: Contract = {
  symbol: 'ES',
  secType: SecType.FUT,
  exchange: 'CME',
  currency: 'USD',
  lastTradeDateOrContractMonth: '202603',
};

let tws: TwsSimulator;
let ib: IBApi;

/** Resolves with the arguments of the first such event that fits. */
const heard = (
  event: EventName,
  fits: (...args: readonly unknown[]) => boolean = () => true,
): Promise<readonly unknown[]> =>
  new Promise((resolve) => {
    const listener = (...args: readonly unknown[]): void => {
      if (!fits(...args)) return;
      ib.off(event as EventName.all, listener as never);
      resolve(args);
    };
    ib.on(event as EventName.all, listener as never);
  });

const order = (
  action: string,
  totalQuantity: number,
  orderType: string,
  more: Partial<Order> = {},
): Order => ({
  action: action as OrderAction,
  totalQuantity,
  orderType: orderType as OrderType,
  tif: 'GTC',
  transmit: true,
  ...more,
});

describe.each([176, 193] as const)('IBApi of @stoqey/ib at a TWS of version %i', (serverVersion) => {
  beforeEach(async () => {
    tws = await startTws({ serverVersion, clock: new VirtualClock(NOW), messagesPerSecond: 1_000 });
    tws.controls.quote('AAPL', 200, 200.1);
    tws.controls.quote('ES', 5000, 5000.25);
    ib = new IBApi({ host: '127.0.0.1', port: tws.port, clientId: 9, maxReqPerSec: 1_000 });
    const ready = heard(EventName.nextValidId);
    ib.connect(9);
    await ready;
  });

  afterEach(async () => {
    ib.disconnect();
    await tws.close();
    expect([tws.failures, [...tws.ignored]]).toEqual([[], []]);
  });

  it('agrees on the version, and reads profit of the account and of a position', async () => {
    expect(ib.serverVersion).toBe(serverVersion);
    const filled = heard(EventName.orderStatus, (_id, status) => status === 'Filled');
    ib.placeOrder(1, future, order('BUY', 2, 'MKT'));
    await filled;
    tws.controls.quote('ES', 5010, 5010.25);
    const [account, details] = [heard(EventName.pnl), heard(EventName.contractDetails)];
    ib.reqPnL(70, 'DU1', '');
    ib.reqContractDetails(71, future);
    const [[, , unrealized], [, told]] = [await account, await details];
    const { contract } = told as { readonly contract: Contract };
    const position = heard(EventName.pnlSingle);
    ib.reqPnLSingle(72, 'DU1', '', contract.conId ?? 0);
    const [, held, , ofPosition] = await position;
    // Two contracts of 50 dollars a point gained about ten points less what they cost to trade.
    expect([held, Number(unrealized) > 900, ofPosition]).toEqual([2, true, unrealized]);
  });

  it('follows quotes tick by tick, and reads which options there are', async () => {
    const quote = heard(EventName.tickByTickBidAsk, (...args) => args[2] === 201);
    ib.reqTickByTickData(80, share, 'BidAsk' as never, 0, false);
    const chain = heard(EventName.securityDefinitionOptionParameter);
    ib.reqSecDefOptParams(81, 'AAPL', '', SecType.STK, 265_598);
    const [, , underlying, , multiplier, , strikes] = await chain;
    expect([underlying, String(multiplier), strikes]).toEqual([265_598, '100', [180, 190, 200, 210]]);
    tws.controls.quote('AAPL', 201, 201.1, { bidSize: 3, askSize: 4 });
    expect((await quote).slice(1, 6)).toEqual([String(NOW / 1_000), 201, 201.1, 3, 4]);
  });

  it('takes a bracket whose last leg transmits it, and one leg ends the other', async () => {
    const ends = heard(EventName.orderStatus, (id, status) => id === 3 && status === 'Cancelled');
    ib.placeOrder(1, share, order('BUY', 5, 'MKT', { transmit: false }));
    ib.placeOrder(2, share, order('SELL', 5, 'LMT', { lmtPrice: 210, parentId: 1, transmit: false }));
    const held = heard(EventName.orderStatus, (id, status) => id === 3 && status === 'PreSubmitted');
    ib.placeOrder(3, share, order('SELL', 5, 'STP', { auxPrice: 190, parentId: 1 }));
    await held;
    tws.controls.quote('AAPL', 210, 210.1);
    await ends;
    const done = heard(EventName.openOrderEnd);
    const open: unknown[] = [];
    ib.on(EventName.openOrder, (id) => open.push(id));
    ib.reqAllOpenOrders();
    await done;
    expect(open).toEqual([]);
  });
});
