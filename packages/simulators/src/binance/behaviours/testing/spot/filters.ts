import { type Behaviour, filters } from '../behaviour.js';
import { type Params, said } from '../caller.js';
import { decimal, minus, plus, units } from '../decimals.js';
import type { VenueUnderTest } from '../venue.js';
import { LIMIT, MARKET, ORDER, STOP, TEST } from './orders-used.js';

const failed = (name: string): string => `400 -1013 Filter failure: ${name}`;

/** Whether an order that is only tested fails this filter. */
const fails = async ({ spot }: VenueUnderTest, name: string, params: Params): Promise<boolean> =>
  said(await spot.post(TEST, params)) === failed(name);

/** The least quantity on the lot grid whose value at a price is at least so much. */
const quantityFor = (notional: string, price: string, step: string): string => {
  const unit = units(step);
  const exact = (units(notional) * 10n ** 8n + units(price) - 1n) / units(price);
  return decimal(((exact + unit - 1n) / unit) * unit);
};

/** Edges of the filters, taken from what the venue itself says in exchangeInfo. */
export const filterEdges: readonly Behaviour[] = [
  {
    id: 'S-FIL-01',
    title: 'A price must lie on the grid of tickSize',
    source: filters('PRICE_FILTER'),
    act: async (venue) => {
      const tick = await venue.filter('spot', 'PRICE_FILTER', 'tickSize');
      const half = decimal(units(tick) / 2n);
      return [
        said(await venue.spot.post(TEST, { ...LIMIT, price: plus('50000', tick) })),
        said(await venue.spot.post(TEST, { ...LIMIT, price: plus('50000', half) })),
      ];
    },
    seen: ['200', failed('PRICE_FILTER')],
  },
  {
    id: 'S-FIL-02',
    title: 'A price may be minPrice and maxPrice, and nothing beyond',
    source: filters('PRICE_FILTER'),
    act: async (venue) => {
      const tick = await venue.filter('spot', 'PRICE_FILTER', 'tickSize');
      const least = await venue.filter('spot', 'PRICE_FILTER', 'minPrice');
      const most = await venue.filter('spot', 'PRICE_FILTER', 'maxPrice');
      const at = (price: string) => fails(venue, 'PRICE_FILTER', { ...LIMIT, price });
      const below = minus(least, tick);
      return [
        await at(least),
        below === '0' ? true : await at(below),
        await at(most),
        await at(plus(most, tick)),
      ];
    },
    seen: [false, true, false, true],
  },
  {
    id: 'S-FIL-03',
    title: 'A stop price obeys the price filter too',
    source: filters('PRICE_FILTER'),
    act: async (venue) => {
      const half = decimal(units(await venue.filter('spot', 'PRICE_FILTER', 'tickSize')) / 2n);
      return said(await venue.spot.post(TEST, { ...STOP, stopPrice: plus('55000', half) }));
    },
    seen: failed('PRICE_FILTER'),
  },
  {
    id: 'S-FIL-04',
    title: 'A quantity may be minQty and maxQty, must lie on the grid of stepSize, and nothing else',
    source: filters('LOT_SIZE'),
    act: async (venue) => {
      const least = await venue.filter('spot', 'LOT_SIZE', 'minQty');
      const most = await venue.filter('spot', 'LOT_SIZE', 'maxQty');
      const step = await venue.filter('spot', 'LOT_SIZE', 'stepSize');
      const at = (quantity: string) => fails(venue, 'LOT_SIZE', { ...LIMIT, quantity });
      return [
        await at(least),
        await at(most),
        await at(plus(most, step)),
        await at(plus('0.01', decimal(units(step) / 2n))),
      ];
    },
    seen: [false, false, true, true],
  },
  {
    id: 'S-FIL-05',
    title: 'A MARKET order has a largest quantity of its own',
    source: filters('MARKET_LOT_SIZE'),
    act: async (venue) => {
      const most = await venue.filter('spot', 'MARKET_LOT_SIZE', 'maxQty');
      const step = await venue.filter('spot', 'LOT_SIZE', 'stepSize');
      const beyond = decimal((units(most) / units(step) + 1n) * units(step));
      return [
        await fails(venue, 'MARKET_LOT_SIZE', { ...MARKET, quantity: beyond }),
        await fails(venue, 'MARKET_LOT_SIZE', { ...LIMIT, quantity: beyond }),
      ];
    },
    seen: [true, false],
  },
  {
    id: 'S-FIL-06',
    title: 'price x quantity may be minNotional, and not less',
    source: filters('NOTIONAL'),
    act: async (venue) => {
      const least = await venue.filter('spot', 'NOTIONAL', 'minNotional');
      const step = await venue.filter('spot', 'LOT_SIZE', 'stepSize');
      const quantity = quantityFor(least, '50000', step);
      return [
        said(await venue.spot.post(TEST, { ...LIMIT, quantity })),
        said(await venue.spot.post(TEST, { ...LIMIT, quantity: minus(quantity, step) })),
      ];
    },
    seen: ['200', failed('NOTIONAL')],
  },
  {
    id: 'S-FIL-07',
    title: 'A buy price may not pass the average price times bidMultiplierUp',
    source: filters('PERCENT_PRICE_BY_SIDE'),
    act: async (venue) => {
      const up = Number(await venue.filter('spot', 'PERCENT_PRICE_BY_SIDE', 'bidMultiplierUp'));
      const at = (factor: number) =>
        fails(venue, 'PERCENT_PRICE_BY_SIDE', { ...LIMIT, price: String(Math.round(60_005 * factor)) });
      return [await at(up * 0.999), await at(up * 1.001)];
    },
    seen: [false, true],
  },
  {
    id: 'S-FIL-08',
    title: 'A sell price may not be less than the average price times askMultiplierDown',
    source: filters('PERCENT_PRICE_BY_SIDE'),
    act: async (venue) => {
      const down = Number(await venue.filter('spot', 'PERCENT_PRICE_BY_SIDE', 'askMultiplierDown'));
      const at = (factor: number) =>
        fails(venue, 'PERCENT_PRICE_BY_SIDE', {
          ...LIMIT,
          side: 'SELL',
          price: String(Math.round(60_005 * factor)),
        });
      return [await at(down * 1.001), await at(down * 0.999)];
    },
    seen: [false, true],
  },
  {
    id: 'S-FIL-09',
    title: 'No more than maxNumAlgoOrders stop orders may be open on a symbol',
    source: filters('MAX_NUM_ALGO_ORDERS'),
    act: async (venue) => {
      const most = Number(await venue.filter('spot', 'MAX_NUM_ALGO_ORDERS', 'maxNumAlgoOrders'));
      const told = new Set<string>();
      for (let open = 0; open < most; open++) told.add(said(await venue.spot.post(ORDER, STOP)));
      return [[...told], said(await venue.spot.post(ORDER, STOP)), said(await venue.spot.post(ORDER, LIMIT))];
    },
    seen: [['200'], failed('MAX_NUM_ALGO_ORDERS'), '200'],
  },
];
