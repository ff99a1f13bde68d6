import { type Random, seededRandom } from '@mikrobot/core';
import {
  type BinanceSimulator,
  spotSymbol,
  startBinance,
  type VenueControls,
  type VenueLimits,
} from '@mikrobot/simulators';
import { Market, type MarketTick } from '../market.js';
import type { VenueOptions } from '../options.js';
import { VenueRecord } from '../record.js';
import type { HistorySoFar, JudgedVenue, VenueTruth } from '../truth.js';
import type { BinanceAt } from './at.js';
import { Auditor } from './auditor.js';
import { type AccountBooks, futuresBooks, spotBooks } from './books.js';
import { botKey, judgeKey, listing, MIN_NOTIONAL, QUOTE, STEP } from './listing.js';
import { isLate, kindOf, namesIn, ordersIn, subjectOf } from './reading.js';
import { type Fate, Tap, type TappedAnswer, type TappedRequest } from './tap.js';

/** Ms between two looks whether positions have their stops. */
const LOOK_EVERY = 25;
/** No bot of the kill test meets them. */
const limits: VenueLimits = {
  weight: 1e9,
  orders: [
    { interval: 'SECOND', intervalNum: 10, limit: 1e6 },
    { interval: 'MINUTE', intervalNum: 1, limit: 1e6 },
    { interval: 'DAY', intervalNum: 1, limit: 1e6 },
  ],
  patience: 1e6,
};
const MONEY = { [QUOTE]: '10000000' };
/** Of lost commands and questions, the parts that get lost in each way. */
const WAYS = ['request', 'answer', 'timeout'] as const;

const now = (): number => performance.timeOrigin + performance.now();

const start = (seed: number): Promise<BinanceSimulator> =>
  startBinance({
    seed,
    // Without fees, so that what is traded is what is held.
    accounts: [
      {
        name: 'torture',
        keys: [botKey, judgeKey],
        balances: { spot: MONEY, futures: MONEY },
        spotFees: { maker: '0', taker: '0' },
      },
    ],
    futures: {
      limits,
      fees: { maker: '0', taker: '0' },
      fundingRate: '0',
      symbols: listing.map(({ symbol, base, tickSize }) => ({
        ...{
          symbol,
          base,
          tickSize: tickSize.toFixed(2),
          stepSize: STEP,
          minQty: STEP,
          minNotional: MIN_NOTIONAL,
        },
        ...{ minPrice: '1', maxPrice: '1000000' },
      })),
    },
    spot: {
      limits,
      symbols: listing.map(({ base, tickSize }) =>
        spotSymbol({
          ...{
            baseAsset: base,
            quoteAsset: QUOTE,
            tickSize: tickSize.toFixed(8),
            stepSize: STEP,
            minNotional: MIN_NOTIONAL,
          },
          filters: [
            { filterType: 'MAX_NUM_ALGO_ORDERS', maxNumAlgoOrders: 100 },
            { filterType: 'MAX_NUM_ORDER_LISTS', maxNumOrderLists: 100 },
          ],
        }),
      ),
    },
  });

