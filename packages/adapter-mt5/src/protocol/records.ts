import * as z from 'zod';
import * as f from './fields.js';

/** `ENUM_ORDER_TYPE` as words. Source: mql5.com/en/docs/constants/tradingconstants/orderproperties. */
const orderTypes = [
  'buy',
  'sell',
  'buy-limit',
  'sell-limit',
  'buy-stop',
  'sell-stop',
  'buy-stop-limit',
  'sell-stop-limit',
  'close-by',
] as const;

/** `ENUM_ORDER_STATE` as words; same source. */
const orderStates = [
  'started',
  'placed',
  'canceled',
  'partial',
  'filled',
  'rejected',
  'expired',
  'request-add',
  'request-modify',
  'request-cancel',
] as const;

/** `ENUM_ORDER_TYPE_TIME` as words; same source. `GTD-DAY` ends with the day of its date. */
const timesInForce = ['GTC', 'DAY', 'GTD', 'GTD-DAY'] as const;

/** `ENUM_DEAL_TYPE` as words. Source: mql5.com/en/docs/constants/tradingconstants/dealproperties. */
const dealTypes = [
  'buy',
  'sell',
  'balance',
  'credit',
  'charge',
  'correction',
  'bonus',
  'commission',
  'commission-daily',
  'commission-monthly',
  'commission-agent-daily',
  'commission-agent-monthly',
  'interest',
  'buy-canceled',
  'sell-canceled',
  'dividend',
  'dividend-franked',
  'tax',
  'other',
] as const;

/** `ENUM_DEAL_REASON` and `ENUM_ORDER_REASON` as words; same sources. */
const reasons = [
  'client',
  'mobile',
  'web',
  'expert',
  'sl',
  'tp',
  'so',
  'rollover',
  'vmargin',
  'split',
  'corporate-action',
  'other',
] as const;

/** An order, working or of the past. */
export const orderRecord = z.object({
  ticket: f.ticket,
  coid: f.maybeCoid.describe("Where it is one of the bridge's own."),
  symbol: f.symbolName,
  type: f.word(orderTypes),
  state: f.word(orderStates),
  volume: f.amount.describe('Lots as placed.'),
  left: f.amount.describe('Lots that have not filled.'),
  price: f.maybePrice.describe('Where it was placed; none for market orders.'),
  stopLimit: f.maybePrice.describe("Price of a stop-limit order's limit."),
  sl: f.maybePrice.describe('Stop loss.'),
  tp: f.maybePrice.describe('Take profit.'),
  magic: f.magic,
  position: f.maybeTicket.describe('The position that it opened, changed or closed.'),
  comment: f.maybeText,
  reason: f.openWord(reasons),
  setup: f.serverTime.describe('When it was placed.'),
  done: f.maybeServerTime.describe('When it ended.'),
  tif: f.word(timesInForce),
  goodTill: f.maybeServerTime.describe('For `GTD` and `GTD-DAY`.'),
});

/** See {@link orderRecord}. */
export type OrderRecord = z.output<typeof orderRecord>;

/** A deal: a trade, or money that came or went. */
export const dealRecord = z.object({
  ticket: f.ticket,
  order: f.maybeTicket.describe('Whose trade it is.'),
  coid: f.maybeCoid.describe(
    'Of that order. None for stop loss and take profit, which are told by position and reason.',
  ),
  position: f.maybeTicket.describe('Identifier of the position.'),
  symbol: f.maybeText.describe('None for money that came or went.'),
  type: f.word(dealTypes),
  entry: f.word(['in', 'out', 'inout', 'out-by']),
  volume: f.amount.describe('Lots.'),
  price: f.amount,
  commission: f.money.describe('Negative is paid.'),
  fee: f.money.describe('Negative is paid.'),
  swap: f.money,
  profit: f.money.describe('Without commission, fee and swap.'),
  magic: f.magic,
  reason: f.openWord(reasons),
  comment: f.maybeText,
  time: f.serverTime,
});

/** See {@link dealRecord}. */
export type DealRecord = z.output<typeof dealRecord>;

/** An open position. */
export const positionRecord = z.object({
  ticket: f.ticket,
  id: f.ticket.describe('Its identifier, which deals and orders name; the ticket may change, this does not.'),
  coid: f.maybeCoid.describe('Of the order that opened it.'),
  slCoid: f.maybeCoid.describe('Name that `protect` gave its stop loss.'),
  tpCoid: f.maybeCoid.describe('Name that `protect` gave its take profit.'),
  symbol: f.symbolName,
  side: f.word(['buy', 'sell']),
  volume: f.amount.describe('Lots.'),
  price: f.amount.describe('Average price of its entries.'),
  sl: f.maybePrice,
  tp: f.maybePrice,
  swap: f.money,
  profit: f.money,
  magic: f.magic,
  comment: f.maybeText,
  time: f.serverTime.describe('When it was opened.'),
});

/** See {@link positionRecord}. */
export type PositionRecord = z.output<typeof positionRecord>;

/** A position that changed; `gone` when it is closed. */
export const positionEvent = positionRecord.extend({
  gone: f.maybeFlag.describe('Whether it is closed; the record is then as it last was.'),
});

/** See {@link positionEvent}. */
export type PositionEvent = z.output<typeof positionEvent>;
