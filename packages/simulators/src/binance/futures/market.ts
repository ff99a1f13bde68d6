import { trimList } from '../../past.js';
import { type Amount, amountOf, amountOfNumber } from './amounts.js';
import type { FuturesSymbol } from './symbols.js';

/** A funding that was paid. */
export interface FundingRecord {
  readonly symbol: string;
  readonly rate: Amount;
  readonly time: number;
  readonly mark: Amount;
}

/** Best prices as the engines get them, and as the ledgers reckon with them. */
export interface FuturesQuote {
  readonly bid: Amount;
  readonly ask: Amount;
  readonly bidNumber: number;
  readonly askNumber: number;
}

/** What the exchange knows of one contract's market. */
export interface ContractMarket {
  readonly symbol: FuturesSymbol;
  /** Undefined before the first quote. */
  quote: FuturesQuote | undefined;
  /** Units of an order that each quote trades; undefined: any. */
  depth: number | undefined;
  /** Set by hand; undefined: the middle of the quote. */
  setMark: Amount | undefined;
  /** Part of the notional that longs pay to shorts at the next funding. */
  fundingRate: Amount;
}

const EIGHT_HOURS = 8 * 3_600_000;

/** The market that all accounts trade on, and the venue's time as far as it was told. */
export class FuturesMarket {
  readonly contracts: ReadonlyMap<string, ContractMarket>;
  readonly fundings: FundingRecord[] = [];
  /** Epoch ms; 0 before anything happened. */
  now = 0;
  /** Epoch ms of the next funding: every eight hours from midnight UTC. */
  nextFunding = 0;

  /** @param fundingRate - of all contracts, as in `0.0001` */
  constructor(symbols: readonly FuturesSymbol[], fundingRate: string) {
    const rate = amountOf(fundingRate);
    this.contracts = new Map(
      symbols.map((symbol) => [
        symbol.name,
        { symbol, quote: undefined, depth: undefined, setMark: undefined, fundingRate: rate },
      ]),
    );
  }

  contract(symbol: FuturesSymbol): ContractMarket {
    return this.contracts.get(symbol.name)!;
  }

  /** Mark price; 0 before the first quote. */
  mark(symbol: FuturesSymbol): Amount {
    const { setMark, quote } = this.contract(symbol);
    if (setMark !== undefined) return setMark;
    return quote === undefined ? 0n : (quote.bid + quote.ask) / 2n;
  }

  /** Takes a new quote. */
  put(contract: ContractMarket, bidNumber: number, askNumber: number): void {
    const [bid, ask] = [amountOfNumber(bidNumber), amountOfNumber(askNumber)];
    contract.quote = { bid, ask, bidNumber, askNumber };
  }

  /** Moves time on, never back, in whole milliseconds. */
  reach(at: number): void {
    const time = Math.floor(at);
    if (this.nextFunding === 0) this.nextFunding = (Math.floor(time / EIGHT_HOURS) + 1) * EIGHT_HOURS;
    this.now = Math.max(this.now, time);
  }

  /** Notes the funding that is due, and sets the next one. */
  fund(): number {
    const time = this.nextFunding;
    for (const { symbol, fundingRate } of this.contracts.values())
      this.fundings.push({ symbol: symbol.name, rate: fundingRate, time, mark: this.mark(symbol) });
    trimList(this.fundings);
    this.nextFunding += EIGHT_HOURS;
    return time;
  }
}
