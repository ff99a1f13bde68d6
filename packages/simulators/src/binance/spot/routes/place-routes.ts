import type { Route, VenueCall } from '../../exchange.js';
import { spotErrors } from '../errors.js';
import type { SpotMarket } from '../market.js';
import type { OrderTerms } from '../order.js';
import type { OrderDesk } from '../order-desk.js';
import { orderParameters, readOrder } from '../order-params.js';
import { placedView, type ResponseType, responseTypes } from '../order-views.js';
import { ParamReader } from '../param-reader.js';
import { readMarket } from './read-market.js';

/** Names of the parameters of a new order. */
export const placementNames: readonly string[] = [
  ...orderParameters(''),
  'symbol',
  'quoteOrderQty',
  'newOrderRespType',
  'selfTradePreventionMode',
];

/** The answer's form: FULL for market and limit orders, ACK for others, unless the client says. @throws VenueError -1130 */
export const readResponseType = (reader: ParamReader, usual: ResponseType): ResponseType =>
  reader.oneOf('newOrderRespType', responseTypes, () => spotErrors.invalid('newOrderRespType')) ?? usual;

/** Orders of one account never meet each other here, so only the symbol's modes are checked. @throws VenueError -1130 */
export const checkStpMode = (reader: ParamReader, { symbol }: SpotMarket): void => {
  reader.oneOf('selfTradePreventionMode', symbol.allowedSelfTradePreventionModes, () =>
    spotErrors.invalid('selfTradePreventionMode'),
  );
};

/** See {@link readResponseType}. */
export const usualResponse = ({ type }: OrderTerms): ResponseType =>
  type === 'MARKET' || type === 'LIMIT' ? 'FULL' : 'ACK';

interface Placing {
  readonly market: SpotMarket;
  readonly terms: OrderTerms;
  readonly response: ResponseType;
}

const read = (desk: OrderDesk, { params, account }: VenueCall, more: readonly string[]): Placing => {
  const reader = new ParamReader(params, [...placementNames, ...more]);
  const market = readMarket(desk.venue, reader);
  const terms = readOrder(reader, '', undefined, desk.venue.newClientId);
  const response = readResponseType(reader, usualResponse(terms));
  checkStpMode(reader, market);
  const [screened] = desk.screen(account, market, [terms]);
  return { market, terms: screened ?? terms, response };
};

const rates = (maker: string, taker: string): object => ({ maker, taker });

/** Placing one order, and trying whether it would be taken. */
export const placeRoutes = (desk: OrderDesk): readonly (readonly [string, Route])[] => [
  [
    'POST /api/v3/order',
    {
      security: 'TRADE',
      weight: 1,
      orders: 1,
      wsMethod: 'order.place',
      handle: (call) => {
        const { market, terms, response } = read(desk, call, []);
        const view = placedView(desk.place(call.account, market, terms), response);
        desk.venue.settle();
        return view;
      },
    },
  ],
  [
    'POST /api/v3/order/test',
    {
      security: 'TRADE',
      weight: ({ computeCommissionRates }) => (computeCommissionRates === 'true' ? 20 : 1),
      wsMethod: 'order.test',
      handle: (call) => {
        read(desk, call, ['computeCommissionRates']);
        if (call.params.computeCommissionRates !== 'true') return {};
        const { makerRate, takerRate, bnbFees } = desk.venue.account(call.account);
        return {
          standardCommissionForOrder: rates(makerRate, takerRate),
          specialCommissionForOrder: rates('0.00000000', '0.00000000'),
          taxCommissionForOrder: rates('0.00000000', '0.00000000'),
          discount: {
            enabledForAccount: bnbFees,
            enabledForSymbol: true,
            discountAsset: 'BNB',
            discount: '0.25000000',
          },
        };
      },
    },
  ],
];
