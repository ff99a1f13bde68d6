import { MikroBotError } from '@mikrobot/core';
import { trimList } from '../../past.js';
import type { Deal, News, Order, Position } from './records.js';

/** An account at the broker. Money is in its currency. */
export interface Mt5AccountOptions {
  readonly login: number;
  /** Default: any password is taken. */
  readonly password?: string | undefined;
  /** Default: `hedging`. */
  readonly marginMode?: 'hedging' | 'netting' | 'exchange' | undefined;
  /** Default: `demo`. */
  readonly tradeMode?: 'demo' | 'contest' | 'real' | undefined;
  /** First deposit. Default: 10000. */
  readonly balance?: number | undefined;
  /** Default: USD. */
  readonly currency?: string | undefined;
  /** Default: 2. */
  readonly currencyDigits?: number | undefined;
  /** Default: 100. */
  readonly leverage?: number | undefined;
  readonly name?: string | undefined;
  /** Margin level, percent, at which the margin call is. Default: 50. */
  readonly marginCall?: number | undefined;
  /** Margin level, percent, below which positions are closed. Default: 30. */
  readonly stopOut?: number | undefined;
  /** Working orders at most; 0, the default: any number. */
  readonly limitOrders?: number | undefined;
  /** Whether the account may trade at all. Default: true. */
  readonly tradeAllowed?: boolean | undefined;
  /** Whether experts may trade on it. Default: true. */
  readonly expertAllowed?: boolean | undefined;
  /** Charged for each lot of each deal. Default: 0. */
  readonly commissionPerLot?: number | undefined;
}

type Defined<T> = { readonly [K in keyof T]-?: Exclude<T[K], undefined> };

/** An account's terms, with defaults filled in. */
export type AccountTerms = Defined<Omit<Mt5AccountOptions, 'password' | 'balance'>> & {
  readonly password: string | undefined;
};

/** @throws `MikroBotError` `BAD_CONFIG` */
export const accountTerms = (options: Mt5AccountOptions): AccountTerms => {
  const { login, leverage = 100, balance = 10_000 } = options;
  const fail = (what: string): never => {
    throw new MikroBotError('BAD_CONFIG', what, { where: `account ${login}` });
  };
  if (!Number.isSafeInteger(login) || login <= 0) fail('A login is a whole number above zero.');
  if (!(leverage > 0)) fail('Leverage must be above zero.');
  if (!Number.isFinite(balance)) fail('The first deposit is not a number.');
  return {
    login,
    password: options.password,
    marginMode: options.marginMode ?? 'hedging',
    tradeMode: options.tradeMode ?? 'demo',
    currency: options.currency ?? 'USD',
    currencyDigits: options.currencyDigits ?? 2,
    leverage,
    name: options.name ?? 'A trader',
    marginCall: options.marginCall ?? 50,
    stopOut: options.stopOut ?? 30,
    limitOrders: options.limitOrders ?? 0,
    tradeAllowed: options.tradeAllowed ?? true,
    expertAllowed: options.expertAllowed ?? true,
    commissionPerLot: options.commissionPerLot ?? 0,
  };
};

/** What the broker keeps of one account. */
export class TradeAccount {
  readonly terms: AccountTerms;
  balance = 0;
  credit = 0;
  readonly orders = new Map<number, Order>();
  /** By ticket. */
  readonly positions = new Map<number, Position>();
  readonly history: Order[] = [];
  readonly deals: Deal[] = [];
  /** Who is told what happens. */
  readonly listeners = new Set<(news: News) => void>();

  constructor(terms: AccountTerms) {
    this.terms = terms;
  }

  get hedging(): boolean {
    return this.terms.marginMode === 'hedging';
  }

  tell(news: News): void {
    for (const listener of this.listeners) listener(news);
  }

  keepDeal(deal: Deal): void {
    this.deals.push(deal);
    trimList(this.deals);
  }

  keepOrder(order: Order): void {
    this.history.push(order);
    trimList(this.history);
  }

  /** The position of an identifier, which stays when a reversal changes the ticket. */
  identified(identifier: number): Position | undefined {
    for (const position of this.positions.values()) if (position.identifier === identifier) return position;
    return undefined;
  }

  /** The one position that a netting account has in a symbol. */
  net(symbol: string): Position | undefined {
    for (const position of this.positions.values()) if (position.symbol === symbol) return position;
    return undefined;
  }
}
