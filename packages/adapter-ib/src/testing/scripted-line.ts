import { type Clock, systemClock } from '@mikrobot/core';
import { EventName, IBApi } from '@stoqey/ib';
import type { Commands, Line, Notice } from '../line/line.js';
import { Requests } from '../line/requests.js';

/** A command that went over a scripted line. */
export interface Sent {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** Answers a command by messages of the wire. */
export type Answer = (sent: Sent, line: ScriptedLine) => void;

/**
 * A line without a socket: what is sent is written down, what is received is told by the test as fields of the wire, and decoded by the
 * client library. Requests are the adapter's own.
 */
export interface ScriptedLine extends Line {
  readonly sent: readonly Sent[];
  /** Commands of one name, in order. */
  sentAs(name: string): readonly (readonly unknown[])[];
  /** Decodes one message with the client library, and tells it. */
  receive(...fields: readonly (string | number)[]): void;
  notice(id: number, code: number, text: string): void;
  /** Called after each command, as an answer comes over a socket. */
  answer: Answer;
}

/** What of the client library takes a message; it keeps these to itself. */
interface Inside {
  readonly controller: {
    readonly socket: { _serverVersion: number };
    readonly decoder: { enqueueMessage(fields: string[]): void; process(): void };
  };
}

/** Makes a line for tests of what stands above it. */
export const scriptedLine = ({
  serverVersion = 193,
  accounts = ['DU1'],
  clock = systemClock(),
  answer = () => undefined,
}: {
  readonly serverVersion?: number;
  readonly accounts?: readonly string[];
  readonly clock?: Clock;
  readonly answer?: Answer;
} = {}): ScriptedLine => {
  const library = new IBApi({ host: '127.0.0.1', port: 1, clientId: 1, maxReqPerSec: 1_000 });
  const { socket, decoder } = (library as unknown as Inside).controller;
  socket._serverVersion = serverVersion;
  const sent: Sent[] = [];
  const notices = new Set<(notice: Notice) => void>();
  const ends = new Set<(why: string) => void>();
  let open = true;
  let ids = 1_000;
  const commands = new Proxy({} as Commands, {
    get:
      (_, name: string) =>
      (...args: readonly unknown[]) => {
        const one = { name, args };
        sent.push(one);
        queueMicrotask(() => line.answer(one, line));
        return commands;
      },
  });
  const requests = new Requests({
    clock,
    events: library,
    name: 'test',
    send: (command) => line.send(command),
    nextId: () => line.nextRequestId(),
    giveUp: (why) => line.close(why),
  });
  const tell = (notice: Notice): void => {
    if (requests.take(notice)) return;
    for (const listener of [...notices]) listener(notice);
  };
  library.on(EventName.error, (error, code, id) => tell({ id, code, text: error.message }));
  library.on(EventName.info, (text, code) => tell({ id: -1, code, text }));
  const line: ScriptedLine = {
    serverVersion,
    accounts,
    nextOrderId: 1,
    heardAt: 0,
    drops: {},
    get isOpen() {
      return open;
    },
    events: library,
    sent,
    answer,
    sentAs: (name) => sent.filter((one) => one.name === name).map(({ args }) => args),
    receive(...fields) {
      decoder.enqueueMessage(fields.map(String));
      decoder.process();
    },
    notice: (id, code, text) => tell({ id, code, text }),
    nextRequestId() {
      ids += 1;
      return ids;
    },
    send(command) {
      if (open) command(commands);
      return open;
    },
    request: (request) => requests.request(request),
    onNotice(listener) {
      notices.add(listener);
      return () => void notices.delete(listener);
    },
    onEnd(listener) {
      ends.add(listener);
      return () => void ends.delete(listener);
    },
    close(why) {
      if (!open) return;
      open = false;
      requests.end(why);
      for (const listener of [...ends]) listener(why);
    },
  };
  return line;
};
