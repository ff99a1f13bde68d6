import { MikroBotError } from '@mikrobot/core';
import { calcMode, execution, swapMode, tradeMode } from '../constants.js';

/** A symbol as the broker has set it up. Numbers of modes and flags are those of MQL5. */
export interface Mt5Symbol {
  readonly name: string;
  readonly description: string;
  readonly path: string;
  readonly digits: number;
  /** Size of a point, in price. */
  readonly point: number;
  readonly tickSize: number;
  /** Units of the base for one lot. */
  readonly contractSize: number;
  /** Lots. */
  readonly volumeMin: number;
  readonly volumeMax: number;
  readonly volumeStep: number;
  /** Lots of positions and working orders of one direction together; 0: no limit. */
  readonly volumeLimit: number;
  /** Points between a stop or an order and the market. */
  readonly stopsLevel: number;
  /** Points from the market within which nothing can be changed. */
  readonly freezeLevel: number;
  readonly execution: number;
  /** Flags: 1 FOK, 2 IOC. */
  readonly fillingMode: number;
  /** Flags: 1 GTC, 2 DAY, 4 SPECIFIED, 8 SPECIFIED_DAY. */
  readonly expirationMode: number;
  /** Flags: 1 market, 2 limit, 4 stop, 8 stop-limit, 16 SL, 32 TP, 64 close by. */
  readonly orderMode: number;
  readonly tradeMode: number;
  readonly calcMode: number;
  readonly currencyBase: string;
  readonly currencyProfit: string;
  readonly currencyMargin: string;
  readonly swapMode: number;
  readonly swapLong: number;
  readonly swapShort: number;
  /** Day whose roll-over counts three times, 0 is Sunday. */
  readonly swapRollover3Days: number;
  /** Margin of one lot in the margin currency; 0: by contract, price and leverage. */
  readonly marginInitial: number;
  readonly marginMaintenance: number;
  /** Contract size that a lot covered by an opposite lot is margined with. */
  readonly marginHedged: number;
  /** Trading from Monday to Friday, seconds of the server's day. */
  readonly sessionFrom: number;
  readonly sessionTo: number;
}

const DAY_SECONDS = 86_400;
const ISO = /^[A-Z]{6}$/;

const shape = (name: string): Partial<Mt5Symbol> => {
  const base = name.slice(0, 3);
  const profit = name.slice(3, 6);
  if (base === 'XAU' || base === 'XAG')
    return {
      digits: base === 'XAU' ? 2 : 3,
      contractSize: base === 'XAU' ? 100 : 5_000,
      calcMode: calcMode.CFD_LEVERAGE,
      currencyBase: base,
      currencyProfit: profit,
      currencyMargin: profit,
      path: `Metals\\${name}`,
    };
  if (ISO.test(name))
    return {
      digits: profit === 'JPY' ? 3 : 5,
      contractSize: 100_000,
      calcMode: calcMode.FOREX,
      currencyBase: base,
      currencyProfit: profit,
      currencyMargin: base,
      path: `Forex\\${name}`,
    };
  return {
    digits: 1,
    contractSize: 1,
    volumeMin: 0.1,
    volumeStep: 0.1,
    calcMode: calcMode.CFD_LEVERAGE,
    currencyBase: 'USD',
    currencyProfit: 'USD',
    currencyMargin: 'USD',
    path: `Indices\\${name}`,
  };
};

/**
 * A symbol with usual settings: pairs of currencies by their six letters (JPY pairs have 3 digits), XAU and XAG as metals,
 * everything else as a CFD on an index in USD. Market execution, FOK and IOC, all expirations, no stops level, no swaps.
 *
 * @throws `MikroBotError` `BAD_CONFIG` for settings that make no sense
 */
export const mt5Symbol = (name: string, settings: Partial<Omit<Mt5Symbol, 'name'>> = {}): Mt5Symbol => {
  const merged = { ...shape(name), ...settings };
  const digits = merged.digits ?? 5;
  const point = Number((10 ** -digits).toFixed(digits));
  const contractSize = merged.contractSize ?? 100_000;
  const symbol: Mt5Symbol = {
    description: name,
    path: name,
    point,
    tickSize: point,
    volumeMin: 0.01,
    volumeMax: 100,
    volumeStep: 0.01,
    volumeLimit: 0,
    stopsLevel: 0,
    freezeLevel: 0,
    execution: execution.MARKET,
    fillingMode: 3,
    expirationMode: 15,
    orderMode: 127,
    tradeMode: tradeMode.FULL,
    calcMode: calcMode.FOREX,
    currencyBase: 'USD',
    currencyProfit: 'USD',
    currencyMargin: 'USD',
    swapMode: swapMode.DISABLED,
    swapLong: 0,
    swapShort: 0,
    swapRollover3Days: 3,
    marginInitial: 0,
    marginMaintenance: 0,
    marginHedged: contractSize,
    sessionFrom: 0,
    sessionTo: DAY_SECONDS,
    ...merged,
    digits,
    contractSize,
    name,
  };
  check(symbol);
  return symbol;
};

const check = (symbol: Mt5Symbol): void => {
  const { name, digits, contractSize, volumeMin, volumeMax, volumeStep } = symbol;
  const fail = (what: string): never => {
    throw new MikroBotError('BAD_CONFIG', what, { where: `symbol ${name}` });
  };
  if (name === '' || /[\t\n\\]/.test(name)) fail('A symbol needs a name of plain characters.');
  if (!Number.isInteger(digits) || digits < 0 || digits > 8) fail('Digits are a whole number from 0 to 8.');
  if (!(contractSize > 0)) fail('The contract size must be above zero.');
  if (!(volumeMin > 0 && volumeStep > 0 && volumeMax >= volumeMin)) fail('The volumes do not fit together.');
  if (!(Object.values(calcMode) as number[]).includes(symbol.calcMode))
    fail(`Calculation mode ${symbol.calcMode} is not simulated.`);
  if (!(Object.values(swapMode) as number[]).includes(symbol.swapMode))
    fail(`Swap mode ${symbol.swapMode} is not simulated.`);
};

/** EURUSD, GBPUSD, AUDUSD, USDJPY, USDCHF, USDCAD, XAUUSD and US500. */
export const defaultMt5Symbols = (): readonly Mt5Symbol[] =>
  ['EURUSD', 'GBPUSD', 'AUDUSD', 'USDJPY', 'USDCHF', 'USDCAD', 'XAUUSD', 'US500'].map((name) =>
    mt5Symbol(name),
  );
