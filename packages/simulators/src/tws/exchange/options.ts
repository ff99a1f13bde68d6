import type { TwsAccountOptions } from './account.js';
import type { Commission } from './commission.js';

/** What the exchange side of the simulator is like. */
export interface TwsExchangeOptions {
  /** At least one. */
  readonly accounts: readonly TwsAccountOptions[];
  /** Default: {@link fixedCommission}. */
  readonly commission?: Commission | undefined;
  /** Contracts that the accounts have no permission for: their symbols, local symbols or ids. */
  readonly forbidden?: readonly (string | number)[] | undefined;
  /** The API is set to read only: orders and cancellations are refused with code 321. Default false. */
  readonly readOnly?: boolean | undefined;
  /** Client that is told everything of all clients' orders. Default: none. */
  readonly masterClientId?: number | undefined;
  /** Units of the base currency for one unit of another, where no quoted pair tells it. */
  readonly rates?: Readonly<Record<string, number>> | undefined;
  /** Zone that times of executions are told in, and whose midnight begins the day. Default `US/Eastern`. */
  readonly timeZone?: string | undefined;
  /**
   * Time in force that orders without one get, with the warning 10349. Default: DAY, silently.
   */
  readonly presetTimeInForce?: 'DAY' | 'GTC' | undefined;
  /**
   * Whether orders trade in their contracts' hours only. Default false: they trade around the clock, so that a test does not depend on
   * the day on which it runs. Sessions end DAY orders in any case.
   */
  readonly keepHours?: boolean | undefined;
  /** So long the ends of an order are told by 10148 when it is cancelled; later it is not found (10147). Ms, default 60,000. */
  readonly rememberEnded?: number | undefined;
  /** Whether statuses are told twice where TWS often does so. Default true. */
  readonly duplicateStatuses?: boolean | undefined;
  /** Whether an execution comes before the status that it leads to, or after. Default `before`. */
  readonly executionsCome?: 'before' | 'after' | undefined;
}
