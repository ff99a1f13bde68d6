import type { PolicyVerdict } from '../model/decision.js';
import type { OrderRequest } from '../model/order.js';
import { opposite } from '../model/side.js';
import type { Signal } from '../model/signal.js';

/** Who approved an order, what each policy said, and until when the approval holds (epoch ms). */
export interface Warrant {
  /** The desk whose assess() gave it: its own order manager takes it, another's does not. */
  readonly desk: symbol;
  readonly verdicts: readonly PolicyVerdict[];
  readonly expires: number;
}

/** The two protective orders that an approved bracket carries. */
export type LegName = 'stop' | 'target';

/** What of a leg may differ from the approved bracket. */
export interface LegOptions {
  /** A stop that was moved: only towards the market. */
  readonly price?: number | undefined;
  /** How often this leg was placed before. */
  readonly attempt?: number;
  /** The venue may only let it shrink the account's position. */
  readonly reduceOnly?: boolean;
  /** The venue trails the stop itself. */
  readonly trailing?: boolean;
  /** Client order id of the entry that it guards, where that is another order: after an adjustment. */
  readonly guards?: string;
}

/** How a leg's client order id differs from its entry's. */
export const legSuffix: Readonly<Record<LegName, string>> = { stop: 's', target: 't' };

// `private` is only TypeScript's word: `new (ApprovedOrder as any)` and Reflect.construct must fail at run time too.
const KEY: unique symbol = Symbol('assess');
let mint: (signal: Signal, request: OrderRequest, warrant: Warrant, first?: ApprovedOrder) => ApprovedOrder;

/**
 * An order that risk has passed. Nobody outside core's risk stage can make one, so an adapter that takes only these cannot be
 * handed an order that was never judged.
 */
export class ApprovedOrder {
  readonly kind = 'approved';
  readonly signal: Signal;
  readonly request: OrderRequest;
  readonly warrant: Warrant;
  /** A reduction that must be filled before this order may go out: how a reversal leaves the old position. */
  readonly first: ApprovedOrder | undefined;
  #sealed = true;

  private constructor(
    key: typeof KEY,
    signal: Signal,
    request: OrderRequest,
    warrant: Warrant,
    first: ApprovedOrder | undefined,
  ) {
    if (key !== KEY) throw new TypeError('Only assess() makes an ApprovedOrder.');
    this.signal = signal;
    this.request = Object.freeze(request);
    this.warrant = Object.freeze(warrant);
    this.first = first;
    Object.freeze(request.bracket);
    Object.freeze(warrant.verdicts);
    Object.freeze(this);
  }

  static {
    mint = (signal, request, warrant, first) => new ApprovedOrder(KEY, signal, request, warrant, first);
    // Whoever could replace is() or leg() could pass anything as approved.
    Object.freeze(ApprovedOrder);
    Object.freeze(ApprovedOrder.prototype);
  }

  /** Whether a value was made by this copy of core. */
  static is(value: unknown): value is ApprovedOrder {
    return typeof value === 'object' && value !== null && #sealed in value && value.#sealed;
  }

  /**
   * The same order without its bracket: for a venue that could keep the legs and is not to.
   * @throws TypeError when called on anything but an ApprovedOrder.
   */
  bare(): ApprovedOrder {
    if (!ApprovedOrder.is(this)) throw new TypeError('bare() is only for an ApprovedOrder.');
    return new ApprovedOrder(
      KEY,
      this.signal,
      { ...this.request, bracket: undefined },
      this.warrant,
      this.first,
    );
  }

  /**
   * The protective order of what has filled so far: the other side, never more than was approved, and never wider than the
   * bracket. Undefined when the bracket has no such leg, the price is none, or `filled` is not within (0, approved].
   * @param filled - lots
   * @throws TypeError when called on anything but an ApprovedOrder.
   */
  leg(
    which: LegName,
    filled: number,
    { price, attempt = 0, trailing, reduceOnly = false, guards }: LegOptions = {},
  ): ApprovedOrder | undefined {
    // leg() mints: borrowed for a made-up order, it would approve what nobody judged.
    if (!ApprovedOrder.is(this)) throw new TypeError('leg() is only for an ApprovedOrder.');
    const { request } = this;
    const { bracket } = request;
    if (bracket === undefined || !(filled > 0) || filled > request.quantity) return undefined;
    const approvedPrice = which === 'stop' ? bracket.stop : bracket.target;
    const trail = which === 'stop' ? bracket.trail : undefined;
    if (approvedPrice === undefined && trail === undefined) return undefined;
    const at = price ?? approvedPrice;
    const trails = trail !== undefined && trailing === true;
    if (at === undefined ? !trails : !(at > 0 && at < Number.POSITIVE_INFINITY)) return undefined;
    if (which === 'stop' && at !== undefined && approvedPrice !== undefined) {
      const wider = request.side === 'buy' ? at < approvedPrice : at > approvedPrice;
      if (wider) return undefined;
    }
    const leg: OrderRequest = {
      ...request,
      id: (guards ?? request.id) + legSuffix[which] + (attempt > 0 ? attempt.toString(36) : ''),
      purpose: 'protect',
      side: opposite(request.side),
      quantity: filled,
      type: which === 'target' ? 'limit' : trails ? 'trailing-stop' : 'stop',
      price: at,
      limitPrice: undefined,
      trail: trails ? trail : undefined,
      timeInForce: 'GTC',
      goodTill: undefined,
      bracket: undefined,
      reduceOnly,
    };
    return new ApprovedOrder(KEY, this.signal, leg, this.warrant, undefined);
  }
}

/** Only core's risk stage imports this; `index.ts` does not export it and the import walls check it. */
export const approve = (
  signal: Signal,
  request: OrderRequest,
  warrant: Warrant,
  first?: ApprovedOrder,
): ApprovedOrder => mint(signal, request, warrant, first);
