import type { Mt5Options } from '../../start-mt5.js';
import type { Mt5UnderTest } from './mt5-under-test.js';

/** Ways in which an account keeps positions. */
export type Mode = 'hedging' | 'netting';

/** One thing that a real trade server is documented to do. */
export interface Behaviour {
  /** Such as `M-ORD-01`: topic and number. */
  readonly id: string;
  /** What the server does, as a sentence. */
  readonly title: string;
  /** Where it is written: page and heading. */
  readonly source: string;
  /** Modes that it concerns. Default: both. */
  readonly modes?: readonly Mode[];
  /** How this server is set up, where it matters. */
  readonly options?: Mt5Options;
  /** What is done; returns what was seen. */
  readonly act: (mt5: Mt5UnderTest) => Promise<unknown>;
  /** What the source says must be seen. */
  readonly seen: unknown;
}

/** A page of the MQL5 reference, and what of it. */
export const docs = (page: string, what: string): string =>
  `[${page}](https://www.mql5.com/en/docs/${page}), ${what}`;

/** A page of the MQL5 book. */
export const book = (page: string, what: string): string =>
  `[${page}](https://www.mql5.com/en/book/automation/experts/${page}), ${what}`;

/** The help of the terminal. */
export const help = (page: string, what: string): string =>
  `[${page}](https://www.metatrader5.com/en/terminal/help/trading/${page}), ${what}`;

/** The table of return codes. */
export const code = (...which: readonly number[]): string =>
  docs('constants/errorswarnings/enum_trade_return_codes', which.join(', '));

/** The checks that a trading robot must pass. */
export const article2555 = (heading: string): string =>
  `[article 2555](https://www.mql5.com/en/articles/2555), ${heading}`;

/** Pages that much rests on. */
export const pages = {
  orders: 'constants/tradingconstants/orderproperties',
  positions: 'constants/tradingconstants/positionproperties',
  deals: 'constants/tradingconstants/dealproperties',
  symbols: 'constants/environment_state/marketinfoconstants',
  account: 'constants/environment_state/accountinformation',
  request: 'constants/structures/mqltraderequest',
  result: 'constants/structures/mqltraderesult',
  transaction: 'constants/structures/mqltradetransaction',
  actions: 'constants/tradingconstants/enum_trade_request_actions',
} as const;
