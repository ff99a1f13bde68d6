import { createHmac } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { mt5Bridge } from '@mikrobot/adapter-mt5';
import { median, until } from '../figures.js';
import type { Scenario } from '../scenario.js';

const ACCOUNT = '5000001';
const SECRET = 'benchmark-secret-1';
const BLOCK = 1_000;
const TICKS = 300_000;
const ROUNDS = 5;

/** What the bridge asks to know of whoever connects, with the proof of the secret. */
const hello = (nonceS: string): string => {
  const nonce = '0123456789abcdef0123456789abcdef';
  const mac = createHmac('sha256', SECRET).update(`ea|${nonceS}|${nonce}|${ACCOUNT}`).digest('hex');
  const account = { account: ACCOUNT, server: 'Bench', company: 'Bench', currency: 'USD', currencyDigits: 2 };
  const modes = { leverage: 100, tradeMode: 'demo', marginMode: 'hedging', offset: 0 };
  const ring = { epoch: 'bench', firstSeq: 1, lastSeq: 0 };
  const d = { protoMin: 1, protoMax: 1, ea: '1.00', build: 5_000, ...account, ...modes, ...ring, nonce, mac };
  return JSON.stringify({ v: 1, t: 'hello', ts: 0, d });
};

/** Speaks as much of an EA as brings the line up. */
const connected = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1').setNoDelay();
  const heard = (): Promise<string> =>
    new Promise((resolve) => socket.once('data', (text) => resolve(String(text))));
  const { nonce } = JSON.parse(await heard()).d;
  socket.write(`${hello(nonce)}\n`);
  await heard();
  socket.write(`${JSON.stringify({ v: 1, t: 'reset', ts: 0, d: { lastSeq: 0 } })}\n`);
  return socket;
};

const tick = (i: number): string => {
  const bid = (1.095 + (i % 100) / 100_000).toFixed(5);
  const ask = (1.0952 + (i % 100) / 100_000).toFixed(5);
  return `{"v":1,"t":"tick","ts":1704895200000,"d":{"s":"EURUSD","t":${1_704_902_400_000 + i},"b":${bid},"a":${ask},"l":null,"v":null}}\n`;
};

/** Bytes on a socket to ticks of the bridge; sender and bridge share one thread. */
export const mt5Lines: Scenario = {
  name: 'metatrader, ticks from the socket',
  async run() {
    const bridge = mt5Bridge({ port: 0, secrets: { get: () => SECRET } });
    const terminal = await bridge.open(ACCOUNT);
    const socket = await connected(bridge.port as number);
    await until(() => terminal.state === 'up');
    const block = Buffer.from(Array.from({ length: BLOCK }, (_, i) => tick(i)).join(''));
    let seen = 0;
    terminal.on('tick', () => seen++);
    const speeds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const before = seen;
      const start = performance.now();
      for (let i = 0; i < TICKS / BLOCK; i++)
        if (!socket.write(block)) await new Promise((resolve) => socket.once('drain', resolve));
      await until(() => seen - before === TICKS);
      speeds.push((TICKS / (performance.now() - start)) * 1_000);
    }
    socket.destroy();
    await terminal.close();
    return [
      { name: 'ticks a second', value: median(speeds), unit: '/s', floor: 100_000, more: true },
      { name: 'bytes of a line', value: block.length / BLOCK, unit: '' },
    ];
  },
};
