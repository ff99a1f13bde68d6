import type { CommandOutcome, OrderCommand, OrderRef, OrderRequest, Priority } from '@mikrobot/core';
import { outcomeOf } from '../errors.js';
import { checkFilters, type WireParams } from '../filters/check-filters.js';
import { isClientId } from '../mapper/client-id.js';
import { futuresAlgoOrder, futuresAmendment, futuresOrder, isConditional } from '../mapper/futures-params.js';
import type { VenueSymbol } from '../mapper/instruments.js';
import type { RestClient, RestRequest } from '../transport/rest-client.js';
import { futuresCapabilities } from './capabilities.js';
import type { EchoWatch } from './echo-watch.js';
import type { KnownOrders } from './known-orders.js';

const ORDER = '/fapi/v1/order';
const ALGO_ORDER = '/fapi/v1/algoOrder';
/** The venue takes an end that is further away than this, ms. Source: "New Order", goodTillDate. */
const SHORTEST_LIFE = 600_000;
/** "Unknown order sent." */
const NO_ORDER = '-2011';
/** What a desk answers about an order that it does not have. */
const UNKNOWN_TO_IT: ReadonlySet<string> = new Set([NO_ORDER, '-2013']);
/** "No need to modify the order": it is as wanted. */
const AS_WANTED = -5027;

/** What commands are given by. */
export interface CommandParts {
  readonly rest: RestClient;
  readonly known: KnownOrders;
  readonly echo: EchoWatch;
  readonly hedge: boolean;
  readonly symbol: (name: string) => VenueSymbol | undefined;
  /** A mark price that is not old, as exact text, for the filters that need one. */
  readonly markPrice: (symbol: string) => string | undefined;
}

type Command = Pick<RestRequest, 'method' | 'path' | 'params' | 'priority' | 'onStamp'> & {
  readonly command: OrderCommand;
};

const rejected = (code: string, detail: string): CommandOutcome => ({ outcome: 'rejected', code, detail });

/** What protects, reduces or closes a position goes first, and out although the budget of requests is used up. */
const priorityOf = ({ purpose }: OrderRequest): Priority => (purpose === 'enter' ? 'normal' : 'critical');

/** Order commands of futures. Each is sent once, or not at all: nothing here repeats what may have arrived. */
export class FuturesCommands {
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  async submit(request: OrderRequest): Promise<CommandOutcome> {
    const { known, rest, hedge } = this.#parts;
    const { id, symbol } = request;
    // The venue takes an id again once its order has ended, and would trade twice. What became of the first, a query tells.
    if (known.sent(id) !== undefined)
      return { outcome: 'unknown', detail: `order ${id} was sent before; it is not sent again` };
    const venue = this.#parts.symbol(symbol);
    if (venue === undefined)
      return rejected('UNKNOWN_INSTRUMENT', `${symbol} is not among the configured symbols`);
    const refusal = this.#unsupported(request);
    if (refusal !== undefined) return refusal;
    const conditional = isConditional(request);
    const make = conditional ? futuresAlgoOrder : futuresOrder;
    let params: WireParams;
    try {
      params = make(request, venue.instrument, { hedge });
    } catch (error) {
      // It cannot even be said to the venue, so it never left.
      return outcomeOf(error, 'futures');
    }
    const refusedBy = this.#breach(request, params, venue);
    if (refusedBy !== undefined) return refusedBy;
    const sent = known.sending(request, conditional ? 'algo' : 'regular');
    const path = conditional ? ALGO_ORDER : ORDER;
    const priority = priorityOf(request);
    const onStamp = (at: number): void => {
      sent.left = at;
    };
    const command = 'submit';
    const outcome = await this.#send(id, { command, method: 'POST', path, params, priority, onStamp });
    // Without an answer it counts from its stamp: the venue takes it until its window is over, however long we wait.
    const isUnstamped = sent.left === Number.POSITIVE_INFINITY;
    if (outcome.outcome === 'accepted' || isUnstamped) sent.left = rest.now();
    sent.refused = outcome.outcome === 'rejected';
    return outcome;
  }

