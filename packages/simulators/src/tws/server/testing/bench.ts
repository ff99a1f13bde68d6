import { VirtualClock } from '@mikrobot/core';
import type { Handler, Handlers } from '../../handler.js';
import type { TwsSession } from '../../session.js';
import { Sessions } from '../sessions.js';
import { type ServedTws, type ServeOptions, serveTws } from '../simulator.js';
import { codesOf, RawClient, rawFrame, rawGreeting } from './raw-client.js';

/** 2026-01-02 09:00:00 UTC, where the clock of the bench stands, epoch ms. */
export const benchTime = Date.UTC(2026, 0, 2, 9);

/** A server in front of rooms that write down what they are asked and answer little. */
export interface Bench {
  readonly tws: ServedTws;
  readonly clock: VirtualClock;
  /** Requests that reached a room: client id, then the fields behind the message's id. */
  readonly asked: (readonly [number, readonly string[]])[];
  readonly sessions: Iterable<TwsSession> & { get(clientId: number): TwsSession | undefined };
  /** How often a session was told that its market data is forgotten, and which clients ended. */
  readonly dataLosses: number[];
  readonly ends: number[];
  /** Errors that the next orders are to be refused with. */
  readonly refusals: (readonly [number, string])[];
  /** Resolves once rooms were asked so often, and what they said then has left. */
  reached(count: number): Promise<void>;
  /** A client that has started. */
  client(clientId?: number, versions?: string): Promise<RawClient>;
  /** `started` or `closed`, and the codes of notices that a client was told when it tried to start. */
  tryToStart(clientId: number): Promise<readonly (string | undefined)[]>;
  /** Rejects with the first thing that broke inside. */
  close(): Promise<void>;
}

/** How far order ids went back. */
interface OrderIds {
  next: number;
}

/** Opens a bench. Orders (3) are answered with `[3, id, 'Submitted']`, executions (7) with one, its commission and its end. */
export const openBench = async (options: ServeOptions = {}): Promise<Bench> => {
  const clock = new VirtualClock(benchTime);
  const asked: (readonly [number, readonly string[]])[] = [];
  const ids: OrderIds = { next: 100 };
  const [dataLosses, ends]: [number[], number[]] = [[], []];
  const clients: RawClient[] = [];
  const refusals: (readonly [number, string])[] = [];
  let waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  const isReached = (count: number): boolean => asked.length >= count;
  const sessions = new Sessions();
  const write = (answer: Handler): Handler => {
    return (session, fields) => {
      const all = Array.from({ length: fields.left }, () => fields.string());
      asked.push([session.clientId, all]);
      answer(session, fields);
      for (const { resolve } of waiting.filter(({ count }) => isReached(count))) resolve();
      waiting = waiting.filter(({ count }) => !isReached(count));
      const [first = ''] = all;
      if (first === 'throw') throw new Error('a room broke');
    };
  };
  const handlers: Handlers = {
    3: write((session) => session.send([3, asked.at(-1)?.[1][0], 'Submitted'])),
    5: write((session) => session.send([53, 1])),
    7: write((session) => {
      session.send([11, 7, 1, 'asked']);
      session.send([59, 1, 'asked']);
      session.send([55, 1, 7]);
    }),
    9: write(() => undefined),
  };
  const tws = await serveTws(
    {
      accounts: ['DU1', 'DU2'],
      handlers,
      nextOrderId: (clientId) => ids.next + clientId,
      rollBackOrderIds: (by) => {
        ids.next -= by;
      },
      refuseNextOrder: (code, text) => refusals.push([code, text]),
      onStart: (session) => {
        session.onEnd(() => ends.push(session.clientId));
        session.onDataLost(() => dataLosses.push(session.clientId));
      },
    },
    sessions,
    { clock, ...options },
  );
  return {
    tws,
    clock,
    asked,
    sessions,
    dataLosses,
    ends,
    refusals,
    async reached(count) {
      if (!isReached(count)) await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      // The server gathers what was said in this turn in a microtask of its own, which was queued before.
      await Promise.resolve();
    },
    async client(clientId = 1, versions) {
      const client = await RawClient.start(tws.port, clientId, versions);
      clients.push(client);
      return client;
    },
    async tryToStart(clientId) {
      const client = new RawClient(tws.port);
      client.socket.write(Buffer.concat([rawGreeting('v100..193'), rawFrame([71, 2, clientId, ''])]));
      const started = client.next(([id, , , code]) => id === '4' && code === '2158').then(() => 'started');
      const closed = client.closed.then(() => 'closed');
      const result = await Promise.race([closed, started.catch(() => 'closed')]);
      client.close();
      return [result, ...codesOf(client.messages)];
    },
    async close() {
      for (const client of clients) client.close();
      await tws.close();
      if (tws.failures.length > 0) throw tws.failures[0];
    },
  };
};
