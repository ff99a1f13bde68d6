import { isUtf8 } from 'node:buffer';
import { type Random, seededRandom } from '@mikrobot/core';
import type * as z from 'zod';
import { readEnvelope } from '../protocol/envelope.js';
import { notices, tradeEvents } from '../protocol/from-ea.js';
import { tickRow } from '../protocol/tick.js';
import { eaLines, mutateLine } from './fuzz-lines.js';
import type { ScriptedTerminal } from './scripted-terminal.js';
import { TestBridge, type Told } from './test-bridge.js';
import { until } from './until.js';

const schemas: Readonly<Record<string, z.ZodType>> = { ...tradeEvents, ...notices, tick: tickRow };

/** Whether a line on its own may be told of: the schemas say so, not the code that reads them. */
const mayBeTold = (bytes: Buffer): boolean => {
  const envelope = isUtf8(bytes) ? readEnvelope(bytes.toString()) : 'BAD_JSON';
  if (typeof envelope === 'string' || !Object.hasOwn(schemas, envelope.t)) return false;
  return schemas[envelope.t]?.safeParse(envelope.d).success === true;
};

/** Whether nothing behind a line is read any more. */
const isLast = (bytes: Buffer): boolean => {
  const envelope = isUtf8(bytes) ? readEnvelope(bytes.toString()) : 'BAD_UTF8';
  return typeof envelope === 'string' || envelope.t === 'bye';
};

const isSize = (value: unknown): boolean => Number.isFinite(value) && (value as number) >= 0;

/** Looks at what was told without any of the code that told it. @throws Error for what can be no event */
const judge = (told: readonly Told[]): void => {
  let last = 0;
  for (const [name, value, seq] of told) {
    const record = (value ?? {}) as Readonly<Record<string, unknown>>;
    const { ticket, volume, price, b, a, s } = record;
    const isTrade = name === 'deal' || name === 'order' || name === 'position';
    const isGood =
      (!isTrade ||
        (/^[1-9]\d*$/.test(String(ticket)) &&
          typeof ticket === 'string' &&
          isSize(volume) &&
          (isSize(price) || (name === 'order' && price === undefined)) &&
          (seq as number) > last)) &&
      (name !== 'tick' ||
        (isSize(b) && isSize(a) && (b as number) > 0 && (a as number) >= (b as number) && s !== '')) &&
      (name !== 'deal' || ['in', 'out', 'inout', 'out-by'].includes(String(record.entry))) &&
      (name !== 'position' || ['buy', 'sell'].includes(String(record.side))) &&
      (name !== 'account' || Object.values(record).every((one) => one !== null && one !== undefined));
    if (!isGood) throw new Error(`This can be no event: ${name} ${JSON.stringify(value)} ${seq}`);
    if (isTrade) last = seq as number;
    // After lost events the numbers may begin anew where the EA says.
    if (name === 'reset' || name === 'up') last = 0;
  }
};

/** What a run of {@link fuzzLines} saw. */
export interface FuzzReport {
  readonly lines: number;
  readonly connections: number;
  readonly told: number;
  readonly refused: number;
  readonly drops: Readonly<Record<string, number>>;
}

/**
 * Plays so many changed lines to a bridge, over as many connections as it takes, and counts what is told.
 * @throws Error when more is told than there are lines that may be told of, or the bridge does not come up again
 */
export const fuzzLines = async (lines: number, seed: number): Promise<FuzzReport> => {
  const random: Random = seededRandom(seed);
  const world = await TestBridge.open({ maxConnections: 1_000 });
  const silent = new Set(['up', 'down', 'reset']);
  let connections = 0;
  let told = 0;
  let allowed = 0;
  let done = 0;
  try {
    while (done < lines) {
      connections += 1;
      const ea: ScriptedTerminal = await world.up({ epoch: `e${connections}` });
      const batch: Buffer[] = [];
      let ended = false;
      while (done < lines && !ended) {
        const good = eaLines[Math.floor(random() * eaLines.length)] as string;
        const bytes = random() < 0.3 ? Buffer.from(good) : mutateLine(good, random);
        // A change may have put an end into the line.
        const parts = splitAll(bytes);
        ended = parts.some(isLast);
        // Few of these, or no connection would last.
        if (ended && random() < 0.98) {
          ended = false;
          continue;
        }
        done += 1;
        allowed += parts.filter(mayBeTold).length;
        batch.push(bytes, Buffer.from('\n'));
      }
      // For the last batch: all is known to be read when the connection is over.
      batch.push(Buffer.from('end\n'));
      ea.raw(Buffer.concat(batch));
      await world.down();
      ea.close();
      told += world.told.filter(([name]) => !silent.has(name)).length;
      judge(world.told);
      if (told > allowed) throw new Error(`${told} told of ${allowed} that may be`);
      world.told.length = 0;
    }
    const refused = Object.values(world.bridge.refusals).reduce((sum, count) => sum + count, 0);
    return { lines: done, connections, told, refused, drops: world.terminal.drops };
  } finally {
    await world.close();
  }
};

const splitAll = (bytes: Buffer): readonly Buffer[] => {
  const lines: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, from)) {
    lines.push(bytes.subarray(from, at));
    from = at + 1;
  }
  return [...lines, bytes.subarray(from)];
};

/** Waits until the machine has nothing to do for this process, and tells its memory, bytes. */
export const settledHeap = async (): Promise<number> => {
  await until('a turn', () => true);
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
