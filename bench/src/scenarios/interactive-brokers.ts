import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { forex, interactiveBrokers } from '@mikrobot/adapter-ib';
import { createBot, fixedQuantity, fresh, wellFormed } from '@mikrobot/core';
import { startTws, type TwsSimulator } from '@mikrobot/simulators';
import { EventName, Forex, IBApi, OrderAction, OrderType } from '@stoqey/ib';
import { eager } from '../eager.js';
import { median, percentile, until } from '../figures.js';
import type { Figure, Scenario } from '../scenario.js';

const TICKS = 256 * 800;
const ROUNDS = 7;
/** Bytes that the socket is given at a time, as a busy TWS's writes arrive. */
const CHUNK = 32_768;

const frame = (fields: readonly (string | number)[]): Buffer => {
  const body = Buffer.from(`${fields.join('\0')}\0`);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
};

/** Stands between a client and the simulated TWS, to say more ticks than any simulated market would. */
class TickSource {
  #client: Socket | undefined;
  #tickerId = '';
  readonly #server = createServer((client) => {
    const tws = connect(this.#target, '127.0.0.1');
    this.#client = client.setNoDelay();
    client.on('data', (data) => {
      // Message 1, version 11, asks for market data; the next field is the id under which its ticks come.
      const fields = data.toString('latin1').split('\0');
      const at = fields.findIndex((field, i) => field.endsWith('1') && fields[i + 1] === '11');
      if (at >= 0) this.#tickerId = fields[at + 2] ?? '';
      tws.write(data);
    });
    tws.on('data', (data) => void client.write(data));
    for (const [one, other] of [
      [client, tws],
      [tws, client],
    ] as const)
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
  });
  readonly #target: number;

  constructor(target: number) {
    this.#target = target;
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  get isAsked(): boolean {
    return this.#tickerId !== '';
  }

  /** Bids that change with each message, so that each is a tick. */
  say(count: number): void {
    const client = this.#client;
    if (client === undefined) throw new Error('Nobody has connected.');
    const frames = Array.from({ length: 256 }, (_, i) =>
      frame([1, 6, this.#tickerId, 1, (1.08 + i / 100_000).toFixed(5), 1_000_000, 1]),
    );
    const bytes = Buffer.concat(Array.from({ length: count / 256 }, () => Buffer.concat(frames)));
    for (let at = 0; at < bytes.length; at += CHUNK) client.write(bytes.subarray(at, at + CHUNK));
  }

  close(): void {
    this.#client?.destroy();
    this.#server.close();
  }
}

/** Ticks a second from the socket to whoever counts them, each round on the same connection. */
const measured = async (source: TickSource, count: () => number): Promise<number> => {
  const speeds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const before = count();
    const start = performance.now();
    source.say(TICKS);
    await until(() => count() - before >= TICKS);
    speeds.push((TICKS / (performance.now() - start)) * 1_000);
  }
  return median(speeds.slice(1));
};

const adapterTicks = async (tws: TwsSimulator): Promise<number> => {
  const source = new TickSource(tws.port);
  const adapter = interactiveBrokers({
    port: await source.listen(),
    clientId: 1,
    contracts: { EURUSD: forex('EURUSD') },
    checkMargin: false,
  });
  let ticks = 0;
  adapter.on('tick', () => ticks++);
  await adapter.connect(new AbortController().signal);
  await adapter.instruments();
  void adapter.subscribe({ symbol: 'EURUSD' });
  await until(() => source.isAsked && ticks > 0);
  const speed = await measured(source, () => ticks);
  adapter.close();
  source.close();
  return speed;
};

const bareTicks = async (tws: TwsSimulator): Promise<number> => {
  const source = new TickSource(tws.port);
  const api = new IBApi({ host: '127.0.0.1', port: await source.listen(), clientId: 2, maxReqPerSec: 50 });
  let ticks = 0;
  api.on(EventName.tickPrice, () => ticks++);
  api.once(EventName.nextValidId, () => api.reqMktData(1, new Forex('EUR', 'USD'), '', false, false));
  api.connect();
  await until(() => source.isAsked && ticks > 0);
  const speed = await measured(source, () => ticks);
  api.disconnect();
  source.close();
  return speed;
};

/** From bytes on a socket to ticks of the model, beside the client library alone. */
export const ibTicks: Scenario = {
  name: 'interactive brokers, ticks from the socket',
  async run() {
    const tws = await startTws();
    const market = setInterval(() => tws.controls.quote('EURUSD', 1.09, 1.0901), 50);
    const ours = await adapterTicks(tws);
    const theirs = await bareTicks(tws);
    clearInterval(market);
    await tws.close();
    return [
      { name: 'ticks a second, socket to event', value: ours, unit: '/s', floor: 100_000, more: true },
      { name: 'bare @stoqey/ib 1.6.10', value: theirs, unit: '/s' },
      { name: 'share of it', value: ours / theirs, unit: 'x', more: true },
    ];
  },
};

const ORDERS = 300;
const WARM = 50;
/** Messages that TWS takes in a second: orders are placed no faster. */
const PAUSE = 45;

/** Ms from the call to the first news of limit orders that rest, by a bot and by the client library, in turns. */
const roundTrips = async (): Promise<{ readonly ours: number[]; readonly theirs: number[] }> => {
  const tws = await startTws({ accounts: [{ id: 'DU1', currency: 'USD', balance: '1000000000' }] });
  let quotes = 0;
  const quote = (): void => tws.controls.quote('EURUSD', 1.09, 1.0901 + (quotes++ % 2) / 10_000);
  quote();
  const ours: number[] = [];
  const theirs: number[] = [];
  const adapter = interactiveBrokers({
    port: tws.port,
    clientId: 1,
    contracts: { EURUSD: forex('EURUSD') },
  });
  const submit = adapter.submit.bind(adapter);
  let answered: () => void = () => undefined;
  let failed: string | undefined;
  adapter.submit = async (order) => {
    const start = performance.now();
    const outcome = await submit(order);
    ours.push(performance.now() - start);
    if (outcome.outcome !== 'accepted') failed = JSON.stringify(outcome);
    answered();
    return outcome;
  };
  const bot = createBot({
    adapter,
    run: [{ strategy: eager(1.05), symbol: 'EURUSD' }],
    risk: fixedQuantity({ lots: 20_000 }),
    validate: [wellFormed(), fresh()],
  });
  const running = bot.run();
  await until(() => {
    quote();
    return ours.length > 0;
  });
  const api = new IBApi({ host: '127.0.0.1', port: tws.port, clientId: 2, maxReqPerSec: 50 });
  let nextId = 0;
  let told: () => void = () => undefined;
  api.on(EventName.nextValidId, (id) => {
    nextId = id;
  });
  api.on(EventName.openOrder, () => told());
  api.connect();
  await until(() => nextId > 0);
  for (let i = 0; i < ORDERS + WARM; i++) {
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    quote();
    await answer;
    if (failed !== undefined) throw new Error(failed);
    const open = new Promise<void>((resolve) => {
      told = resolve;
    });
    const start = performance.now();
    api.placeOrder(nextId++, new Forex('EUR', 'USD'), {
      action: OrderAction.BUY,
      orderType: OrderType.LMT,
      totalQuantity: 20_000,
      lmtPrice: 1.05,
      transmit: true,
    });
    await open;
    theirs.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
  api.disconnect();
  await bot.stop();
  await running;
  await tws.close();
  return { ours: ours.slice(WARM), theirs: theirs.slice(WARM) };
};

/** An order over loopback, by the adapter and by the client library alone, in turns on one simulator. */
export const ibRoundTrip: Scenario = {
  name: 'interactive brokers, order round trip over loopback',
  async run() {
    const { ours, theirs } = await roundTrips();
    const us = (name: string, value: number): Figure => ({ name, value: value * 1_000, unit: 'µs' });
    const p50 = percentile(ours, 0.5);
    return [
      us('p50', p50),
      us('p99', percentile(ours, 0.99)),
      us('p50 of bare @stoqey/ib 1.6.10', percentile(theirs, 0.5)),
      us('p99 of bare @stoqey/ib 1.6.10', percentile(theirs, 0.99)),
      { name: 'p50 as a share of it', value: p50 / percentile(theirs, 0.5), unit: 'x' },
    ];
  },
};
