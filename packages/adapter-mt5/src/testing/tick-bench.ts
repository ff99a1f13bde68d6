import { randomBytes } from 'node:crypto';
import { mt5Bridge } from '../bridge/mt5-bridge.js';
import { ScriptedTerminal, SECRET } from './scripted-terminal.js';
import { until } from './until.js';

/** What {@link measureTicks} found. */
export interface TickFigures {
  readonly ticks: number;
  /** From the first byte on the socket to the last event. */
  readonly ticksPerSecond: number;
  /** Bytes of a line. */
  readonly bytes: number;
}

/**
 * Sends so many `tick` lines over a loopback socket to a bridge, as fast as it takes them, and waits for their events. Sender and bridge
 * share one thread; the sender's lines are made before.
 */
export const measureTicks = async (ticks: number): Promise<TickFigures> => {
  const bridge = mt5Bridge({ port: 0, secrets: { get: () => SECRET } });
  const terminal = await bridge.open('5000001');
  const ea = await ScriptedTerminal.up(bridge.port as number, { epoch: randomBytes(4).toString('hex') });
  await until('up', () => terminal.state === 'up');
  const line = (i: number): string => {
    const bid = (1.095 + (i % 100) / 100_000).toFixed(5);
    const ask = (1.0952 + (i % 100) / 100_000).toFixed(5);
    return `{"v":1,"t":"tick","ts":1704895200000,"d":{"s":"EURUSD","t":${1_704_902_400_000 + i},"b":${bid},"a":${ask},"l":null,"v":null}}\n`;
  };
  const block = Buffer.from(Array.from({ length: 1_000 }, (_, i) => line(i)).join(''));
  const sent = Math.ceil(ticks / 1_000);
  let seen = 0;
  terminal.on('tick', () => {
    seen += 1;
  });
  const start = performance.now();
  for (let i = 0; i < sent; i++)
    if (!ea.socket.write(block)) await new Promise((resolve) => ea.socket.once('drain', resolve));
  await until('all ticks', () => seen === sent * 1_000);
  const seconds = (performance.now() - start) / 1_000;
  ea.close();
  await terminal.close();
  return { ticks: seen, ticksPerSecond: Math.round(seen / seconds), bytes: Math.round(block.length / 1_000) };
};
