import { setImmediate } from 'node:timers/promises';
import { VirtualClock } from '@mikrobot/core';
import type { TwsServerVersion } from '../../server/parts.js';
import { RawClient } from '../../server/testing/raw-client.js';
import { startTws, type TwsOptions, type TwsSimulator } from '../../start-tws.js';
import { Client } from './client.js';

/** A Wednesday, 15:00 in London and 10:00 in New York: all markets are open. */
const START = Date.UTC(2026, 0, 14, 15);

/** A TWS with raw clients; its time moves only by {@link TwsUnderTest.advance}. */
export class TwsUnderTest {
  readonly clock: VirtualClock;
  readonly tws: TwsSimulator;
  readonly serverVersion: TwsServerVersion;
  readonly #connections: RawClient[] = [];
  readonly #clients: Client[] = [];

  private constructor(tws: TwsSimulator, clock: VirtualClock, serverVersion: TwsServerVersion) {
    this.tws = tws;
    this.clock = clock;
    this.serverVersion = serverVersion;
  }

  static async start(serverVersion: TwsServerVersion, options: TwsOptions = {}): Promise<TwsUnderTest> {
    const clock = new VirtualClock(START);
    const tws = await startTws({ ...options, clock, serverVersion });
    tws.controls.quote('AAPL', 200, 200.1);
    tws.controls.quote('ES', 5000, 5000.25);
    return new TwsUnderTest(tws, clock, serverVersion);
  }

  /** A client that has started and has read what TWS said then. */
  async client(clientId = 1): Promise<Client> {
    const raw = await RawClient.start(this.tws.port, clientId);
    this.#connections.push(raw);
    const client = new Client(raw, clientId, this.serverVersion);
    this.#clients.push(client);
    return client;
  }

  /** A connection that has not greeted. */
  connect(): RawClient {
    const raw = new RawClient(this.tws.port);
    this.#connections.push(raw);
    return raw;
  }

  /** Best prices of AAPL. */
  quote(bid: number, ask: number): void {
    this.tws.controls.quote('AAPL', bid, ask);
  }

  /** Moves the time of TWS; what is due happens. */
  advance(ms: number): void {
    this.clock.advance(this.clock.now() + ms);
  }

  /** Reads all that clients were told by the decoder of @stoqey/ib. Throws where a message has a field too few or too many. */
  readAll(): void {
    for (const client of this.#clients) {
      const [, ...messages] = client.raw.messages;
      // The decoder skips a field of completed orders below 177, and so loses its place.
      client.read(messages.filter(([id]) => id !== '101' || this.serverVersion >= 177));
    }
  }

  /** Resolves once no more than so many connections are open. */
  async connectionsLeft(count: number): Promise<void> {
    while (this.tws.connections > count) await setImmediate();
  }

  async close(): Promise<void> {
    for (const connection of this.#connections) connection.close();
    await this.tws.close();
  }
}
