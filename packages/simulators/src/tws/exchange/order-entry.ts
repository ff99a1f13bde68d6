import type { SimulatedContract } from '../contracts/contract.js';
import { ambiguous, noDefinition } from '../contracts/contract-handlers.js';
import type { TwsSession } from '../session.js';
import type { SimulatedAccount } from './account.js';
import { checkTerms, REDUCE } from './check-terms.js';
import type { Desk } from './desk.js';
import { openOrderMessage } from './messages/open-order.js';
import { type OrderTerms, type TwsOrder, type TwsTimeInForce, tidy } from './order.js';
import type { PlaceOrder } from './place-order.js';
import { refusals, rejected, type TwsRefusal } from './refusal.js';
import type { ExchangeState } from './state.js';
import { carries, whatIf } from './what-if.js';

/** An order that does not live yet. */
export const newOrder = (
  given: Pick<
    TwsOrder,
    'permId' | 'account' | 'contract' | 'clientId' | 'orderId' | 'byHand' | 'terms' | 'parent'
  >,
): TwsOrder => ({
  ...given,
  stage: 'untransmitted',
  end: undefined,
  triggered: false,
  filled: 0,
  cost: 0,
  lastFillPrice: 0,
  commission: 0,
  line: undefined,
  expiresAt: Number.POSITIVE_INFINITY,
  endedAt: 0,
  endReason: '',
});

/** Takes message 3: a new order, a change of a live one, or a question what an order would do. */
export class OrderEntry {
  /** The next order is refused with it. */
  refusal: TwsRefusal | undefined;
  /** The next order gets this time in force, with the warning 10349. */
  preset: TwsTimeInForce | undefined;
  readonly #state: ExchangeState;
  readonly #desk: Desk;

  constructor(state: ExchangeState, desk: Desk) {
    this.#state = state;
    this.#desk = desk;
  }

  take(session: TwsSession, place: PlaceOrder): void {
    const { orders, options } = this.#state;
    const { clientId } = session;
    const { orderId } = place;
    const isUsed = orderId <= orders.highest(clientId) && !place.whatIf;
    const known = place.whatIf ? undefined : orders.find(clientId, orderId);
    // An id that TWS has forgotten in a restart names a new order, unless one of that name still lives.
    const existing = isUsed || known?.end === undefined ? known : undefined;
    const refusal = options.readOnly
      ? refusals.readOnly
      : orderId === 0
        ? { code: 10149, text: 'Invalid order id: 0' }
        : existing !== undefined
          ? this.#amend(existing, place)
          : isUsed
            ? refusals.duplicateId
            : this.#enter(session, place);
    if (refusal !== undefined) session.error(orderId, refusal.code, refusal.text);
  }

