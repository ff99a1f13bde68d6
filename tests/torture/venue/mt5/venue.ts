import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from '@mikrobot/core';
import {
  type Mt5RequestFault,
  type Mt5Simulator,
  type Mt5TradeRequest,
  type Mt5Truth,
  mt5Symbol,
  startMt5,
} from '@mikrobot/simulators';
import { Market, type MarketTick } from '../market.js';
import type { VenueOptions } from '../options.js';
import { VenueRecord } from '../record.js';
import type { HistorySoFar, JudgedVenue, VenueTruth } from '../truth.js';
import { Arrivals } from './arrivals.js';
import type { Mt5At } from './at.js';
import { Books } from './books.js';
import { whileBeginning, whileTrading } from './cuts.js';
import { freePort } from './free-port.js';
import { LOGIN, listing } from './listing.js';
import { Losses } from './losses.js';
import type { Line, Speaker } from './reading.js';
import { Tap } from './tap.js';
import { KeptTerminal } from './terminal.js';

/** Ms between two looks whether positions have their stops. */
const LOOK_EVERY = 40;
/** Lines of the bridge that are not worth keeping. */
const CHATTER: ReadonlySet<string> = new Set(['tick', 'beat', 'account']);

const now = (): number => performance.timeOrigin + performance.now();

/** What a venue is made of. */
interface Parts {
  readonly options: VenueOptions;
  readonly mt5: Mt5Simulator;
  readonly port: number;
}

/** A simulated broker with a market in real time, a terminal of its own, a tap between terminal and bots, and a record of everything. */
export class Mt5Venue implements JudgedVenue {
  readonly record = new VenueRecord();
  /** Where bots wait for the terminal. */
  readonly at: Mt5At;
  readonly #options: VenueOptions;
  readonly #mt5: Mt5Simulator;
  readonly #tap: Tap;
  readonly #market: Market;
  readonly #random: Random;
  readonly #losses: Losses;
  readonly #arrivals: Arrivals;
  readonly #books: Books;
  readonly #log: WriteStream;
  readonly #last: (MarketTick | undefined)[] = [];
  #terminal: KeptTerminal | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor({ options, mt5, port }: Parts) {
    const { seed, folder, bracket, lost } = options;
    this.#options = options;
    this.#mt5 = mt5;
    this.at = { port };
    this.#market = new Market(listing, seededRandom(seed + 1));
    this.#random = seededRandom(seed);
    this.#losses = new Losses(lost, this.#random);
    this.#books = new Books(bracket === 'native');
    this.#arrivals = new Arrivals(this.record, this.#books, () => mt5.controls.truth().positions);
    this.#log = createWriteStream(join(folder, 'bridge.log'));
    this.#tap = new Tap(port, {
      travels: () => this.#random() * options.latency,
      heard: (line, speaker) => this.#heard(line, speaker),
      met: () => this.record.met(now()),
    });
  }

  /** Starts the broker, its market, the tap and the terminal. Every other seed tells results before what they did. */
  static async start(options: VenueOptions): Promise<Mt5Venue> {
    const { bracket, seed, terminal, folder } = options;
    if (terminal === undefined) throw new Error('The venue needs a terminal.');
    const marginMode = bracket === 'native' ? 'hedging' : 'netting';
    const mt5 = await startMt5({
      accounts: [{ login: LOGIN, marginMode, balance: 10_000_000, leverage: 500 }],
      symbols: listing.map(({ symbol }) => mt5Symbol(symbol)),
      resultFirst: Math.floor(seed / 2) % 2 === 0,
    });
    const venue = new Mt5Venue({ options, mt5, port: await freePort() });
    mt5.controls.judgeRequests((_login, request) => venue.#arrives(request));
    for (const _ of listing) venue.#tick();
    venue.#terminal = new KeptTerminal({
      binary: terminal,
      folder,
      server: mt5,
      port: await venue.#tap.listen(),
      random: seededRandom(seed + 2),
      onLine: (line) => venue.#write('terminal', line),
    });
    await venue.#terminal.start();
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

  /** Breaks the line to the bot, now or at a point of what is said on it, or the terminal's line to the broker; or kills the terminal. */
  hangUp(): void {
    const random = this.#random;
    const dice = random();
    if (dice < 0.3) this.#tap.hangUpAt(whileBeginning(random));
    if (dice < 0.4) this.#tap.hangUp();
    else if (dice < 0.65) this.#tap.hangUpAt(whileTrading(random));
    else if (dice < 0.73) this.#tap.stall(200 + 1_500 * random());
    else if (dice < 0.85) this.#loseBroker();
    else this.#terminal?.kill();
  }

  truth(from: HistorySoFar): VenueTruth {
    const truth = this.#look();
    const orders = this.#books.working(truth);
    return {
      connected: this.#watched,
      events: 0,
      snapshot: { orders, positions: this.#books.positions(truth) },
      ledgers: this.record.ledgers,
      owners: Object.fromEntries(orders.map(({ id }) => [id, this.record.ownerOf(id)])),
      sent: this.record.sent.slice(from.sent),
      trades: this.record.trades.slice(from.trades),
      longestNaked: this.record.takeLongestNaked(now(), this.#watched),
    };
  }

  /** Whether a bot is there that can do something. */
  get #watched(): boolean {
    return this.#tap.connected && this.#mt5.terminals.length > 0;
  }

  /** The terminal comes back to the broker at once, or after a while. */
  #loseBroker(): void {
    const { controls } = this.#mt5;
    controls.refuseTerminals(this.#random() < 0.5);
    controls.disconnectTerminals();
    this.#write('broker', 'away');
    setTimeout(() => controls.refuseTerminals(false), 200 + 1_500 * this.#random());
  }

  /** A request is at the broker's, who has not seen it. */
  #arrives(request: Mt5TradeRequest): Mt5RequestFault | undefined {
    const fault = this.#losses.faultOf(request);
    this.#write('broker', JSON.stringify({ request, fault }));
    if (fault?.kind !== 'lose-request') this.#arrivals.take(request, now());
    return fault;
  }

  #heard(line: Line, speaker: Speaker): void {
    if (!CHATTER.has(line.t)) this.#write(speaker, JSON.stringify(line));
    if (speaker === 'bot') this.#arrivals.announce(line);
  }

  #write(who: string, what: string): void {
    this.#log.write(`${now().toFixed(1)} ${who}: ${what}\n`);
  }

  #tick(): void {
    const tick = this.#market.next();
    this.#last[tick.index] = tick;
    this.#quote(tick);
  }

  #quote({ index, bid, ask, volume }: MarketTick): void {
    const { controls } = this.#mt5;
    controls.depth(volume === 0 ? undefined : volume);
    controls.quote(listing[index]!.symbol, bid, ask);
  }

  #look(): Mt5Truth {
    const truth = this.#mt5.controls.truth();
    for (const fill of this.#books.trades(truth)) this.record.traded(fill);
    this.record.look(this.#books.working(truth), now(), this.#watched);
    return truth;
  }
}
