import { describe, expect, it } from 'vitest';
import { algo, type Fields, futuresBench, limit, market } from './testing/bench.js';

const ORDER =
  'clientOrderId executedQty orderId origQty origType price reduceOnly side positionSide status stopPrice closePosition symbol ' +
  'timeInForce type updateTime workingType priceProtect priceMatch selfTradePreventionMode goodTillDate';
const ALGO =
  'algoId clientAlgoId algoType orderType symbol side positionSide timeInForce quantity algoStatus actualOrderId actualPrice ' +
  'triggerPrice price icebergQuantity tpTriggerPrice tpPrice slTriggerPrice slPrice tpOrderType selfTradePreventionMode ' +
  'workingType priceMatch closePosition priceProtect reduceOnly createTime updateTime triggerTime goodTillDate';
const ASSET =
  'asset walletBalance unrealizedProfit marginBalance maintMargin initialMargin positionInitialMargin openOrderInitialMargin ' +
  'crossWalletBalance crossUnPnl availableBalance maxWithdrawAmount updateTime';
const TOTALS =
  'totalInitialMargin totalMaintMargin totalWalletBalance totalUnrealizedProfit totalMarginBalance totalPositionInitialMargin ' +
  'totalOpenOrderInitialMargin totalCrossWalletBalance totalCrossUnPnl availableBalance maxWithdrawAmount assets positions';

/** A long of 0.1 BTC, a resting limit named `l` and a stop named `s`. */
const busy = () => {
  const bench = futuresBench();
  bench.quote(50_000);
  bench.get('POST /fapi/v1/order', market('BUY'));
  bench.get('POST /fapi/v1/order', limit('BUY', '49000.0', { newClientOrderId: 'l' }));
  bench.get(
    'POST /fapi/v1/algoOrder',
    algo('SELL', 'STOP_MARKET', { triggerPrice: '48000', clientAlgoId: 's' }),
  );
  return bench;
};
const named = { symbol: 'BTCUSDT', origClientOrderId: 'l' };

describe('Answers of the futures exchange have the fields of the venue: page', () => {
  const bench = busy();
  const first = (path: string, params = {}): Fields => bench.list(path, params)[0]!;
  const inside = (path: string, list: string): Fields => (bench.get(path)[list] as Fields[])[0]!;
  const rows: readonly (readonly [string, () => Fields, string])[] = [
    [
      '"New Order"',
      () => bench.get('POST /fapi/v1/order', limit('BUY', '48000.0')),
      `${ORDER} cumQty cumQuote avgPrice`,
    ],
    [
      '"Modify Order"',
      () => bench.get('PUT /fapi/v1/order', { ...limit('BUY', '49100.0'), origClientOrderId: 'l' }),
      `${ORDER} cumQty pair avgPrice`,
    ],
    ['"Query Order"', () => bench.get('GET /fapi/v1/order', named), `${ORDER} avgPrice cumQuote time`],
    [
      '"Query Current Open Order"',
      () => bench.get('GET /fapi/v1/openOrder', named),
      `${ORDER} avgPrice cumQuote time`,
    ],
    ['"Current All Open Orders"', () => first('GET /fapi/v1/openOrders'), `${ORDER} avgPrice cumQuote time`],
    [
      '"All Orders"',
      () => first('GET /fapi/v1/allOrders', { symbol: 'BTCUSDT' }),
      `${ORDER} avgPrice cumQuote time`,
    ],
    [
      '"Account Trade List"',
      () => first('GET /fapi/v1/userTrades', { symbol: 'BTCUSDT' }),
      'buyer commission commissionAsset id maker orderId price qty quoteQty realizedPnl side positionSide symbol time',
    ],
    ['"Query Algo Order"', () => bench.get('GET /fapi/v1/algoOrder', { clientAlgoId: 's' }), ALGO],
    ['"Current All Algo Open Orders"', () => first('GET /fapi/v1/openAlgoOrders'), ALGO],
    [
      '"Account Information V2"',
      () => bench.get('GET /fapi/v2/account'),
      `feeTier feeBurn canTrade canDeposit canWithdraw updateTime multiAssetsMargin tradeGroupId ${TOTALS}`,
    ],
    [
      '"Account Information V2", assets',
      () => inside('GET /fapi/v2/account', 'assets'),
      `${ASSET} marginAvailable`,
    ],
    [
      '"Account Information V2", positions',
      () => inside('GET /fapi/v2/account', 'positions'),
      'symbol initialMargin maintMargin unrealizedProfit positionInitialMargin openOrderInitialMargin leverage isolated entryPrice ' +
        'maxNotional bidNotional askNotional positionSide positionAmt updateTime',
    ],
    ['"Account Information V3"', () => bench.get('GET /fapi/v3/account'), TOTALS],
    ['"Account Information V3", assets', () => inside('GET /fapi/v3/account', 'assets'), ASSET],
    [
      '"Account Information V3", positions',
      () => inside('GET /fapi/v3/account', 'positions'),
      'symbol positionSide positionAmt unrealizedProfit isolatedMargin notional isolatedWallet initialMargin maintMargin updateTime',
    ],
    [
      '"Futures Account Balance V3"',
      () => first('GET /fapi/v3/balance'),
      'accountAlias asset balance crossWalletBalance crossUnPnl availableBalance maxWithdrawAmount marginAvailable updateTime',
    ],
    [
      '"Position Information V2"',
      () => first('GET /fapi/v2/positionRisk'),
      'entryPrice breakEvenPrice marginType isAutoAddMargin isolatedMargin leverage liquidationPrice markPrice maxNotionalValue ' +
        'positionAmt notional isolatedWallet symbol unRealizedProfit positionSide updateTime',
    ],
    [
      '"Position Information V3"',
      () => first('GET /fapi/v3/positionRisk'),
      'symbol positionSide positionAmt entryPrice breakEvenPrice markPrice unRealizedProfit liquidationPrice isolatedMargin notional ' +
        'marginAsset isolatedWallet initialMargin maintMargin positionInitialMargin openOrderInitialMargin adl bidNotional askNotional ' +
        'updateTime',
    ],
    [
      '"User Commission Rate"',
      () => bench.get('GET /fapi/v1/commissionRate', { symbol: 'BTCUSDT' }),
      'symbol makerCommissionRate takerCommissionRate rpiCommissionRate',
    ],
    [
      '"Get Income History"',
      () => first('GET /fapi/v1/income'),
      'symbol incomeType income asset info time tranId tradeId',
    ],
    ['"Cancel Order"', () => bench.get('DELETE /fapi/v1/order', named), `${ORDER} cumQty cumQuote`],
  ];

  it.each(rows)('%s', (_, answer, fields) => {
    const body = answer();
    const missing = fields.split(' ').filter((field) => body[field] === undefined);
    expect(missing).toEqual([]);
  });
});
