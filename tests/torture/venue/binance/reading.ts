import * as z from 'zod';
import type { OwnedOrder } from '../record.js';
import { ownerOf } from './listing.js';
import type { TappedAnswer, TappedRequest } from './tap.js';

/** What a request is about, as far as the kill test cares. */
export type Kind = 'submit' | 'amend' | 'cancel' | 'query' | 'other';

const ORDER = /^\/(fapi\/v1\/(order|algoOrder)|api\/v3\/(order|orderList\/oco))$/;
const KINDS: Readonly<Record<string, Kind>> = {
  POST: 'submit',
  PUT: 'amend',
  DELETE: 'cancel',
  GET: 'query',
};
const NAMES = ['newClientOrderId', 'clientAlgoId', 'aboveClientOrderId', 'belowClientOrderId'] as const;
const REFERENCES = ['origClientOrderId', 'clientAlgoId', 'orderId', 'algoId'] as const;

/** What is asked. */
export const kindOf = ({ method, path }: TappedRequest): Kind =>
  (ORDER.test(path) ? KINDS[method] : undefined) ?? 'other';

/** The order that a request is about, by any of its names. */
export const subjectOf = ({ params }: TappedRequest): string => {
  for (const name of [...REFERENCES, ...NAMES]) {
    const value = params.get(name);
    if (value !== null) return value;
  }
  return '';
};

/** The orders that are to be placed; two of a pair. */
export const ordersIn = (request: TappedRequest): readonly OwnedOrder[] => {
  if (kindOf(request) !== 'submit') return [];
  const { params } = request;
  const symbol = params.get('symbol') ?? '';
  const side = params.get('side') === 'BUY' ? 'buy' : 'sell';
  const quantity = Number(params.get('quantity'));
  return NAMES.flatMap((name) => {
    const id = params.get(name);
    return id === null ? [] : [{ id, symbol, side, quantity, owner: ownerOf(symbol) }];
  });
};

const one = z.object({ orderId: z.number(), clientOrderId: z.string() });
const list = z.object({ orderReports: z.array(one) });
const error = z.object({ code: z.number() });

/** The orders in an answer, with the venue's own numbers. A cancel gives an order another name, so it tells none. */
export const namesIn = (request: TappedRequest, { body }: TappedAnswer): readonly z.output<typeof one>[] => {
  if (kindOf(request) !== 'submit') return [];
  const read: unknown = JSON.parse(body);
  const pair = list.safeParse(read);
  if (pair.success) return pair.data.orderReports;
  const single = one.safeParse(read);
  return single.success ? [single.data] : [];
};

/** The venue's clock refused it: it was surely not taken, and may come again. */
const OUTSIDE_WINDOW = -1021;

/** Whether a request was refused by its timestamp. */
export const isLate = ({ status, body }: TappedAnswer): boolean =>
  status === 400 && error.safeParse(JSON.parse(body)).data?.code === OUTSIDE_WINDOW;
