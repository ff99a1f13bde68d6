import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { protocolDoc, protocolPage } from './mt5-protocol-doc.js';

const page = readFileSync(protocolDoc, 'utf8');

describe('docs/mt5-protocol.md', () => {
  it('has the tables that `npx tsx tools/mt5-protocol-doc.ts` writes', () => {
    expect(page === protocolPage(page), 'run it again').toBe(true);
  });

  it('holds examples that are JSON, one line each, of its version', () => {
    const examples = [...page.matchAll(/```json\n(.+)\n```/g)].map(([, line]) => JSON.parse(line as string));
    expect(examples.length).toBeGreaterThan(30);
    for (const { v, t, d } of examples) expect([v, typeof t, typeof d]).toEqual([1, 'string', 'object']);
  });
});
