import { describe, expect, it } from 'vitest';
import { VenueError } from '../exchange.js';
import { SpotBench } from './testing/spot-bench.js';

const replace = (bench: SpotBench, params: Record<string, string | number>): unknown =>
  bench.call('POST /api/v3/order/cancelReplace', {
    symbol: 'BTCUSDT',
    side: 'BUY',
    type: 'LIMIT',
    timeInForce: 'GTC',
    quantity: 1,
    price: 80,
    newClientOrderId: 'new',
    cancelOrigClientOrderId: 'old',
    cancelNewClientOrderId: 'bye',
    cancelReplaceMode: 'STOP_ON_FAILURE',
    ...params,
  });

const failure = (work: () => unknown): VenueError => {
  try {
    work();
  } catch (error) {
    if (error instanceof VenueError) return error;
    throw error;
  }
  throw new Error('It was not refused.');
};

const bench = (): SpotBench => {
  const venue = new SpotBench().quote(99, 100);
  venue.limit('BUY', 90, 1, { newClientOrderId: 'old' });
  venue.told();
  return venue;
};

// Results, codes and HTTP statuses: rest-api.md, "Cancel an Existing Order and Send a New Order", its table and examples.
describe('Cancel-replace', () => {
  it('cancels, then places: both SUCCESS', () => {
    const venue = bench();
    expect(replace(venue, {})).toMatchObject({
      cancelResult: 'SUCCESS',
      newOrderResult: 'SUCCESS',
      cancelResponse: { origClientOrderId: 'old', clientOrderId: 'bye', status: 'CANCELED' },
      newOrderResponse: { clientOrderId: 'new', status: 'NEW', fills: [] },
    });
    expect(venue.told()).toEqual(['CANCELED/CANCELED bye', 'NEW/NEW new', 'outboundAccountPosition']);
  });

  it('lets the new order have what the old one had locked', () => {
    const venue = new SpotBench({ accounts: [{ name: 'me', balances: { USDT: '100' } }] }).quote(99, 100);
    venue.limit('BUY', 90, 1, { newClientOrderId: 'old' });
    expect(replace(venue, { price: 95 })).toMatchObject({ newOrderResult: 'SUCCESS' });
  });

  it('STOP_ON_FAILURE does not try the new order when the cancel fails: -2022, 400', () => {
    const error = failure(() => replace(bench(), { cancelOrigClientOrderId: 'nobody' }));
    expect(error).toMatchObject({ code: -2022, message: 'Order cancel-replace failed.', status: 400 });
    expect(error.data).toEqual({
      data: {
        cancelResult: 'FAILURE',
        newOrderResult: 'NOT_ATTEMPTED',
        cancelResponse: { code: -2011, msg: 'Unknown order sent.' },
        newOrderResponse: null,
      },
    });
  });

  it('ALLOW_FAILURE places it all the same: -2021, 409', () => {
    const venue = bench();
    const error = failure(() =>
      replace(venue, { cancelOrigClientOrderId: 'nobody', cancelReplaceMode: 'ALLOW_FAILURE' }),
    );
    expect(error).toMatchObject({
      code: -2021,
      message: 'Order cancel-replace partially failed.',
      status: 409,
    });
    expect(error.data).toMatchObject({ data: { cancelResult: 'FAILURE', newOrderResult: 'SUCCESS' } });
    expect(venue.told()).toEqual(['NEW/NEW new', 'outboundAccountPosition']);
  });

  it('whose new order is rejected has cancelled: -2021, 409, and an order is told as REJECTED (enums.md, "Execution types")', () => {
    const venue = bench();
    const partial = failure(() =>
      venue.call('POST /api/v3/order/cancelReplace', {
        symbol: 'BTCUSDT',
        side: 'BUY',
        type: 'LIMIT_MAKER',
        price: 100,
        quantity: 1,
        cancelOrigClientOrderId: 'old',
        cancelNewClientOrderId: 'bye',
        newClientOrderId: 'new',
        cancelReplaceMode: 'STOP_ON_FAILURE',
      }),
    );
    expect(partial).toMatchObject({ code: -2021, status: 409 });
    expect(partial.data).toMatchObject({
      data: {
        cancelResult: 'SUCCESS',
        newOrderResult: 'FAILURE',
        newOrderResponse: { code: -2010, msg: 'Order would immediately match and take.' },
      },
    });
    expect(venue.report).toMatchObject({ x: 'REJECTED', X: 'REJECTED', r: 'WOULD_MATCH_IMMEDIATELY' });
    expect(venue.told()).toEqual([
      'CANCELED/CANCELED bye',
      'REJECTED/REJECTED new',
      'outboundAccountPosition',
    ]);
  });

  it('where both fail is -2022, 400', () => {
    const error = failure(() =>
      replace(bench(), {
        price: 98,
        quantity: 1000,
        cancelOrigClientOrderId: 'nobody',
        cancelReplaceMode: 'ALLOW_FAILURE',
      }),
    );
    expect(error).toMatchObject({ code: -2022, status: 400 });
    expect(error.data).toMatchObject({ data: { cancelResult: 'FAILURE', newOrderResult: 'FAILURE' } });
  });

  it('evaluates filters before it cancels', () => {
    const venue = bench();
    expect(venue.refusal(() => replace(venue, { price: '80.001' }))).toBe(
      '-1013 Filter failure: PRICE_FILTER',
    );
    expect(venue.told()).toEqual([]);
  });

  it('minds cancel restrictions', () => {
    const error = failure(() => replace(bench(), { cancelRestrictions: 'ONLY_PARTIALLY_FILLED' }));
    expect(error.data).toMatchObject({
      data: { cancelResponse: { code: -2011, msg: 'Order was not canceled due to cancel restrictions.' } },
    });
  });
});
