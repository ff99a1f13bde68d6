import { type Random, seededRandom } from '@mikrobot/core';
import {
  type ExchangeTruth,
  noCommission,
  type OrderTruth,
  startTws,
  type TwsServerVersion,
  type TwsSimulator,
  type WireMessage,
} from '@mikrobot/simulators';
import { Market, type MarketTick } from '../market.js';
import type { VenueOptions } from '../options.js';
import { VenueRecord, type WorkingOrder } from '../record.js';
import type { HistorySoFar, JudgedVenue, VenueTruth } from '../truth.js';
import type { TwsAt } from './at.js';
import { ACCOUNT, contracts, listedAs, listing } from './listing.js';
import { type Fate, Losses } from './losses.js';
import { kindOf, type PlacedOrder, placedOrder } from './reading.js';
import { Tap } from './tap.js';

/** Ms between two looks whether positions have their stops. */
const LOOK_EVERY = 25;
/** Order ids that a Gateway forgets when it restarts. */
const ROLL_BACK = 50;

const now = (): number => performance.timeOrigin + performance.now();

const types: Readonly<Record<OrderTruth['type'], WorkingOrder['type']>> = {
  MKT: 'market',
  MOC: 'market',
  LMT: 'limit',
  LOC: 'limit',
  STP: 'stop',
  'STP LMT': 'stop-limit',
  TRAIL: 'trailing-stop',
};

