import { trimList } from '../../past.js';
import { ONE, SCALE } from '../filters/filter-checks.js';
import { scaleOf, toUnits } from '../shared/decimal.js';
import type { WireSide } from './order.js';
import { filterOf, type SpotSymbol, type SymbolStatus } from './symbols.js';

interface Print {
  readonly time: number;
  readonly price: bigint;
  readonly quantity: bigint;
}

/** The market of one symbol as far as orders need it: best prices, what was seen last, an average. Prices are units of 10^-8. */
export class SpotMarket {
  symbol: SpotSymbol;
  readonly index: number;
  readonly tickScale: number;
  readonly stepScale: number;
  readonly step: bigint;
  /** Best prices; 0 before the first quote. */
  bid = 0n;
  ask = 0n;
  /** Most of an order that a quote lets trade; undefined: any size. */
  depth: number | undefined;
  #seenByBuys = 0n;
  #seenBySells = 0n;
  /** For averages: the venue's filters look back five minutes. */
  readonly #prints: Print[] = [];

  constructor(symbol: SpotSymbol, index: number) {
    this.symbol = symbol;
    this.index = index;
    const tick = filterOf(symbol, 'PRICE_FILTER')?.tickSize ?? '0';
    const step = filterOf(symbol, 'LOT_SIZE')?.stepSize ?? '0';
    this.tickScale = toUnits(tick, SCALE) === 0n ? SCALE : scaleOf(tick);
    this.stepScale = toUnits(step, SCALE) === 0n ? SCALE : scaleOf(step);
    this.step = toUnits(step, SCALE) === 0n ? 1n : toUnits(step, SCALE);
  }

  get quoted(): boolean {
    return this.bid > 0n;
  }

  setStatus(status: SymbolStatus): void {
    this.symbol = { ...this.symbol, status };
  }

  /** A price given as a number, exactly on the symbol's decimals. */
  priceUnits(price: number): bigint {
    return toUnits(price.toFixed(this.tickScale), SCALE);
  }

  /** A quantity given as a number, exactly on the symbol's decimals. */
  quantityUnits(quantity: number): bigint {
    return toUnits(quantity.toFixed(this.stepScale), SCALE);
  }

  /** Takes the best prices; a crossed or empty quote is no market and changes nothing. Returns whether it was taken. */
  quote(bid: number, ask: number): boolean {
    if (!(bid > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY)) return false;
    this.bid = this.priceUnits(bid);
    this.ask = this.priceUnits(ask);
    this.#seenByBuys = this.ask;
    this.#seenBySells = this.bid;
    return true;
  }

  print(time: number, price: number, quantity: number): void {
    const units = this.priceUnits(price);
    this.#seenByBuys = units;
    this.#seenBySells = units;
    this.#prints.push({ time, price: units, quantity: this.quantityUnits(quantity) });
    trimList(this.#prints);
  }

  /**
   * The market price that a trigger of a side is compared with; 0 before there is a market. The venue compares with the last trade.
   * Where quotes come without trades, the price at which the side would trade stands for it; whichever came last counts.
   */
  seen(side: WireSide): bigint {
    return side === 'BUY' ? this.#seenByBuys : this.#seenBySells;
  }

  /** What a market order of a side would pay or get now; 0 before the first quote. */
  touch(side: WireSide): bigint {
    return side === 'BUY' ? this.ask : this.bid;
  }

  /** Volume-weighted price of the last `minutes`, or the last price when there was no trade; 0 before there is a market. */
  average(minutes: number, now: number): bigint {
    const recent = minutes === 0 ? [] : this.#prints.filter(({ time }) => time >= now - minutes * 60_000);
    const volume = recent.reduce((sum, { quantity }) => sum + quantity, 0n);
    if (volume > 0n) return recent.reduce((sum, { price, quantity }) => sum + price * quantity, 0n) / volume;
    return (this.#seenByBuys + this.#seenBySells) / 2n;
  }

  /** Base units that an amount of the quote asset is worth at a price, on the lot step, rounded down. */
  quantityFor(amount: bigint, price: bigint): bigint {
    const quantity = (amount * ONE) / price;
    return quantity - (quantity % this.step);
  }
}
