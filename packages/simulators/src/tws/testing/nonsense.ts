import { seededRandom, VirtualClock } from '@mikrobot/core';
import {
  BarSizeSetting,
  EventName,
  IBApi,
  OrderAction,
  OrderType,
  SecType,
  TimeInForce,
  WhatToShow,
} from '@stoqey/ib';
import { expect } from 'vitest';
import type { TwsServerVersion } from '../server/parts.js';
import { RawClient } from '../server/testing/raw-client.js';
import { record } from '../server/testing/recorder.js';
import { startTws, type TwsSimulator } from '../start-tws.js';

const opened = Date.UTC(2026, 0, 7, 15);

/** Sends one of each request that the simulator knows, as the client library writes them, and gives what went over the wire. */
const requests = async (tws: TwsSimulator): Promise<readonly (readonly string[])[]> => {
  const recorder = await record(tws.port);
  const api = new IBApi({ host: '127.0.0.1', port: recorder.port, clientId: 50, maxReqPerSec: 1e6 });
  api.on(EventName.error, () => undefined);
  const ready = new Promise((resolve) => api.once(EventName.nextValidId, resolve));
  api.connect();
  await ready;
  const contract = { symbol: 'AAPL', secType: SecType.STK, exchange: 'SMART', currency: 'USD' };
  const future = { symbol: 'ES', secType: SecType.FUT, exchange: 'CME', currency: 'USD' };
  const base = { account: 'DU1', tif: TimeInForce.GTC, transmit: true, totalQuantity: 5, orderRef: 'f' };
  const limit = { ...base, orderType: OrderType.LMT, lmtPrice: 90 };
  api.placeOrder(1, contract, { ...limit, action: OrderAction.BUY });
  api.placeOrder(1, contract, { ...limit, action: OrderAction.BUY, lmtPrice: 91 });
  api.placeOrder(2, contract, {
    ...base,
    action: OrderAction.SELL,
    orderType: OrderType.STP,
    auxPrice: 80,
    parentId: 1,
  });
  api.placeOrder(3, contract, {
    ...base,
    action: OrderAction.BUY,
    orderType: OrderType.TRAIL,
    auxPrice: 2,
    ocaGroup: 'g',
  });
  api.placeOrder(4, contract, { ...base, action: OrderAction.BUY, orderType: OrderType.MKT, whatIf: true });
  api.placeOrder(5, contract, { ...base, action: OrderAction.SELL, orderType: OrderType.MKT });
  api.cancelOrder(2, '');
  api.reqOpenOrders();
  api.reqAllOpenOrders();
  api.reqAutoOpenOrders(true);
  api.reqExecutions(6, { acctCode: 'DU1', time: '20260107-10:00:00', symbol: 'AAPL' });
  api.reqCompletedOrders(true);
  api.reqPositions();
  api.cancelPositions();
  api.reqAccountSummary(7, 'All', 'NetLiquidation,BuyingPower');
  api.cancelAccountSummary(7);
  api.reqAccountUpdates(true, 'DU1');
  api.reqAccountUpdatesMulti(8, 'DU1', '', true);
  api.cancelAccountUpdatesMulti(8);
  api.reqPositionsMulti(9, 'DU1', '');
  api.cancelPositionsMulti(9);
  api.reqPnL(10, 'DU1', '');
  api.cancelPnL(10);
  api.reqPnLSingle(11, 'DU1', '', 265598);
  api.cancelPnLSingle(11);
  api.reqContractDetails(12, future);
  api.reqMarketRule(26);
  api.reqMatchingSymbols(13, 'AA');
  api.reqSecDefOptParams(14, 'AAPL', '', SecType.STK, 265598);
  api.reqMarketDataType(3);
  api.reqMktData(15, contract, '', false, false);
  api.cancelMktData(15);
  api.reqTickByTickData(16, contract, 'BidAsk' as never, 0, false);
  api.cancelTickByTickData(16);
  api.reqRealTimeBars(17, contract, 5, 'TRADES' as never, false);
  api.cancelRealTimeBars(17);
  api.reqHistoricalData(18, contract, '', '1 D', BarSizeSetting.MINUTES_FIVE, WhatToShow.TRADES, 0, 1, false);
  api.reqHistoricalData(19, contract, '', '3600 S', BarSizeSetting.SECONDS_FIVE, WhatToShow.BID, 1, 2, true);
  api.cancelHistoricalData(18);
  api.reqHeadTimestamp(20, contract, WhatToShow.TRADES, true, 1);
  api.reqIds();
  api.setServerLogLevel(5);
  api.reqManagedAccts();
  api.reqGlobalCancel(undefined as never);
  const time = new Promise((resolve) => api.once(EventName.currentTime, resolve));
  api.reqCurrentTime();
  await time;
  const messages = recorder.messages();
  api.disconnect();
  await recorder.close();
  return messages;
};

const ODD = [
  '',
  '0',
  '-1',
  'x',
  'NaN',
  '1e309',
  '-0.5',
  '2147483648',
  '1.7976931348623157E308',
  'DU1',
  '99999999999999999999',
  'ü😀',
  '20260107-25:99:99',
  ';:,',
];

/** Expects that requests with fields that are nonsense break nothing inside, and that the next client is served. */
export const expectNonsenseToBreakNothing = async (
  serverVersion: TwsServerVersion,
  count: number,
): Promise<void> => {
  const tws = await startTws({
    serverVersion,
    clock: new VirtualClock(opened),
    messagesPerSecond: Number.POSITIVE_INFINITY,
  });
  tws.controls.quote('AAPL', 99, 100);
  tws.controls.quote('ES', 5_000, 5_000.25);
  const seeds = await requests(tws);
  expect(new Set(seeds.map(([id]) => id)).size).toBeGreaterThan(35);
  const random = seededRandom(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const mutate = (fields: readonly string[], orderId: number): readonly string[] => {
    const changed = [...fields];
    // A huge order id would make all orders after it duplicates, so orders keep theirs.
    const first = changed[0] === '3' ? 2 : 1;
    if (first === 2) changed[1] = String(orderId);
    for (let n = 1 + Math.floor(random() * 3); n > 0; n--) {
      const at = first + Math.floor(random() * (changed.length - first));
      const how = random();
      if (how < 0.7) changed[at] = pick(ODD);
      else if (how < 0.8) changed.splice(at, 1);
      else if (how < 0.9) changed.splice(at, 0, pick(ODD));
      else changed.length = at;
    }
    return changed;
  };
  const client = await RawClient.start(tws.port, 1);
  for (let i = 0; i < count; i++) {
    client.send(...mutate(pick(seeds), 1_000 + i));
    if (i % 100 === 99) await client.settle();
    if (i % 250 === 0) tws.controls.quote('AAPL', 95 + random() * 10, 106);
  }
  expect(tws.failures).toEqual([]);
  client.close();
  (await RawClient.start(tws.port, 2)).close();
  await tws.close();
};
