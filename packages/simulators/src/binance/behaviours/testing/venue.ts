import { VirtualClock } from '@mikrobot/core';
import { type BinanceSimulator, startBinance } from '../../start-binance.js';
import { Caller } from './caller.js';
import { at, list } from './json.js';
import { asymmetricKey, hmacKey, type Key } from './signer.js';
import { signedParams, Wire } from './wire.js';

/** The key of the examples in rest-api.md and web-socket-api.md. */
const SPOT_KEY = {
  apiKey: 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A',
  secret: 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
};
/** The key of the examples in the general information of USD-M futures. */
const FUTURES_KEY = {
  apiKey: 'dbefbc809e3e83c283a984c3a1459732ea7db1360ca80c5c2c8867408d28cc83',
  secret: '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9',
};
const ed25519 = asymmetricKey('e'.repeat(64), 'ed25519');
const rsa = asymmetricKey('r'.repeat(64), 'rsa');

/** A Thursday, 00:01:40 UTC: neither a minute nor a funding begins within seconds. */
const START = 1_723_075_300_000;
const SYMBOL = 'BTCUSDT';

type Side = 'spot' | 'futures';

/** A venue with a market of 60000 / 60010 in BTCUSDT and one account; its time moves only by {@link advance}. */
export class VenueUnderTest {
  readonly clock: VirtualClock;
  readonly spot: Caller;
  readonly futures: Caller;
  /** Futures by the key whose signatures are printed in the documentation. */
  readonly printed: Caller;
  /** Further keys of the same account. */
  readonly keys: { readonly ed25519: Key; readonly rsa: Key } = { ed25519: ed25519.key, rsa: rsa.key };
  readonly #simulator: BinanceSimulator;
  readonly #wires: Wire[] = [];

  private constructor(simulator: BinanceSimulator, clock: VirtualClock) {
    this.#simulator = simulator;
    this.clock = clock;
    const now = () => clock.now();
    const key = hmacKey(SPOT_KEY.apiKey, SPOT_KEY.secret);
    this.spot = new Caller(simulator.spot.rest, key, now);
    this.futures = new Caller(simulator.futures.rest, key, now);
    this.printed = new Caller(simulator.futures.rest, hmacKey(FUTURES_KEY.apiKey, FUTURES_KEY.secret), now);
  }

  /** @param start - the venue's time, epoch ms */
  static async start(start = START): Promise<VenueUnderTest> {
    const clock = new VirtualClock(start);
    const simulator = await startBinance({
      clock,
      accounts: [
        {
          name: 'account',
          keys: [
            SPOT_KEY,
            FUTURES_KEY,
            { apiKey: ed25519.key.apiKey, publicKey: ed25519.publicKey },
            { apiKey: rsa.key.apiKey, publicKey: rsa.publicKey },
          ],
          balances: { spot: { BTC: '10', USDT: '1000000' }, futures: { USDT: '100000' } },
        },
      ],
    });
    const venue = new VenueUnderTest(simulator, clock);
    for (const side of ['spot', 'futures'] as const) {
      venue.quote(side, 60_000, 60_010);
      venue.trade(side, 60_005, 1);
    }
    return venue;
  }

  /** Moves the venue's time; what is due happens. */
  advance(ms: number): void {
    this.clock.advance(this.clock.now() + ms);
  }

  quote(side: Side, bid: number, ask: number): void {
    this.#simulator.controls[side].quote(SYMBOL, bid, ask);
  }

  trade(side: Side, price: number, quantity: number, buyerIsMaker = false): void {
    this.#simulator.controls[side].trade(SYMBOL, price, quantity, buyerIsMaker);
  }

  /** Sets the venue's time so many ms ahead of the clock, without what would have happened meanwhile. */
  skew(ms: number): void {
    this.#simulator.faults.skew(ms);
  }

  /** Tells that the server is about to shut down. */
  shutDown(): void {
    this.#simulator.faults.serverShutdown();
  }

  /** A figure of a filter of the symbol, as exchangeInfo says it. */
  async filter(side: Side, type: string, name: string): Promise<string> {
    const path = side === 'spot' ? '/api/v3/exchangeInfo' : '/fapi/v1/exchangeInfo';
    const { body } = await this[side].open(path);
    const symbol = list(at(body, 'symbols')).find((one) => at(one, 'symbol') === SYMBOL);
    const filter = list(at(symbol, 'filters')).find((one) => at(one, 'filterType') === type);
    const figure = at(filter, name);
    if (figure === undefined) throw new Error(`exchangeInfo of ${side} has no ${name} in ${type}.`);
    return String(figure);
  }

  spotWsApi(query = ''): Promise<Wire> {
    return this.#open(this.#simulator.spot.wsApi + query);
  }

  futuresWsApi(): Promise<Wire> {
    return this.#open(this.#simulator.futures.wsApi);
  }

  /** @param path - such as `/ws/btcusdt@trade` */
  spotStreams(path: string): Promise<Wire> {
    return this.#open(this.#simulator.spot.streams + path);
  }

  /** @param path - such as `/public/ws/btcusdt@depth` */
  futuresStreams(path: string): Promise<Wire> {
    return this.#open(this.#simulator.futures.streams + path);
  }

  /** A connection that is subscribed to the user data of the account. */
  async spotUserStream(): Promise<Wire> {
    const wire = await this.spotWsApi();
    const params = signedParams(this.spot.key, { timestamp: this.clock.now() });
    const answer = await wire.ask({ id: 'user', method: 'userDataStream.subscribe.signature', params });
    if (at(answer, 'status') !== 200) throw new Error(`No user stream: ${JSON.stringify(answer)}`);
    return wire;
  }

  /** A connection to the user data of the account by its listen key. */
  async futuresUserStream(): Promise<Wire> {
    const { body } = await this.futures.keyed('POST', '/fapi/v1/listenKey');
    return this.futuresStreams(`/private/ws/${at(body, 'listenKey')}`);
  }

  /** What broke inside of the simulator. */
  get failures(): readonly unknown[] {
    return this.#simulator.failures;
  }

  async close(): Promise<void> {
    for (const wire of this.#wires) wire.close();
    await this.#simulator.close();
  }

  async #open(url: string): Promise<Wire> {
    const wire = await Wire.open(url);
    this.#wires.push(wire);
    return wire;
  }
}
