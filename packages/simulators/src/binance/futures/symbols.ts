import { defineInstrument, type Instrument } from '@mikrobot/core';
import type { SymbolRule } from '../exchange.js';
import { type Amount, amountOf, amountOfNumber } from './amounts.js';

/** One step of notional value: how much leverage it allows, and what of it must be kept as maintenance margin. */
export interface LeverageBracket {
  readonly leverage: number;
  /** Upper end of the notional, in the margin asset. */
  readonly cap: number;
  /** Part of the notional, as in 0.004. */
  readonly maintenance: number;
}

/** What a perpetual contract is. All figures are exact decimals; what is left out is as of BTCUSDT. */
export interface FuturesSymbolOptions {
  readonly symbol: string;
  readonly base: string;
  /** The margin asset, too. Default `USDT`. */
  readonly quote?: string;
  readonly tickSize?: string;
  readonly stepSize?: string;
  readonly minPrice?: string;
  readonly maxPrice?: string;
  readonly minQty?: string;
  readonly maxQty?: string;
  /** Largest market order. */
  readonly marketMaxQty?: string;
  /** In the quote asset. */
  readonly minNotional?: string;
  /** Limit prices of buys may be at most so many times the mark price. */
  readonly multiplierUp?: string;
  /** Limit prices of sells must be at least so many times the mark price. */
  readonly multiplierDown?: string;
  /** Decimals that a price may be sent with; they can be more than the tick has. */
  readonly pricePrecision?: number;
  readonly quantityPrecision?: number;
  readonly maxOrders?: number;
  readonly maxAlgoOrders?: number;
  /** Part of the notional that a liquidation costs. */
  readonly liquidationFee?: string;
  readonly brackets?: readonly LeverageBracket[];
}

/** A contract with its figures ready for arithmetic. */
export interface FuturesSymbol {
  readonly name: string;
  readonly rule: SymbolRule;
  readonly options: Required<FuturesSymbolOptions>;
  readonly tick: Amount;
  readonly step: Amount;
  readonly minPrice: Amount;
  readonly maxPrice: Amount;
  readonly minQty: Amount;
  readonly maxQty: Amount;
  readonly marketMaxQty: Amount;
  readonly minNotional: Amount;
  readonly multiplierUp: Amount;
  readonly multiplierDown: Amount;
  readonly liquidationFee: Amount;
  readonly brackets: readonly { readonly cap: Amount; readonly maintenance: Amount }[];
  /** For the matching engine. */
  readonly instrument: Instrument;
}

const brackets: readonly LeverageBracket[] = [
  { leverage: 125, cap: 300_000, maintenance: 0.004 },
  { leverage: 100, cap: 800_000, maintenance: 0.005 },
  { leverage: 75, cap: 3_000_000, maintenance: 0.0065 },
  { leverage: 50, cap: 12_000_000, maintenance: 0.01 },
  { leverage: 25, cap: 70_000_000, maintenance: 0.02 },
  { leverage: 20, cap: 100_000_000, maintenance: 0.025 },
  { leverage: 10, cap: 230_000_000, maintenance: 0.05 },
  { leverage: 5, cap: 480_000_000, maintenance: 0.1 },
];

const defaults = {
  quote: 'USDT',
  tickSize: '0.10',
  stepSize: '0.001',
  minPrice: '556.80',
  maxPrice: '4529764',
  minQty: '0.001',
  maxQty: '1000',
  marketMaxQty: '120',
  minNotional: '100',
  multiplierUp: '1.0500',
  multiplierDown: '0.9500',
  pricePrecision: 2,
  quantityPrecision: 3,
  maxOrders: 200,
  maxAlgoOrders: 100,
  liquidationFee: '0.012500',
  brackets,
} as const;

/** What is listed unless other symbols are named. */
export const defaultFuturesSymbols: readonly FuturesSymbolOptions[] = [
  { symbol: 'BTCUSDT', base: 'BTC' },
  {
    symbol: 'ETHUSDT',
    base: 'ETH',
    tickSize: '0.01',
    minPrice: '39.86',
    maxPrice: '306177',
    maxQty: '10000',
    marketMaxQty: '2000',
    minNotional: '20',
  },
];

/** Reads the figures of a contract. */
export const futuresSymbol = (given: FuturesSymbolOptions): FuturesSymbol => {
  const options: Required<FuturesSymbolOptions> = { ...defaults, ...given };
  const { symbol, base, quote, tickSize, stepSize } = options;
  return {
    name: symbol,
    rule: { symbol, base, quote, tickSize, stepSize },
    options,
    tick: amountOf(tickSize),
    step: amountOf(stepSize),
    minPrice: amountOf(options.minPrice),
    maxPrice: amountOf(options.maxPrice),
    minQty: amountOf(options.minQty),
    maxQty: amountOf(options.maxQty),
    marketMaxQty: amountOf(options.marketMaxQty),
    minNotional: amountOf(options.minNotional),
    multiplierUp: amountOf(options.multiplierUp),
    multiplierDown: amountOf(options.multiplierDown),
    liquidationFee: amountOf(options.liquidationFee),
    brackets: options.brackets.map(({ cap, maintenance }) => ({
      cap: amountOfNumber(cap),
      maintenance: amountOfNumber(maintenance),
    })),
    instrument: defineInstrument({
      symbol,
      assetClass: 'crypto',
      // The engine's own money is never looked at: one currency for all spares it the rates between them.
      currency: 'USDT',
      contractSize: 1,
      tickSize: Number(tickSize),
      pipSize: Number(tickSize),
      quantityStep: Number(stepSize),
      minQuantity: Number(stepSize),
      maxQuantity: 1e9,
    }),
  };
};
