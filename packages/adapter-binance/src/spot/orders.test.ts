import type { Clock, OrderRequest } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { BinanceError, BinanceLineError } from '../errors.js';
import { toVenueSymbols } from '../mapper/instruments.js';
import { orderRequest } from '../testing/order-request.js';
import type { RestClient, RestRequest } from '../transport/rest-client.js';
import type { TradedSymbol } from './account-desk.js';
import { SpotOrders } from './orders.js';
import { SentOrders } from './sent-orders.js';
import { TradeLedger } from './trade-ledger.js';

const info = {
  symbols: [
    {
      symbol: 'ETHUSDT',
      status: 'TRADING',
      baseAsset: 'ETH',
      quoteAsset: 'USDT',
      filters: [
        { filterType: 'PRICE_FILTER', minPrice: '0.01', maxPrice: '1000000', tickSize: '0.01' },
        { filterType: 'LOT_SIZE', minQty: '0.001', maxQty: '9000', stepSize: '0.001' },
        {
          filterType: 'PERCENT_PRICE_BY_SIDE',
          bidMultiplierUp: '5',
          bidMultiplierDown: '0.2',
          askMultiplierUp: '5',
          askMultiplierDown: '0.2',
          avgPriceMins: 5,
        },
      ],
    },
  ],
};

const noOrder = new BinanceError(-2013, 400, 'Order does not exist.');

/** Orders over a venue that answers as the test says. */
const orders = (answer: (request: RestRequest) => unknown, averagePrice?: string) => {
  const now = { at: 1_000_000 };
  const asked: RestRequest[] = [];
  const request = async (given: RestRequest) => {
    asked.push(given);
    const said = answer(given);
    if (said instanceof Error) throw said;
    return said;
  };
  const rest = { request, command: request } as unknown as RestClient;
  const symbol = toVenueSymbols(info, 'spot', ['ETHUSDT']).get('ETHUSDT')!;
  const ledger = new TradeLedger({ base: 'ETH', quote: 'USDT', step: 100_000n, worth: () => 0n });
  const traded: TradedSymbol = { symbol, instrument: symbol.instrument, base: 'ETH', ledger };
  const desk = new SpotOrders({
    rest,
    clock: { now: () => now.at, arm: () => () => undefined } satisfies Clock,
    sent: new SentOrders(0, 5_000, 10_000),
    traded: () => traded,
    market: () => ({ averagePrice }),
    taken: () => undefined,
  });
  return { desk, now, asked };
};

let count = 0;
const order = (given: Partial<OrderRequest> = {}): OrderRequest =>
  orderRequest({
    id: `order-${++count}`,
    symbol: 'ETHUSDT',
    quantity: 0.1,
    type: 'limit',
    price: 2_000,
    ...given,
  });

const isRead = ({ method }: RestRequest): boolean => method === 'GET';

describe('An order that the venue does not find', () => {
  it('is not called absent while look-ups may lag behind the venue that accepted it', async () => {
    const { desk, now } = orders((request) => (isRead(request) ? noOrder : { orderId: 7 }));
    const one = order();
    expect(await desk.submit(one)).toEqual({ outcome: 'accepted', venueId: '7' });
    expect(await desk.query(one)).toMatchObject({ outcome: 'unknown' });
    now.at += 60_000;
    expect(await desk.query(one)).toEqual({ outcome: 'absent' });
  });

  it('is absent at once where it was refused', async () => {
    const refusal = new BinanceError(-2010, 400, 'Account has insufficient balance for requested action.');
    const { desk } = orders((request) => (isRead(request) ? noOrder : refusal));
    const one = order();
    expect(await desk.submit(one)).toMatchObject({ outcome: 'rejected', code: '-2010' });
    expect(await desk.query(one)).toEqual({ outcome: 'absent' });
  });

  it('is not absent because the same id was given again with another order', async () => {
    const { desk } = orders((request) => (isRead(request) ? noOrder : new BinanceLineError('broke', true)));
    const one = order();
    expect(await desk.submit(one)).toMatchObject({ outcome: 'unknown' });
    expect(await desk.submit({ ...one, price: undefined })).toMatchObject({ outcome: 'unknown' });
    expect(await desk.query(one)).toMatchObject({ outcome: 'unknown' });
  });
});

describe('A pair', () => {
  const stop = () => order({ purpose: 'protect', side: 'sell', type: 'stop', price: 1_900 });
  const target = () => order({ purpose: 'protect', side: 'sell', price: 2_100 });

  it('is answered without an id of the venue, for it has two', async () => {
    const { desk } = orders(() => ({ orderListId: 1, orders: [{ orderId: 7 }, { orderId: 8 }] }));
    const answer = await desk.submitPair(stop(), target());
    expect(answer).toEqual({ outcome: 'accepted', venueId: undefined });
  });

  it('has two orders that are found by the ids of the venue, whatever cancels have renamed them to', async () => {
    const [first, second] = [stop(), target()];
    const { desk, asked } = orders((request) => {
      if (!isRead(request))
        return {
          orderListId: 1,
          orders: [
            { orderId: 7, clientOrderId: first.id },
            { orderId: 8, clientOrderId: second.id },
          ],
        };
      return request.params?.orderId === undefined ? noOrder : new BinanceLineError('far enough', true);
    });
    await desk.submitPair(first, second);
    for (const one of [first, second]) await desk.query(one);
    expect(asked.flatMap(({ params }) => params?.orderId ?? [])).toEqual(['7', '8']);
  });

  it('of which one was sent before is not sent, and keeps nothing of the other', async () => {
    const { desk, asked, now } = orders((request) => (isRead(request) ? noOrder : { orderId: 7 }));
    const [first, second] = [stop(), target()];
    await desk.submit(first);
    expect(await desk.submitPair(first, second)).toMatchObject({ outcome: 'unknown' });
    expect(asked).toHaveLength(1);
    now.at += 60_000;
    expect(await desk.query(second)).toEqual({ outcome: 'absent' });
  });
});
