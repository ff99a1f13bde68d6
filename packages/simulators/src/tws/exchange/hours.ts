import type { SimulatedContract } from '../contracts/contract.js';
import type { OrderTerms } from './order.js';

/** When an order of a contract can trade: `open` until `until`, or shut until then. Epoch ms; `until` is Infinity where nothing changes. */
export interface TradingState {
  readonly open: boolean;
  readonly until: number;
  /** End of the session that is on or comes next: when a DAY order ends. */
  readonly sessionEnd: number;
}

const ALWAYS: TradingState = {
  open: true,
  until: Number.POSITIVE_INFINITY,
  sessionEnd: Number.POSITIVE_INFINITY,
};

/** Kinds whose orders work in regular hours only unless they say otherwise. Others work whenever their exchange is open. */
const hasRegularHours = ({ securityType }: SimulatedContract): boolean =>
  securityType === 'STK' || securityType === 'OPT';

/** Whether an order may trade in all hours of its contract's exchange. */
const wantsAllHours = (
  contract: SimulatedContract,
  { outsideRth }: Pick<OrderTerms, 'outsideRth'>,
): boolean => outsideRth || !hasRegularHours(contract);

/** Knows when contracts trade, and remembers it until it changes: it is asked at every quote. */
export class ExchangeHours {
  readonly #keepHours: boolean;
  readonly #known = new Map<string, TradingState>();

  /** @param keepHours - whether orders trade in these hours only */
  constructor(keepHours: boolean) {
    this.#keepHours = keepHours;
  }

  /** @param now - epoch ms, never falling by more than a session */
  stateFor(contract: SimulatedContract, terms: Pick<OrderTerms, 'outsideRth'>, now: number): TradingState {
    const all = wantsAllHours(contract, terms);
    const key = `${contract.contractId} ${all}`;
    const known = this.#known.get(key);
    if (known !== undefined && now < known.until) return this.#seen(known);
    const span = (all ? contract.tradingHours : contract.liquidHours).openOrNext(now);
    // Hours that say nothing for two weeks say nothing at all.
    const state: TradingState =
      span === undefined
        ? ALWAYS
        : { open: span.start <= now, until: span.start <= now ? span.end : span.start, sessionEnd: span.end };
    this.#known.set(key, state);
    return this.#seen(state);
  }

  #seen(state: TradingState): TradingState {
    return this.#keepHours ? state : { ...ALWAYS, sessionEnd: state.sessionEnd };
  }
}

/** When an order ends by itself, epoch ms; Infinity for never. */
export const expiryOf = ({ timeInForce, goodTill }: OrderTerms, { sessionEnd }: TradingState): number => {
  if (timeInForce === 'GTD') return goodTill ?? Number.POSITIVE_INFINITY;
  return timeInForce === 'DAY' ? sessionEnd : Number.POSITIVE_INFINITY;
};
