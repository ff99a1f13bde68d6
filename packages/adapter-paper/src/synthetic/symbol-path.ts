import { fxDayRoll, type Instrument, type Random, TradingDays, tickSizeAt } from '@mikrobot/core';
import { type Character, characterOf, hourAt } from './character.js';
import { bell, exponential, pareto, randomOf } from './draws.js';
import { Legs } from './legs.js';
import { Weather } from './weather.js';

const MINUTE = 60_000;
/** Share of the volatility of closed time that shows as a gap at the opening. */
const GAP = 0.3;
/** After an opening the spread narrows for an hour, from this many times its width. */
const OPENING_WIDTH = 4;

/** What of a market's options concerns one symbol. */
export interface PathOptions {
  readonly seed: number;
  readonly from: number;
  readonly price: number | undefined;
  readonly activity: number;
  readonly volatility: number;
  readonly trend: number;
}

/** The endless ticks of one symbol. {@link next} moves the public fields on to the next tick. */
export class SymbolPath {
  /** Epoch ms. */
  time: number;
  bid = 0;
  ask = 0;
  volume = 0;
  readonly #instrument: Instrument;
  readonly #character: Character;
  readonly #random: Random;
  readonly #options: PathOptions;
  readonly #days = new TradingDays(fxDayRoll);
  readonly #legs: Legs;
  readonly #weather: Weather;
  readonly #pricePower: number;
  readonly #quantityPower: number;
  #mid: number;
  #dayEnd = -Infinity;
  /** The present minute and what holds in it. */
  #minute: number;
  #opened = -Infinity;
  #closedFor = 0;
  #deviation = 0;
  #drift = 0;
  #pause = 0;
  #spread = 0;
  #step = 0;
  #width = 1;
  /** The mid price and the number of ticks at the minute's begin. */
  #midAtBegin = 0;
  #ticksInMinute = 0;
  #ticks = 0;
  #bidSteps = 0;
  #askSteps = 0;

  constructor(instrument: Instrument, options: PathOptions) {
    this.#instrument = instrument;
    this.#character = characterOf(instrument);
    this.#random = randomOf(options.seed, instrument.symbol);
    this.#options = options;
    this.#mid = options.price ?? this.#character.price;
    this.#legs = new Legs(this.#random, this.#mid);
    this.#weather = new Weather(this.#random);
    this.#pricePower = Number(`1e${instrument.priceDecimals}`);
    this.#quantityPower = Number(`1e${instrument.quantityDecimals}`);
    this.#minute = Math.floor(options.from / MINUTE) * MINUTE - MINUTE;
    this.time = options.from;
    this.#nextMinute();
  }

  /** Moves on to the next change of the quote. */
  next(): void {
    for (;;) {
      const time = this.time + Math.ceil(exponential(this.#random) * this.#pause);
      if (time >= this.#minute + MINUTE) {
        this.#nextMinute();
        continue;
      }
      this.#move(time - this.time);
      this.time = time;
      if (this.#quote()) return;
    }
  }

  #move(elapsed: number): void {
    const part = elapsed / MINUTE;
    this.#mid *= 1 + this.#drift * part + this.#deviation * Math.sqrt(part) * bell(this.#random);
    this.#ticksInMinute++;
    this.#ticks++;
  }

  /** Puts the quote around the mid price, on the grid. Tells whether it changed. */
  #quote(): boolean {
    const random = this.#random;
    if (random() < 0.25) this.#width = 0.75 + random() * 0.6;
    const middle = this.#mid / this.#step;
    const spread = Math.max(1, Math.round((this.#mid * this.#spread * this.#width) / this.#step));
    const bid = Math.max(1, Math.round(middle - spread / 2));
    const ask = bid + spread;
    if (bid === this.#bidSteps && ask === this.#askSteps) return false;
    this.#bidSteps = bid;
    this.#askSteps = ask;
    this.bid = this.#priceOf(bid);
    this.ask = this.#priceOf(ask);
    const lots = this.#instrument.minQuantity * Math.floor(100 * (pareto(random, 50) - 0.9));
    this.volume = Math.round(lots * this.#quantityPower) / this.#quantityPower;
    return true;
  }

  #priceOf(steps: number): number {
    return Math.round(steps * this.#step * this.#pricePower) / this.#pricePower;
  }

  #nextMinute(): void {
    const weather = this.#weather;
    const { isOpen, pattern } = this.#character;
    const news = weather.next(this.#shock());
    do {
      this.#minute += MINUTE;
      this.#closedFor += MINUTE;
    } while (!isOpen(this.#minute));
    this.#closedFor -= MINUTE;
    if (this.#minute >= this.#dayEnd) {
      this.#dayEnd = this.#days.at(this.#minute).end;
      weather.nextDay();
    }
    const { activity, volatility, trend } = this.#options;
    const hour = hourAt(this.#minute, pattern);
    const usual = this.#character.volatility * volatility;
    if (this.#closedFor > 0) this.#open(usual);
    const calm = usual * hour.volatility * weather.calm;
    this.#deviation = calm * weather.excitement;
    this.#drift = trend === 0 ? 0 : trend * this.#legs.next(this.#mid, calm);
    this.#step = tickSizeAt(this.#instrument, this.#mid);
    if (news) this.#mid *= 1 + this.#deviation * bell(this.#random);
    this.#pause = MINUTE / (activity * hour.ticks * (1 + (weather.excitement - 1) / 3));
    const sinceOpen = (this.#minute - this.#opened) / (60 * MINUTE);
    const opening = sinceOpen < 1 ? OPENING_WIDTH - (OPENING_WIDTH - 1) * sinceOpen : 1;
    const worry = (0.7 + 0.3 * weather.calm) * (1 + (weather.excitement - 1) / 2);
    this.#spread = this.#character.spread * hour.spread * opening * worry;
    if (this.time < this.#minute) this.time = this.#minute;
    this.#midAtBegin = this.#mid;
    this.#ticksInMinute = 0;
  }

  /** The last minute's return beyond its drift, in standard deviations. */
  #shock(): number | undefined {
    if (this.#ticksInMinute < 3) return undefined;
    return (this.#mid / this.#midAtBegin - 1 - this.#drift) / this.#deviation;
  }

  /** Opens after closed time: what happened meanwhile is in the price at once. */
  #open(usual: number): void {
    const minutes = this.#closedFor / MINUTE;
    const gap = GAP * usual * Math.sqrt(minutes) * bell(this.#random) * pareto(this.#random, 6);
    // The first opening is where the market begins, at the price that was asked for.
    if (this.#ticks > 0) this.#mid *= 1 + gap;
    this.#opened = this.#minute;
    this.#closedFor = 0;
  }
}