  /** Limit orders only; a conditional one is cancelled and placed anew by core. */
  async amend(request: OrderRequest, { id, symbol }: OrderRef): Promise<CommandOutcome> {
    const venue = this.#parts.symbol(symbol);
    if (venue === undefined)
      return rejected('UNKNOWN_INSTRUMENT', `${symbol} is not among the configured symbols`);
    if (request.type !== 'limit' || this.#parts.known.isConditional(id))
      return rejected('UNSUPPORTED', 'only limit orders can be amended');
    let params: WireParams;
    try {
      params = futuresAmendment({ ...request, id }, venue.instrument);
    } catch (error) {
      return outcomeOf(error, 'futures');
    }
    // A change does not say again that its order only reduces.
    const reduces = request.reduceOnly || (this.#parts.hedge && request.purpose !== 'enter');
    const refusedBy = this.#breach(request, reduces ? { ...params, reduceOnly: 'true' } : params, venue);
    if (refusedBy !== undefined) return refusedBy;
    const priority = priorityOf(request);
    const outcome = await this.#send(id, { command: 'amend', method: 'PUT', path: ORDER, params, priority });
    const same = outcome.outcome === 'rejected' && outcome.code === String(AS_WANTED);
    return same ? { outcome: 'accepted' } : outcome;
  }

  /**
   * A conditional order lives at one desk until it triggers and at the other afterwards, so the likelier desk is asked first and the
   * other one where that knows nothing. A second cancel does no harm.
   */
  async cancel({ id, symbol }: OrderRef): Promise<CommandOutcome> {
    if (!isClientId(id)) return rejected(NO_ORDER, `there can be no order '${id}'`);
    const { known } = this.#parts;
    const orderId = known.orderIdOf(id);
    const drop = { command: 'cancel', method: 'DELETE', priority: 'critical' } as const;
    const regular = (): Promise<CommandOutcome> => {
      const name = orderId === undefined ? { origClientOrderId: id } : { orderId };
      return this.#send(id, { ...drop, path: ORDER, params: { symbol, ...name } });
    };
    const algo = (): Promise<CommandOutcome> =>
      this.#send(id, { ...drop, path: ALGO_ORDER, params: { clientAlgoId: id } });
    const sent = known.sent(id);
    if (sent?.desk === 'regular') return regular();
    const waits = sent?.desk === 'algo' && !known.hasTriggered(id);
    const [first, second] = waits ? [algo, regular] : [regular, algo];
    const answer = await first();
    return answer.outcome === 'rejected' && UNKNOWN_TO_IT.has(answer.code) ? second() : answer;
  }

  /** Every order of a symbol, whoever placed it. Accepted when both desks said yes. */
  async cancelAll(symbol: string): Promise<CommandOutcome> {
    const drop = { command: 'cancel', method: 'DELETE', priority: 'critical', params: { symbol } } as const;
    const answers = await Promise.all([
      this.#ask({ ...drop, path: '/fapi/v1/allOpenOrders' }),
      this.#ask({ ...drop, path: '/fapi/v1/algoOpenOrders' }),
    ]);
    return (
      answers.find(({ outcome }) => outcome === 'unknown') ??
      answers.find(({ outcome }) => outcome === 'rejected') ?? { outcome: 'accepted' }
    );
  }

  /**
   * The filter that an order breaches. What leaves a position is not judged by a market that has moved on since its price was told: the
   * venue shall say no to that, not we.
   */
  #breach(
    { purpose, symbol }: OrderRequest,
    params: WireParams,
    { filters }: VenueSymbol,
  ): CommandOutcome | undefined {
    const market = purpose === 'enter' ? { markPrice: this.#parts.markPrice(symbol) } : {};
    const finding = checkFilters(params, filters, market);
    return finding && rejected(finding.code, `${finding.message}: ${finding.detail}`);
  }

  /** What the venue cannot do, or would refuse for certain. */
  #unsupported({ type, timeInForce, goodTill }: OrderRequest): CommandOutcome | undefined {
    const { orderTypes, timeInForce: times } = futuresCapabilities;
    if (orderTypes[type] === 'none' || times[timeInForce] === 'none')
      return rejected('UNSUPPORTED', `the venue has no ${type} order that is ${timeInForce}`);
    // Their requests have no field for it, so that they would work until they are cancelled.
    if (timeInForce === 'GTD' && type !== 'limit' && type !== 'stop-limit')
      return rejected('UNSUPPORTED', `the venue has no ${type} order that ends at a time`);
    const earliest = this.#parts.rest.now() + SHORTEST_LIFE;
    if (timeInForce === 'GTD' && !(goodTill !== undefined && goodTill >= earliest))
      return rejected('GOOD_TILL_TOO_SOON', 'a GTD order must live for more than 600 s');
    return undefined;
  }

  /** Gives a command whose order the venue will tell of. */
  async #send(id: string, given: Command): Promise<CommandOutcome> {
    const answered = this.#parts.echo.leaving(id);
    const outcome = await this.#ask(given);
    answered(outcome.outcome === 'accepted');
    return outcome;
  }

  #ask(given: Command): Promise<CommandOutcome> {
    const weight = given.method === 'DELETE' ? 1 : 0;
    return this.#parts.rest
      .command({ ...given, security: 'signed', weight })
      .then(accepted, (error) => outcomeOf(error, 'futures'));
  }
}

const accepted = (answer: unknown): CommandOutcome => ({ outcome: 'accepted', venueId: venueIdOf(answer) });

/** The venue's id in the answer to a command: of the order, or of the conditional order. */
const venueIdOf = (answer: unknown): string | undefined => {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { orderId, algoId } = answer as { readonly orderId?: unknown; readonly algoId?: unknown };
  const id = orderId ?? algoId;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : undefined;
};
