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
  /** The venue trails the stop itself. */
  readonly trailing?: boolean;
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
    this.warrant = warrant;
    this.first = first;
    Object.freeze(this);
  }

  static {
    mint = (signal, request, warrant, first) => new ApprovedOrder(KEY, signal, request, warrant, first);
  }

  /** Whether a value was made by this copy of core. */
  static is(value: unknown): value is ApprovedOrder {
    return typeof value === 'object' && value !== null && #sealed in value && value.#sealed;
  }

  /**
   * The protective order of what has filled so far: the other side, never more than was approved, and never wider than the
   * bracket. Undefined when the bracket has no such leg or `filled` is not within (0, approved].
   * @param filled - lots
   */
  leg(
    which: LegName,
    filled: number,
    { price, attempt = 0, trailing }: LegOptions = {},
  ): ApprovedOrder | undefined {
    const { request } = this;
    const { bracket } = request;
    if (bracket === undefined || !(filled > 0) || filled > request.quantity) return undefined;
    const approvedPrice = which === 'stop' ? bracket.stop : bracket.target;
    const trail = which === 'stop' ? bracket.trail : undefined;
    if (approvedPrice === undefined && trail === undefined) return undefined;
    const long = request.side === 'buy';
    if (price !== undefined && approvedPrice !== undefined && which === 'stop') {
      if (long ? price < approvedPrice : price > approvedPrice) return undefined;
    }
    const trails = trail !== undefined && trailing === true;
    const leg: OrderRequest = {
      ...request,
      id: request.id + legSuffix[which] + (attempt > 0 ? attempt.toString(36) : ''),
      purpose: 'protect',
      side: opposite(request.side),
      quantity: filled,
      type: which === 'target' ? 'limit' : trails ? 'trailing-stop' : 'stop',
      price: price ?? approvedPrice,
      limitPrice: undefined,
      trail: trails ? trail : undefined,
      timeInForce: 'GTC',
      goodTill: undefined,
      bracket: undefined,
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
