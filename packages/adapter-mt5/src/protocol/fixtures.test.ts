import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { readEnvelope } from './envelope.js';
import { hello, notices, tradeEvents } from './from-ea.js';
import { nodeNotices } from './from-node.js';
import { macOf } from './mac.js';
import { part, partItems, replies } from './replies.js';
import { requests } from './requests.js';
import { fixtureFiles } from './testing/fixture-files.js';
import { tickRow } from './tick.js';

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'));

interface Line {
  readonly name: string;
  readonly from: 'node' | 'ea';
  readonly line: string;
}
const lines: readonly Line[] = read('valid.json').lines;
const schemas: Readonly<Record<Line['from'], Readonly<Record<string, z.ZodType>>>> = {
  node: { ...nodeNotices, ...requests },
  ea: { hello, tick: tickRow, part, ...notices, ...tradeEvents, ...replies },
};

describe('the fixtures', () => {
  it.each(Object.keys(fixtureFiles))('in %s are what `npx tsx tools/mt5-fixtures.ts` writes', (name) => {
    const text = readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8');
    expect(text === fixtureFiles[name], 'run it again').toBe(true);
  });

  it.each(lines)('hold a good line of $from: $name', ({ from, line }) => {
    const envelope = readEnvelope(line);
    if (typeof envelope === 'string') throw new Error(envelope);
    const checked = schemas[from][envelope.t]?.safeParse(envelope.d);
    expect(checked?.error?.issues ?? []).toEqual([]);
    expect(checked?.success).toBe(true);
  });

  it.each(['node', 'ea'] as const)('hold a line of each type that %s says', (side) => {
    const types = lines.filter(({ from }) => from === side).map(({ line }) => JSON.parse(line).t);
    expect([...new Set(types)].sort()).toEqual(Object.keys(schemas[side]).sort());
  });

  it('hold items of each kind of part, all of which can be read', () => {
    const parts = lines.map(({ line }) => JSON.parse(line)).filter(({ t }) => t === 'part');
    expect(parts.map(({ d }) => d.kind).sort()).toEqual(Object.keys(partItems).sort());
    for (const { d } of parts)
      for (const item of d.items)
        expect(partItems[d.kind as keyof typeof partItems].safeParse(item).error).toBeUndefined();
  });

  it('hold names that are said once a side', () => {
    for (const list of [
      lines.map(({ from, name }) => from + name),
      read('invalid.json').lines.map((one: { to: string; name: string }) => one.to + one.name),
    ])
      expect(new Set(list).size).toBe(list.length);
  });

  it('hold proofs that are right', () => {
    for (const { secret, mac, ...parts } of read('macs.json').macs) expect(macOf(secret, parts)).toBe(mac);
  });
});
