import type { Route, VenueCall } from '../../exchange.js';
import { spotErrors } from '../errors.js';
import type { NewList } from '../list-desk.js';
import { checkPairPrices, checkPairTypes, inOrderOfIds } from '../list-params.js';
import type { OrderTerms } from '../order.js';
import type { OrderDesk } from '../order-desk.js';
import { listView } from '../order-list.js';
import { type CommonTerms, orderParameters, readOrder, readQuantity, readSide } from '../order-params.js';
import { placedView } from '../order-views.js';
import { ParamReader } from '../param-reader.js';
import { checkStpMode, readResponseType } from './place-routes.js';
import { readMarket } from './read-market.js';

const COMMON = ['symbol', 'listClientOrderId', 'newOrderRespType', 'selfTradePreventionMode'] as const;

/** What differs between the kinds of lists. */
interface Kind {
  readonly names: readonly string[];
  readonly flag: 'ocoAllowed' | 'otoAllowed';
  readonly refusal: string;
  readonly read: (reader: ParamReader, newId: () => string) => Pick<NewList, 'working' | 'others'>;
  /** Of the orders in `others`, whether they are an OCO that works from the start. */
  readonly meetsMarket: boolean;
}

const readPair = (
  reader: ParamReader,
  common: CommonTerms,
  [abovePrefix, belowPrefix]: readonly [string, string],
  newId: () => string,
): readonly OrderTerms[] => {
  const above = readOrder(reader, abovePrefix, common, newId);
  const below = readOrder(reader, belowPrefix, common, newId);
  checkPairTypes(common.side, above, below);
  return inOrderOfIds(above, below);
};

const readWorking = (reader: ParamReader, newId: () => string): OrderTerms => {
  const working = readOrder(reader, 'working', undefined, newId);
  if (working.type !== 'LIMIT' && working.type !== 'LIMIT_MAKER') throw spotErrors.orderType();
  return working;
};

const oco: Kind = {
  names: ['side', 'quantity', ...orderParameters('above'), ...orderParameters('below')],
  flag: 'ocoAllowed',
  refusal: 'OCO orders are not supported for this symbol',
  read: (reader, newId) => {
    const common = { side: readSide(reader, 'side'), quantity: readQuantity(reader, 'quantity') };
    return { working: undefined, others: readPair(reader, common, ['above', 'below'], newId) };
  },
  meetsMarket: true,
};

const oto: Kind = {
  names: [...orderParameters('working'), ...orderParameters('pending')],
  flag: 'otoAllowed',
  refusal: 'OTO orders are not supported for this symbol.',
  read: (reader, newId) => ({
    working: readWorking(reader, newId),
    others: [readOrder(reader, 'pending', undefined, newId)],
  }),
  meetsMarket: false,
};

const otoco: Kind = {
  names: [
    ...orderParameters('working'),
    'pendingSide',
    'pendingQuantity',
    ...orderParameters('pendingAbove'),
    ...orderParameters('pendingBelow'),
  ],
  flag: 'otoAllowed',
  refusal: oto.refusal,
  read: (reader, newId) => {
    const working = readWorking(reader, newId);
    const common = {
      side: readSide(reader, 'pendingSide'),
      quantity: readQuantity(reader, 'pendingQuantity'),
    };
    return { working, others: readPair(reader, common, ['pendingAbove', 'pendingBelow'], newId) };
  },
  meetsMarket: false,
};

const place = (desk: OrderDesk, kind: Kind, { params, account }: VenueCall): unknown => {
  const { venue } = desk;
  const reader = new ParamReader(params, [...COMMON, ...kind.names]);
  const market = readMarket(venue, reader);
  const { working, others } = kind.read(reader, venue.newClientId);
  const clientId = reader.clientId('listClientOrderId') ?? venue.newClientId();
  // The examples of the venue show RESULT, and so do its answers where nothing is asked for.
  const response = readResponseType(reader, 'RESULT');
  checkStpMode(reader, market);
  if (!market.symbol[kind.flag]) throw spotErrors.notTaken(kind.refusal);
  desk.screen(account, market, working === undefined ? others : [working, ...others], 1);
  if (kind.meetsMarket) checkPairPrices(market, others);
  const list = desk.placeList({ account, market, clientId, working, others });
  const view = {
    ...listView(list),
    listStatusType: 'EXEC_STARTED',
    listOrderStatus: 'EXECUTING',
    orderReports: list.orders.map((order) => placedView(order, response)),
  };
  venue.settle();
  return view;
};

/** Placing lists of orders: one cancels the other, one triggers others. */
export const listRoutes = (desk: OrderDesk): readonly (readonly [string, Route])[] => [
  [
    'POST /api/v3/orderList/oco',
    {
      security: 'TRADE',
      weight: 1,
      orders: 2,
      wsMethod: 'orderList.place.oco',
      handle: (call) => place(desk, oco, call),
    },
  ],
  [
    'POST /api/v3/orderList/oto',
    {
      security: 'TRADE',
      weight: 1,
      orders: 2,
      wsMethod: 'orderList.place.oto',
      handle: (call) => place(desk, oto, call),
    },
  ],
  [
    'POST /api/v3/orderList/otoco',
    {
      security: 'TRADE',
      weight: 1,
      orders: 3,
      wsMethod: 'orderList.place.otoco',
      handle: (call) => place(desk, otoco, call),
    },
  ],
];
