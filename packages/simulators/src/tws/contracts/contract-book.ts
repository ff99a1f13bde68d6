import { type Clock, MikroBotError, zoneOf } from '@mikrobot/core';
import type { SimulatedContract, WireContract } from './contract.js';

/** What a request comes to: one contract, none, or several that it may mean. */
export type Resolved =
  | { readonly kind: 'one'; readonly contract: SimulatedContract }
  | { readonly kind: 'none' }
  | { readonly kind: 'ambiguous' };

/** TWS knows Nasdaq by two names. */
const ALIAS: Readonly<Record<string, string>> = { ISLAND: 'NASDAQ' };
const exchangeName = (name: string): string => ALIAS[name] ?? name;

const trades = (contract: SimulatedContract, exchange: string): boolean =>
  contract.validExchanges.split(',').some((one) => exchangeName(one) === exchangeName(exchange));

const sameExpiry = ({ expiry, listing }: SimulatedContract, asked: string): boolean =>
  asked.length === 6
    ? listing.contractMonth === asked || expiry.startsWith(asked)
    : expiry === asked.slice(0, 8);

const fits = (contract: SimulatedContract, asked: WireContract): boolean => {
  const kind = asked.securityType === 'CONTFUT' ? 'FUT' : asked.securityType;
  // `SMART:ARCA` names the primary exchange in the same breath.
  const [exchange = '', primary = asked.primaryExchange] = asked.exchange.split(':');
  return (
    (asked.symbol === '' || contract.symbol === asked.symbol) &&
    contract.securityType === kind &&
    (asked.expiry === '' || sameExpiry(contract, asked.expiry)) &&
    (asked.strike === 0 || contract.strike === asked.strike) &&
    (asked.right === '' || contract.right === asked.right) &&
    (asked.multiplier === '' || Number(contract.multiplier || 1) === Number(asked.multiplier)) &&
    (exchange === '' || trades(contract, exchange)) &&
    (primary === '' ||
      exchangeName(contract.primaryExchange || contract.exchange) === exchangeName(primary)) &&
    (asked.currency === '' || contract.currency === asked.currency) &&
    (asked.localSymbol === '' || contract.localSymbol === asked.localSymbol) &&
    (asked.tradingClass === '' || contract.tradingClass === asked.tradingClass)
  );
};

const nameless: WireContract = {
  contractId: 0,
  symbol: '',
  securityType: 'STK',
  expiry: '',
  strike: 0,
  right: '',
  multiplier: '',
  exchange: '',
  primaryExchange: '',
  currency: '',
  localSymbol: '',
  tradingClass: '',
};

/** The contracts of a simulator, and what requests mean by their names. */
export class ContractBook implements Iterable<SimulatedContract> {
  readonly #clock: Clock;
  readonly #byId = new Map<number, SimulatedContract>();
  /** What names were found to mean: looked up with each quote. */
  readonly #byName = new Map<string, SimulatedContract>();
  /** When the last trading days end, epoch ms. */
  readonly #ends = new Map<SimulatedContract, number>();

  /** @throws `MikroBotError` `BAD_CONFIG` for two contracts of one id */
  constructor(contracts: Iterable<SimulatedContract>, clock: Clock) {
    this.#clock = clock;
    for (const contract of contracts) {
      if (this.#byId.has(contract.contractId))
        throw new MikroBotError('BAD_CONFIG', `There are two contracts with id ${contract.contractId}.`, {
          where: `simulated contract ${contract.localSymbol}`,
        });
      this.#byId.set(contract.contractId, contract);
    }
  }

  [Symbol.iterator](): Iterator<SimulatedContract> {
    return this.#byId.values();
  }

  byId(contractId: number): SimulatedContract | undefined {
    return this.#byId.get(contractId);
  }

  /** Whether its last trading day is over, by the clock of its place. */
  isExpired(contract: SimulatedContract): boolean {
    return this.#clock.now() >= this.#endOf(contract);
  }

  /**
   * All contracts that a request may mean, in the order of their expiries; a continuous future means the month that is traded next.
   * Expired ones only when they are asked for.
   */
  find(request: Partial<WireContract>, includeExpired = false): readonly SimulatedContract[] {
    const asked: WireContract = { ...nameless, ...request };
    if (asked.contractId !== 0) {
      const contract = this.#byId.get(asked.contractId);
      return contract === undefined ? [] : [contract];
    }
    if (asked.symbol === '' && asked.localSymbol === '') return [];
    const found = [...this.#byId.values()].filter(
      (contract) => fits(contract, asked) && (includeExpired || !this.isExpired(contract)),
    );
    found.sort((a, b) => Number(a.expiry) - Number(b.expiry));
    return asked.securityType === 'CONTFUT' ? found.slice(0, 1) : found;
  }

  /** The one contract that an order or a subscription means. */
  resolve(asked: Partial<WireContract>, includeExpired = false): Resolved {
    const [first, ...others] = this.find(asked, includeExpired);
    if (first === undefined) return { kind: 'none' };
    return others.length > 0 ? { kind: 'ambiguous' } : { kind: 'one', contract: first };
  }

  /**
   * A contract by what people call it: its id, its local symbol (`ESZ3`, `EUR.USD`), a pair (`EURUSD`), or a symbol (`AAPL`, `6E`),
   * which for futures is the month that is traded next.
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`
   */
  named(name: string | number): SimulatedContract {
    const known = typeof name === 'number' ? this.#byId.get(name) : this.#byName.get(name);
    if (known !== undefined && (known.localSymbol === name || !this.isExpired(known))) return known;
    const found = known !== undefined && typeof name === 'number' ? known : this.#search(String(name));
    if (found === undefined)
      throw new MikroBotError('UNKNOWN_INSTRUMENT', `There is no contract "${name}".`, {
        where: 'TWS simulator',
        hint: 'Give it to startTws by its option contracts.',
      });
    this.#byName.set(String(name), found);
    return found;
  }

  #search(name: string): SimulatedContract | undefined {
    const live = [...this.#byId.values()].filter((contract) => !this.isExpired(contract));
    live.sort((a, b) => Number(a.expiry) - Number(b.expiry));
    return (
      [...this.#byId.values()].find(({ localSymbol }) => localSymbol === name) ??
      live.find((c) => c.securityType === 'CASH' && c.symbol + c.currency === name) ??
      live.find((c) => c.tradingClass === name || (c.symbol === name && c.securityType !== 'OPT'))
    );
  }

  #endOf(contract: SimulatedContract): number {
    let end = this.#ends.get(contract);
    if (end === undefined) {
      const { expiry, tradingHours } = contract;
      const [year, month, day] = [expiry.slice(0, 4), expiry.slice(4, 6), expiry.slice(6, 8)].map(Number);
      end =
        expiry === ''
          ? Number.POSITIVE_INFINITY
          : zoneOf(tradingHours.zone).toUtc(Date.UTC(year!, month! - 1, day! + 1));
      this.#ends.set(contract, end);
    }
    return end;
  }
}
