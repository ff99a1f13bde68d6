import { type ChildProcess, spawn } from 'node:child_process';
import { systemClock, type Tick } from '@mikrobot/core';
import { EventName, IBApi, SecType } from '@stoqey/ib';
import { openLine } from '../line/open-line.js';
import { TickStreams } from '../market/tick-streams.js';

/** How fast ticks of a socket become something. */
export interface TickFigure {
  readonly name: string;
  readonly ticks: number;
  /** By processor time of this process: others do not make it slower. */
  readonly ticksPerSecond: number;
}

/** A server in a process of its own, so that its work is not measured: the handshake, then prices for whoever asks for market data. */
const server = `
const net = require('node:net');
const frame = (...fields) => {
  const body = Buffer.from(fields.join('\\0') + '\\0');
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
};
const count = Number(process.argv[1]);
const listener = net.createServer((socket) => {
  socket.on('error', () => undefined);
  let greeted = false;
  socket.on('data', (data) => {
    const text = data.toString('latin1');
    if (!greeted && text.startsWith('API')) {
      greeted = true;
      socket.write(frame(193, '20240110 15:00:00 UTC'));
    }
    if (text.includes('71\\x002\\x00')) {
      socket.write(Buffer.concat([frame(15, 1, 'DU1'), frame(9, 1, 1)]));
    }
    const asked = /1\\x0011\\x00(\\d+)\\x00/.exec(text);
    if (asked === null) return;
    const id = asked[1];
    socket.write(frame(1, 6, id, 2, 200, 5, 1));
    let left = count;
    const more = () => {
      while (left > 0) {
        const frames = [];
        // Each tells another bid: one message is one tick.
        for (let i = 0; i < 1000 && left > 0; i++, left--) frames.push(frame(1, 6, id, 1, 100 + (left % 400) / 4, 7, 1));
        if (!socket.write(Buffer.concat(frames))) return void socket.once('drain', more);
      }
    };
    more();
  });
});
listener.listen(0, '127.0.0.1', () => console.log(listener.address().port));
`;

const startServer = async (ticks: number): Promise<{ child: ChildProcess; port: number }> => {
  const child = spawn(process.execPath, ['-e', server, String(ticks)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<number>((resolve) =>
    child.stdout?.once('data', (data: Buffer) => resolve(Number(data.toString()))),
  );
  return { child, port };
};

/** Processor time of this process, s. */
const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const contract = { conId: 1, symbol: 'ES', secType: SecType.FUT, exchange: 'CME', currency: 'USD' };

/** Begins to listen on a port, calls `tick` for each, and gives the way to end it. */
type Listen = (port: number, tick: () => void) => Promise<() => void>;

const bare: Listen = async (port, tick) => {
  const api = new IBApi({ host: '127.0.0.1', port, clientId: 1, maxReqPerSec: 1_000 });
  await new Promise<void>((resolve) => {
    api.once(EventName.nextValidId, () => resolve());
    api.connect();
  });
  api.on(EventName.tickPrice, (_id, field) => {
    if (field === 1) tick();
  });
  api.reqMktData(1_000, contract, '', false, false);
  return () => void api.disconnect();
};

const guarded: Listen = async (port, tick) => {
  const clock = systemClock();
  const line = await openLine({ host: '127.0.0.1', port, clientId: 1, clock }, new AbortController().signal);
  let last = 0;
  const streams = new TickStreams({
    clock,
    delayedData: false,
    find: (symbol) => ({ symbol, contract, spec: {}, tradable: true }),
    emit: ({ bid }: Tick) => {
      // What a reader does at least.
      last = bid;
      tick();
    },
    condition: () => undefined,
  });
  streams.attach(line);
  void streams.subscribe('ES');
  return () => {
    if (last === 0) throw new Error('no tick has come');
    streams.close();
    line.close('the bench is over');
  };
};

const measure = async (name: string, ticks: number, listen: Listen): Promise<TickFigure> => {
  const { child, port } = await startServer(ticks);
  try {
    let [seen, warm, begun, ended] = [0, Math.floor(ticks / 4), 0, 0];
    let done: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      done = resolve;
    });
    const end = await listen(port, () => {
      seen += 1;
      if (seen === warm) begun = seconds();
      if (seen !== ticks) return;
      ended = seconds();
      done();
    });
    await all;
    end();
    return { name, ticks: ticks - warm, ticksPerSecond: (ticks - warm) / (ended - begun) };
  } finally {
    child.kill();
  }
};

/** Measures the client library alone, and the way from the socket to the tick of the model. */
export const benchTicks = async (ticks: number): Promise<readonly TickFigure[]> => [
  await measure('bare @stoqey/ib', ticks, bare),
  await measure('from socket to tick', ticks, guarded),
];
