import { clientOrderId } from '../execution/client-order-id.js';
import type { Desk } from '../execution/desk.js';
import type { Decision, PolicyVerdict } from '../model/decision.js';
import { entryPrice } from '../model/entry-price.js';
import { roundPrice, roundQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderRequest } from '../model/order.js';
import { refused, stopped } from '../model/refuse.js';
import { type Side, sign } from '../model/side.js';
import type { Signal } from '../model/signal.js';
import { type ApprovedOrder, approve } from './approved-order.js';
import { answered, judge } from './judgement.js';
import type { PolicySlot } from './policy-slot.js';
import { reduction } from './reduction.js';

/** A limit is never worse than asked, a stop never triggers earlier than asked. */
const orderPrices = (
  signal: Signal,
  side: Side,
  instrument: Instrument,
): Pick<OrderRequest, 'price' | 'limitPrice'> => {
  const { order } = signal;
  if (order?.price === undefined || order.type === 'market')
    return { price: undefined, limitPrice: undefined };
  const better = side === 'buy' ? 'down' : 'up';
  const later = side === 'buy' ? 'up' : 'down';
  return {
    price: roundPrice(instrument, order.price, order.type === 'limit' ? better : later),
    limitPrice: order.limitPrice === undefined ? undefined : roundPrice(instrument, order.limitPrice, better),
  };
};

/** The stop is rounded away from the entry before sizing, so that the size never assumes less risk than there is. */
const bracketOf = (signal: Signal, side: Side, instrument: Instrument): OrderRequest['bracket'] => {
  const { stop, target, trail } = signal;
  if (stop === undefined && target === undefined && trail === undefined) return undefined;
  const away = side === 'buy' ? 'down' : 'up';
  const further = side === 'buy' ? 'up' : 'down';
  return {
    stop: stop === undefined ? undefined : roundPrice(instrument, stop, away),
    target: target === undefined ? undefined : roundPrice(instrument, target, further),
    trail: trail === undefined ? undefined : roundPrice(instrument, trail, 'up'),
  };
};

/** Where a trailing stop stands when the entry has filled. */
const trailingStart = (trail: number | undefined, side: Side, price: number): number | undefined =>
  trail === undefined ? undefined : side === 'buy' ? price - trail : price + trail;

/**
 * Whether an entry would open a position that faces the source's own: on a hedging account neither closes the other, while the source
 * has one ledger, whose brackets would be ended as if it did. A reversal leaves the old position first, unless that is on its way already:
 * what is on its way may still fail.
 */
const facesOwn = ({ symbol, source, intent }: Signal, side: Side, { book }: Desk): boolean => {
  if (book.account().mode !== 'hedging') return false;
  if (book.position(symbol, source).quantity * sign(side) >= 0) return false;
  return intent !== 'reverse' || book.reducing(symbol, source) !== 0;
};

/** The order that a signal would become, with what each policy said. */
interface EntryPlan {
  readonly kind: 'plan';
  readonly request: OrderRequest;
  readonly verdicts: readonly PolicyVerdict[];
}

