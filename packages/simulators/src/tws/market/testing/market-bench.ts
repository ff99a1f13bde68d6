import { VirtualClock } from '@mikrobot/core';
import { EventName, IBApi } from '@stoqey/ib';
import { afterEach, expect } from 'vitest';
import type { SimulatedContract } from '../../contracts/contract.js';
import { ContractBook } from '../../contracts/contract-book.js';
import { defaultContracts } from '../../contracts/default-contracts.js';
import type { TwsServerVersion } from '../../server/parts.js';
import { Sessions } from '../../server/sessions.js';
import { type ServedTws, serveTws } from '../../server/simulator.js';
import type { MarketOptions } from '../market.js';
import type { MarketControls } from '../market-controls.js';
import { type TwsMarket, twsMarket } from '../tws-market.js';

/** Tuesday 2 January 2024, 10:00 New York, where the clock of the bench stands, epoch ms. */
export const benchTime = Date.UTC(2024, 0, 2, 15);

/** What is special about a bench. */
export interface MarketBenchOptions extends MarketOptions {
  readonly serverVersion?: TwsServerVersion;
  readonly contracts?: readonly SimulatedContract[];
  readonly start?: number;
}

/** The client library that users have, connected to a simulator; it writes down all that it makes of what comes. */
export class LibraryClient {
  readonly api: IBApi;
  readonly #heard: { readonly name: string; readonly args: readonly unknown[] }[] = [];

  constructor(port: number, clientId: number) {
    this.api = new IBApi({ host: '127.0.0.1', port, clientId, maxReqPerSec: 10_000 });
    this.api.on(EventName.all, (name, args) => this.#heard.push({ name, args: args ?? [] }));
    // An emitter throws where nobody listens to its errors.
    this.api.on(EventName.error, () => undefined);
  }

  async start(): Promise<this> {
    const ready = new Promise((resolve) => this.api.once(EventName.nextValidId, resolve));
    this.api.connect();
    await ready;
    await this.settle();
    this.#heard.length = 0;
    return this;
  }

  /** Until all that was sent is answered, as far as it is answered at once. */
  async settle(): Promise<void> {
    const answered = new Promise((resolve) => this.api.once(EventName.currentTime, resolve));
    this.api.reqCurrentTime();
    await answered;
  }

  /** What came since it was last asked, as the library tells it: name of the event, then its arguments. */
  async heard(...names: readonly string[]): Promise<readonly (readonly unknown[])[]> {
    await this.settle();
    return this.#heard
      .splice(0)
      .filter(({ name }) => (names.length === 0 ? !OWN.has(name) : names.includes(name)))
      .map(({ name, args }) => [name, ...args]);
  }

  /** Errors that came since it was last asked: request id, code, text. */
  async errors(): Promise<readonly (readonly [id: unknown, code: unknown, text: string])[]> {
    return (await this.heard('error')).map(([, error, code, id]) => [id, code, (error as Error).message]);
  }
}

/** Events of the line itself. */
const OWN: ReadonlySet<string> = new Set([
  'sent',
  'received',
  'currentTime',
  'connected',
  'disconnected',
  'server',
]);

/** A simulator with the rooms of contracts, market and history behind a real socket, its clock at {@link benchTime}. */
export interface MarketBench {
  readonly tws: ServedTws;
  readonly clock: VirtualClock;
  readonly market: TwsMarket;
  readonly controls: MarketControls;
  /** Quotes that went to the exchange: contract id, bid, ask. */
  readonly quotes: (readonly [number, number, number])[];
  connect(clientId?: number): Promise<LibraryClient>;
  close(): Promise<void>;
}

const openMarket = async (options: MarketBenchOptions = {}): Promise<MarketBench> => {
  const clock = new VirtualClock(options.start ?? benchTime);
  const book = new ContractBook(options.contracts ?? defaultContracts(clock.now()), clock);
  const quotes: (readonly [number, number, number])[] = [];
  const exchange = { onQuote: (id: number, bid: number, ask: number) => void quotes.push([id, bid, ask]) };
  const market = twsMarket({ ...options, book, clock, exchange });
  const tws = await serveTws(
    {
      accounts: ['DU1'],
      handlers: market.handlers,
      nextOrderId: () => 1,
      rollBackOrderIds: () => undefined,
      refuseNextOrder: () => undefined,
    },
    new Sessions(),
    { clock, serverVersion: options.serverVersion, messagesPerSecond: 10_000 },
  );
  const clients: LibraryClient[] = [];
  return {
    tws,
    clock,
    market,
    controls: market.controls,
    quotes,
    async connect(clientId = 1) {
      const client = await new LibraryClient(tws.port, clientId).start();
      clients.push(client);
      return client;
    },
    async close() {
      for (const { api } of clients) api.disconnect();
      market.close();
      await tws.close();
    },
  };
};

/** A bench and its first client. */
export interface OpenMarket extends MarketBench {
  readonly client: LibraryClient;
}

/**
 * The way to open a bench in the tests of the block that it is called in. It is closed after the test, which fails when something
 * broke inside.
 */
export const marketOfEachTest = (): ((options?: MarketBenchOptions) => Promise<OpenMarket>) => {
  let bench: MarketBench | undefined;
  afterEach(async () => {
    const failures = [...(bench?.tws.failures ?? [])];
    await bench?.close();
    bench = undefined;
    expect(failures).toEqual([]);
  });
  return async (options) => {
    bench = await openMarket(options);
    return { ...bench, client: await bench.connect() };
  };
};