  /** @returns why an order is not taken; an order that the account cannot carry is taken and ends as Inactive */
  #enter(session: TwsSession, place: PlaceOrder): TwsRefusal | undefined {
    const { orders, contracts, options } = this.#state;
    const found = contracts.resolve(place.contract);
    if (found.kind === 'none') return { code: 200, text: noDefinition };
    if (found.kind === 'ambiguous') return { code: 200, text: ambiguous(place.contract.symbol) };
    const { contract } = found;
    if (place.contract.exchange === '') return refusals.missingExchange;
    if (contract.securityType === 'IND' || place.contract.securityType === 'CONTFUT')
      return refusals.notTraded;
    if (contracts.isExpired(contract)) return { code: 392, text: 'Invalid order: contract expired.' };
    const account = this.#account(place.account);
    if ('code' in account) return account;
    if (isForbidden(contract, options.forbidden)) return refusals.noPermission;
    const checked = this.#check(contract, place);
    if ('refusal' in checked) return checked.refusal;
    const parent = place.parentId === 0 ? undefined : orders.find(session.clientId, place.parentId);
    if (place.parentId !== 0 && (parent === undefined || parent.stage === 'ended'))
      return refusals.noParent(place.parentId);
    if (place.whatIf && !place.transmit) return refusals.whatIfTransmit;
    const order = newOrder({
      permId: place.whatIf ? 0 : orders.nextPermId(),
      account,
      contract,
      clientId: session.clientId,
      orderId: place.orderId,
      byHand: false,
      terms: parent === undefined ? checked.terms : groupedBy(parent, checked.terms),
      parent,
    });
    if (place.whatIf) return this.#answer(session, order);
    const { refusal } = this;
    this.refusal = undefined;
    if (refusal?.code === 201) this.#desk.reject(order, refusal);
    else if (refusal !== undefined) return refusal;
    else {
      this.#warn(session, place, checked.terms);
      this.#desk.enter(order, place.transmit);
    }
    return undefined;
  }

  #amend(order: TwsOrder, place: PlaceOrder): TwsRefusal | undefined {
    const { contract, terms, account, parent } = order;
    if (order.stage === 'ended') return order.end === 'Filled' ? refusals.filled : refusals.duplicateId;
    const named = this.#state.contracts.resolve(place.contract);
    const isSame =
      named.kind === 'one' &&
      named.contract === contract &&
      place.action === terms.action &&
      (place.account === '' || place.account === account.id);
    if (!isSame) return refusals.otherOrder;
    if (place.type !== terms.type) return refusals.otherType;
    const isHeld = order.stage === 'untransmitted';
    if (terms.ocaGroup !== '' && place.ocaGroup !== '' && !isHeld) return refusals.ocaRevision;
    if (place.parentId !== 0 && parent?.stage === 'ended') return refusals.noParent(place.parentId);
    const checked = this.#check(contract, place);
    if ('refusal' in checked) return checked.refusal;
    if (tidy(place.quantity - order.filled) <= 0)
      return rejected('The order size cannot be below what has filled.');
    const { ocaGroup, ocaType, parentId } = terms;
    const kept = isHeld && place.ocaGroup !== '' ? {} : { ocaGroup, ocaType };
    const orderRef = place.orderRef === '' ? terms.orderRef : place.orderRef;
    const changed: OrderTerms = { ...checked.terms, ...kept, parentId, orderRef };
    const grows = !isHeld && order.stage !== 'child' && place.quantity > terms.quantity;
    const reason = grows ? carries(this.#state, { ...order, terms: changed }) : undefined;
    if (reason !== undefined) return rejected(reason);
    this.#desk.amend(order, changed, place.transmit);
    return undefined;
  }

  #check(contract: SimulatedContract, place: PlaceOrder): ReturnType<typeof checkTerms> {
    const { zone, clock, options } = this.#state;
    const preset = this.preset ?? options.presetTimeInForce ?? 'DAY';
    const asked = this.preset === undefined ? place : { ...place, timeInForce: this.preset };
    return checkTerms(contract, asked, preset, zone, clock.now());
  }

  #warn(session: TwsSession, place: PlaceOrder, { timeInForce }: OrderTerms): void {
    const isPreset =
      this.preset !== undefined ||
      (place.timeInForce === '' && this.#state.options.presetTimeInForce !== undefined);
    this.preset = undefined;
    if (isPreset)
      session.error(place.orderId, 10349, `Order TIF was set to ${timeInForce} based on order preset.`);
    const { securityType } = place.contract;
    if (place.outsideRth && (securityType === 'CASH' || securityType === 'CRYPTO'))
      session.error(
        place.orderId,
        2109,
        'Order Event Warning: Attribute "Outside Regular Trading Hours" is ignored based on the order type and destination. PlaceOrder is now processed.',
      );
  }

  #answer(session: TwsSession, order: TwsOrder): TwsRefusal | undefined {
    const refusal = carries(this.#state, order);
    if (refusal !== undefined) return rejected(refusal);
    session.send(openOrderMessage(session.serverVersion, order, 'PreSubmitted', whatIf(this.#state, order)));
    return undefined;
  }

  #account(id: string): SimulatedAccount | TwsRefusal {
    const { accounts } = this.#state;
    const [first] = accounts.values();
    if (id === '') return accounts.size > 1 ? refusals.noAccount : first!;
    return accounts.get(id) ?? refusals.badAccount;
  }
}

const isForbidden = (contract: SimulatedContract, forbidden: readonly (string | number)[] = []): boolean =>
  [contract.symbol, contract.localSymbol, contract.contractId].some((name) => forbidden.includes(name));

/** Children of one parent that name no group are made one by TWS, named after the parent, whose others are reduced. */
const groupedBy = (parent: TwsOrder, terms: OrderTerms): OrderTerms =>
  terms.ocaGroup === '' ? { ...terms, ocaGroup: String(parent.permId), ocaType: REDUCE } : terms;