/** Judges a signal that adds exposure: every policy is asked, the strictest size wins. Changes nothing. */
export const planEntry = (signal: Signal, slots: readonly PolicySlot[], desk: Desk): EntryPlan | Decision => {
  const { book } = desk;
  const now = book.now();
  const { symbol, source: owner } = signal;
  const instrument = book.instrument(symbol);
  const side = signal.side;
  if (instrument === undefined || side === undefined) {
    const actual = instrument === undefined ? symbol : 'no side';
    return refused(signal, now, {
      stage: 'assess',
      rule: 'entry',
      code: 'INVALID',
      limit: 'a validated entry',
      actual,
    });
  }
  const halt = book.haltOf(symbol, owner);
  if (halt !== undefined)
    return stopped('assess', 'halt', signal, now, { code: 'HALTED', limit: 'not halted', actual: halt });
  const type = signal.order?.type ?? 'market';
  const timeInForce = signal.order?.timeInForce ?? 'GTC';
  const { capabilities } = desk;
  if (capabilities.orderTypes[type] === 'none' || capabilities.timeInForce[timeInForce] !== 'native') {
    const finding = {
      code: 'UNSUPPORTED_ORDER',
      limit: 'what the venue declares',
      actual: `${type} ${timeInForce}`,
    };
    return stopped('assess', 'capabilities', signal, now, finding);
  }
  if (side === 'sell' && capabilities.shorting === 'none') {
    const finding = { code: 'UNSUPPORTED_ORDER', limit: 'what the venue declares', actual: 'a short sale' };
    return stopped('assess', 'capabilities', signal, now, finding);
  }

  if (facesOwn(signal, side, desk)) {
    const actual = book.position(symbol, owner).quantity;
    const finding = { code: 'OPPOSITE_POSITION', limit: 'no position of the other side', actual };
    return stopped('assess', 'hedging', signal, now, finding);
  }

  const held = Math.abs(book.position(symbol, owner).quantity);
  if (signal.intent === 'reverse' && held > instrument.maxQuantity) {
    const finding = { code: 'QUANTITY_TOO_LARGE', limit: instrument.maxQuantity, actual: held };
    return stopped('assess', 'reversal', signal, now, finding);
  }

  const bracket = bracketOf(signal, side, instrument);
  const price = entryPrice(signal);
  const { quantity, verdicts, objection } = judge(
    {
      symbol,
      purpose: 'enter',
      side,
      quantity: signal.quantity ?? Number.POSITIVE_INFINITY,
      price,
      stop: bracket?.stop ?? trailingStart(bracket?.trail, side, price),
      target: bracket?.target,
    },
    signal,
    slots,
    book,
  );
  if (objection !== undefined && !answered(objection, signal))
    return stopped('assess', objection.policy, signal, now, objection.finding, verdicts);
  if (quantity === Number.POSITIVE_INFINITY) {
    const refusal = { code: 'NO_SIZE', limit: 'a quantity from the signal or a policy', actual: 'none' };
    return stopped('assess', 'size', signal, now, refusal, verdicts);
  }
  const lots = roundQuantity(instrument, Math.min(quantity, instrument.maxQuantity));
  if (!(lots >= instrument.minQuantity)) {
    const refusal = { code: 'QUANTITY_TOO_SMALL', limit: instrument.minQuantity, actual: quantity };
    return stopped('assess', 'size', signal, now, refusal, verdicts);
  }

  const notional = lots * price * instrument.contractSize;
  if (notional < instrument.minNotional) {
    const refusal = { code: 'NOTIONAL_TOO_SMALL', limit: instrument.minNotional, actual: notional };
    return stopped('assess', 'size', signal, now, refusal, verdicts);
  }

  const request: OrderRequest = {
    id: clientOrderId(signal.id, 'enter'),
    symbol,
    owner,
    purpose: 'enter',
    side,
    quantity: lots,
    type,
    ...orderPrices(signal, side, instrument),
    trail: undefined,
    timeInForce,
    goodTill: signal.order?.goodTill,
    bracket,
    reduceOnly: false,
  };
  return { kind: 'plan', request, verdicts };
};

/** Approves what {@link planEntry} let pass, and reserves its exposure at once. */
export const assessEntry = (
  signal: Signal,
  slots: readonly PolicySlot[],
  desk: Desk,
): ApprovedOrder | Decision => {
  const plan = planEntry(signal, slots, desk);
  if (plan.kind === 'decision') return plan;
  const { request, verdicts } = plan;
  const { book } = desk;
  const warrant = { desk: desk.id, verdicts, expires: book.now() + desk.approvalLifetime };
  const first = signal.intent === 'reverse' ? reduction(signal, 'flatten', warrant, desk) : undefined;
  book.reserve(request);
  return approve(signal, request, warrant, first);
};
