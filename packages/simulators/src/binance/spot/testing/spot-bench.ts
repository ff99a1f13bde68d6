import { VenueError } from '../../exchange.js';
import { SpotExchange } from '../spot-exchange.js';
import type { SpotOptions } from '../venue.js';

/** When the benches begin, epoch ms. */
export const T0 = Date.UTC(2026, 0, 5, 12);

/** A payload of the user stream. */
export type Payload = Readonly<Record<string, unknown>>;

/** An answer whose fields tests read without ado. */
export type Answer = Record<string, unknown>;

/** A spot exchange with one account, `me`, and what it was told. */
export class SpotBench {
  readonly exchange: SpotExchange;
  readonly events: Payload[] = [];
  now = T0;

  constructor(options: SpotOptions = {}) {
    this.exchange = new SpotExchange({
      accounts: [{ name: 'me', balances: { USDT: '10000', BTC: '1' } }],
      ...options,
    });
    this.exchange.on('user', (account, payload) => {
      if (account === 'me') this.events.push(payload);
    });
  }

  /** The market moves, a second later. */
  quote(bid: number, ask: number, symbol = 'BTCUSDT'): this {
    this.now += 1_000;
    this.exchange.quote(symbol, this.now, bid, ask);
    return this;
  }

  /** A trade of the market at large, a second later. */
  trade(price: number, symbol = 'BTCUSDT'): this {
    this.now += 1_000;
    this.exchange.trade(symbol, this.now, price, 1, false);
    return this;
  }

  /** @throws VenueError */
  call(name: string, params: Record<string, string | number | bigint> = {}, account = 'me'): Answer {
    const route = this.exchange.routes.get(name);
    if (route === undefined) throw new Error(`There is no route ${name}.`);
    const texts = Object.fromEntries(Object.entries(params).map(([key, value]) => [key, String(value)]));
    return route.handle({ params: texts, account, now: this.now }) as Answer;
  }

  /** Places an order of BTCUSDT. */
  place(params: Record<string, string | number>): Answer {
    return this.call('POST /api/v3/order', { symbol: 'BTCUSDT', ...params });
  }

  limit(
    side: 'BUY' | 'SELL',
    price: number | string,
    quantity: number | string,
    more: Record<string, string> = {},
  ): Answer {
    return this.place({ side, type: 'LIMIT', timeInForce: 'GTC', price, quantity, ...more });
  }

  /** `code msg` of the refusal, or what was answered. */
  refusal(work: () => unknown): string {
    try {
      return `taken: ${JSON.stringify(work(), (_, v) => (typeof v === 'bigint' ? String(v) : v))}`;
    } catch (error) {
      if (!(error instanceof VenueError)) throw error;
      return `${error.code} ${error.message}`;
    }
  }

  /** Free and locked of an asset. */
  balance(asset: string): readonly [string, string] {
    const rows = this.call('GET /api/v3/account').balances as readonly {
      asset: string;
      free: string;
      locked: string;
    }[];
    const row = rows.find((one) => one.asset === asset);
    return row === undefined ? ['none', 'none'] : [row.free, row.locked];
  }

  /** What was told since the last look, each as `x/X c` of an order, `l` of a list, or the event's name. */
  told(): readonly string[] {
    return this.events.splice(0).map((event) => {
      if (event.e === 'executionReport') return `${event.x}/${event.X} ${event.c}`;
      return event.e === 'listStatus' ? `listStatus ${event.l}` : String(event.e);
    });
  }

  /** The last execution report. */
  get report(): Payload {
    return this.events.findLast(({ e }) => e === 'executionReport') ?? {};
  }
}