/** A simulated TWS with a market in real time, a tap on its door, and a record of everything. */
export class TwsVenue implements JudgedVenue {
  readonly record = new VenueRecord();
  /** Where bots reach it: at the tap. */
  readonly at: TwsAt;
  readonly #options: VenueOptions;
  readonly #tws: TwsSimulator;
  readonly #tap: Tap;
  readonly #market: Market;
  readonly #random: Random;
  readonly #losses: Losses;
  readonly #last: (MarketTick | undefined)[] = [];
  /** Symbols by TWS's id of the contract. */
  readonly #symbols: ReadonlyMap<number, string>;
  /** References of the orders that arrived, by the id that the client gave them; the last of each. */
  readonly #arrived = new Map<number, string>();
  #executions = 0;
  #away = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor(
    options: VenueOptions,
    tws: TwsSimulator,
    tap: Tap,
    parts: {
      readonly port: number;
      readonly serverVersion: number;
      readonly symbols: ReadonlyMap<number, string>;
    },
  ) {
    this.#options = options;
    this.#tws = tws;
    this.#tap = tap;
    this.#symbols = parts.symbols;
    this.#market = new Market(listing, seededRandom(options.seed + 1));
    this.#random = seededRandom(options.seed);
    this.#losses = new Losses({
      lost: options.lost,
      serverVersion: parts.serverVersion,
      random: this.#random,
      knows: ({ orderId, ref }) => this.#arrived.get(orderId) === ref,
    });
    this.at = { host: tws.host, port: parts.port };
  }

  /** Starts the simulator, its market and the tap. Every other seed has an older TWS. */
  static async start(options: VenueOptions): Promise<TwsVenue> {
    const serverVersion: TwsServerVersion = options.seed % 2 === 0 ? 193 : 176;
    const listed = contracts(Date.now());
    const tws = await startTws({
      serverVersion,
      contracts: listed,
      accounts: [{ id: ACCOUNT, balance: '10000000' }],
      // Without commissions, so that average prices are plain.
      commission: noCommission,
    });
    const tap = new Tap(tws, {
      travels: () => venue.#random() * options.latency,
      met: () => venue.record.met(now()),
    });
    const symbols = new Map(
      listed.map(({ contractId, symbol }) => [contractId, listedAs(symbol)?.symbol ?? symbol]),
    );
    const venue: TwsVenue = new TwsVenue(options, tws, tap, {
      port: await tap.listen(),
      serverVersion,
      symbols,
    });
    venue.#watch();
    for (const _ of listing) venue.#tick();
    venue.thaw();
    setInterval(() => venue.#look(), LOOK_EVERY);
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

  /** Breaks the line, or TWS's own way to IB for a while, or restarts TWS, which then forgets order ids. */
  hangUp(): void {
    const { faults } = this.#tws;
    const dice = this.#random();
    if (dice < 0.5) this.#tap.hangUp();
    else if (this.#away) return;
    else if (dice < 0.75) {
      const dataLost = this.#random() < 0.5;
      faults.connectivityLost({ requests: this.#random() < 0.5 ? 'vanish' : 'held' });
      this.#comesBack(() => faults.connectivityRestored({ dataLost }));
    } else {
      faults.restart({ rollBack: ROLL_BACK });
      this.#comesBack(() => faults.comeBack());
    }
  }

  truth(from: HistorySoFar): VenueTruth {
    const truth = this.#look();
    const [failure] = this.#tws.failures;
    if (failure !== undefined) throw new Error('The simulator broke.', { cause: failure });
    const orders = this.#working(truth);
    return {
      connected: this.#watched,
      events: 0,
      snapshot: {
        orders,
        positions: truth.positions.map(({ contractId, quantity, averagePrice }) => ({
          symbol: this.#symbols.get(contractId) ?? String(contractId),
          quantity,
          averagePrice,
        })),
      },
      ledgers: this.record.ledgers,
      owners: Object.fromEntries(orders.map(({ id }) => [id, this.record.ownerOf(id)])),
      sent: this.record.sent.slice(from.sent),
      trades: this.record.trades.slice(from.trades),
      longestNaked: this.record.takeLongestNaked(now(), this.#watched),
    };
  }

  /** Whether a bot is there that can do something. */
  get #watched(): boolean {
    return this.#tap.connected && !this.#away;
  }

  #comesBack(then: () => void): void {
    this.#away = true;
    setTimeout(
      () => {
        this.#away = false;
        then();
        this.record.met(now());
      },
      200 + 400 * this.#random(),
    );
  }

  /** Sees each message as it arrives, before the exchange does, and lets it be lost. */
  #watch(): void {
    const { faults } = this.#tws;
    let fate: Fate = 'nothing-lost';
    const isRequestLost = (message: WireMessage): boolean => {
      fate = this.#losses.fateOf(message);
      if (fate !== 'request-lost') {
        if (kindOf(message) === 'place') this.#arrives(placedOrder(message));
        return false;
      }
      faults.loseNextRequest(isRequestLost);
      return true;
    };
    const isAnswerLost = (): boolean => {
      if (fate !== 'answer-lost') return false;
      faults.loseNextAnswer(isAnswerLost);
      return true;
    };
    faults.loseNextRequest(isRequestLost);
    faults.loseNextAnswer(isAnswerLost);
  }

  #arrives(order: PlacedOrder): void {
    const { orderId, ref, symbol, side, quantity, owner, parentId } = order;
    if (this.#arrived.get(orderId) === ref) return;
    const legOf = this.#arrived.get(parentId);
    this.#arrived.set(orderId, ref);
    this.record.took({ id: ref, symbol, side, quantity, owner, legOf }, true, now());
  }

  #tick(): void {
    const tick = this.#market.next();
    this.#last[tick.index] = tick;
    this.#quote(tick);
  }

  #quote({ index, bid, ask, volume }: MarketTick): void {
    const { symbol } = listing[index]!;
    const { controls } = this.#tws;
    controls.depth(volume === 0 ? undefined : Math.round(volume * 100));
    controls.quote(symbol, bid, ask);
  }

  #look(): ExchangeTruth {
    const truth = this.#tws.controls.truth();
    for (const { execId, orderRef, contract, side, quantity, price, time } of truth.executions.slice(
      this.#executions,
    )) {
      const symbol = this.#symbols.get(contract.contractId) ?? contract.symbol;
      // The last part of an execution's id counts its corrections.
      const tradeId = execId.slice(0, execId.lastIndexOf('.'));
      const way = side === 'BOT' ? 'buy' : 'sell';
      this.record.traded({ id: orderRef, symbol, tradeId, side: way, quantity, price, time });
    }
    this.#executions = truth.executions.length;
    this.record.look(this.#working(truth), now(), this.#watched);
    return truth;
  }

  /**
   * Orders that can trade: legs whose entry has not filled sleep, and an entry whose line broke before its legs were sent stays in TWS,
   * which tells nobody of it.
   */
  #working({ working }: ExchangeTruth): readonly WorkingOrder[] {
    const live = new Set(working.map(({ permId }) => permId));
    return working
      .filter(({ transmitted, parentPermId }) => transmitted && !live.has(parentPermId))
      .map(({ orderRef, contractId, action, type, quantity, filled, limitPrice, auxPrice }) => ({
        id: orderRef,
        symbol: this.#symbols.get(contractId) ?? String(contractId),
        side: action === 'BUY' ? 'buy' : 'sell',
        type: types[type],
        quantity,
        filled,
        price: type === 'LMT' ? limitPrice : auxPrice,
      }));
  }
}