/** Binance's simulator with a market in real time, a tap on its door, and a record of everything. */
export class BinanceVenue implements JudgedVenue {
  readonly record = new VenueRecord();
  /** Where bots reach it: at the tap. */
  readonly at: BinanceAt;
  readonly #options: VenueOptions;
  readonly #simulator: BinanceSimulator;
  readonly #controls: VenueControls;
  readonly #books: AccountBooks;
  readonly #tap: Tap;
  readonly #market: Market;
  readonly #random: Random;
  readonly #last: (MarketTick | undefined)[] = [];
  /** Client order ids by the venue's number. */
  readonly #names = new Map<number, string>();
  /** The first trade of each symbol that was not seen. */
  readonly #next = new Map<string, number>();
  /** Orders of which the last answer got lost. */
  readonly #silent = new Set<string>();
  /** One look after the other. */
  #looking: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(options: VenueOptions, simulator: BinanceSimulator, tap: Tap, port: number) {
    const market = options.venue === 'binance-spot' ? 'spot' : 'futures';
    const own = simulator[market];
    this.#options = options;
    this.#simulator = simulator;
    this.#tap = tap;
    this.#controls = simulator.controls[market];
    this.#books = (market === 'spot' ? spotBooks : futuresBooks)(new Auditor(own.rest));
    this.#market = new Market(listing, seededRandom(options.seed + 1));
    this.#random = seededRandom(options.seed);
    const there = (url: string): string => Object.assign(new URL(url), { port }).href.replace(/\/$/, '');
    this.at = { rest: there(own.rest), wsApi: there(own.wsApi), streams: there(own.streams) };
  }

  /** Starts the simulator, its market and the tap. */
  static async start(options: VenueOptions): Promise<BinanceVenue> {
    const simulator = await start(options.seed);
    const tap = new Tap(Number(new URL(simulator.url).port), {
      fate: (request) => venue.#fate(request),
      answered: (request, answer) => venue.#answered(request, answer),
      met: () => venue.record.met(now()),
    });
    const venue: BinanceVenue = new BinanceVenue(options, simulator, tap, await tap.listen());
    for (const _ of listing) venue.#tick();
    venue.thaw();
    venue.#keepLooking();
    return venue;
  }

  thaw(): void {
    this.#timer ??= setInterval(() => this.#tick(), this.#options.tickEvery);
  }

  /** What a quote brought may be used up, and a still market brings no other: so it lets any size trade. */
  freeze(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const tick of this.#last) if (tick !== undefined) this.#quote({ ...tick, volume: 0 });
  }

  hangUp(): void {
    this.#tap.hangUp();
  }

  async truth(from: HistorySoFar): Promise<VenueTruth> {
    const orders = await this.#look();
    const positions = await this.#books.positions();
    const { connected } = this.#tap;
    const [failure] = this.#simulator.failures;
    if (failure !== undefined) throw new Error('The simulator broke.', { cause: failure });
    return {
      connected,
      events: 0,
      snapshot: { orders, positions },
      ledgers: this.record.ledgers,
      owners: Object.fromEntries(orders.map(({ id }) => [id, this.record.ownerOf(id)])),
      sent: this.record.sent.slice(from.sent),
      trades: this.record.trades.slice(from.trades),
      longestNaked: this.record.takeLongestNaked(now(), connected),
    };
  }

  #fate(request: TappedRequest): Fate {
    const kind = kindOf(request);
    // Known before the venue tells of it: a trade can come out of the request itself.
    for (const order of ordersIn(request)) this.record.expect(order);
    if (kind === 'other') return { travels: 0, lost: 'nothing' };
    const about = subjectOf(request);
    const isLost = this.#random() < this.#options.lost[kind] && !this.#silent.has(about);
    // Nobody can protect what nobody tells him of: of two answers on one order the second comes.
    if (isLost) this.#silent.add(about);
    else this.#silent.delete(about);
    const way = WAYS[Math.floor(WAYS.length * this.#random())] ?? 'answer';
    const travels = kind === 'query' ? 0 : this.#options.latency * this.#random();
    return { travels, lost: isLost ? way : 'nothing' };
  }

  #answered(request: TappedRequest, answer: TappedAnswer): void {
    for (const { orderId, clientOrderId } of namesIn(request, answer))
      this.#names.set(orderId, clientOrderId);
    if (isLate(answer)) return;
    for (const order of ordersIn(request)) this.record.took(order, answer.status === 200, now());
  }

  #tick(): void {
    const tick = this.#market.next();
    this.#last[tick.index] = tick;
    this.#quote(tick);
  }

  #quote({ index, bid, ask, volume }: MarketTick): void {
    const { symbol } = listing[index]!;
    this.#controls.depth(symbol, volume === 0 ? undefined : volume);
    this.#controls.quote(symbol, bid, ask);
  }

  #keepLooking(): void {
    setTimeout(() => {
      void this.#look().then(() => this.#keepLooking());
    }, LOOK_EVERY);
  }

  #look(): Promise<Awaited<ReturnType<AccountBooks['working']>>> {
    const look = this.#looking.then(() => this.#lookNow());
    this.#looking = look;
    return look;
  }

  async #lookNow(): ReturnType<AccountBooks['working']> {
    for (const { symbol } of listing) {
      for (const { number, order, ...trade } of await this.#books.trades(
        symbol,
        this.#next.get(symbol) ?? 0,
      )) {
        this.#next.set(symbol, number + 1);
        const id = this.#names.get(order) ?? (await this.#books.nameOf(symbol, order));
        this.#names.set(order, id);
        this.record.traded({ ...trade, id });
      }
    }
    const working = await this.#books.working();
    this.record.look(working, now(), this.#tap.connected);
    return working;
  }
}
