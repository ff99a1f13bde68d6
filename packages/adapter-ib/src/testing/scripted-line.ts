import { EventName, IBApi } from '@stoqey/ib';
import type { Commands, Line, Notice, Request } from '../line/line.js';

/** A command that went over a scripted line. */
export interface Sent {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** A line without a socket: what is sent is written down, what is received is told by the test as fields of the wire. */
export interface ScriptedLine extends Line {
  readonly sent: readonly Sent[];
  /** Commands of one name, in order. */
  sentAs(name: string): readonly (readonly unknown[])[];
  /** Decodes one message with the client library, and tells it. */
  receive(...fields: readonly (string | number)[]): void;
  notice(id: number, code: number, text: string): void;
  /** Called after each command: an answer by the script. */
  answer: (sent: Sent) => void;
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
  timeout = 50,
}: {
  readonly serverVersion?: number;
  readonly accounts?: readonly string[];
  readonly timeout?: number;
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
        line.answer(one);
        return commands;
      },
  });
  const tell = (notice: Notice): void => {
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
    answer: () => undefined,
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
    request<T>({ what, ask, listen, timeout: wait = timeout, tolerate = [] }: Request<T>) {
      const id = line.nextRequestId();
      return new Promise<readonly T[]>((resolve, reject) => {
        const parts: T[] = [];
        const stop = (end: () => void) => () => {
          clearTimeout(timer);
          leave();
          leaveNotices();
          leaveEnd();
          end();
        };
        const timer = setTimeout(
          stop(() => reject(new Error(`${what}: timed out`))),
          wait,
        );
        const leaveNotices = line.onNotice((notice) => {
          if (notice.id === id && !tolerate.includes(notice.code))
            stop(() => reject(new Error(`${what}: ${notice.code}`)))();
        });
        const leaveEnd = line.onEnd(stop(() => reject(new Error(`${what}: line ended`))));
        const leave = listen(
          library,
          id,
          (part) => parts.push(part),
          stop(() => resolve(parts)),
        );
        line.send((all) => ask(all, id));
      });
    },
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
      for (const listener of [...ends]) listener(why);
    },
  };
  return line;
};
