import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LINE_LIMIT } from '../protocol/fields.js';
import { fuzzLines } from '../testing/fuzz-world.js';
import { ScriptedTerminal } from '../testing/scripted-terminal.js';
import { TestBridge } from '../testing/test-bridge.js';
import { until } from '../testing/until.js';

const { FC_SEED = '8128' } = process.env;

describe('the bridge', () => {
  it('tells nothing of lines that are none, and lives, whatever comes', async () => {
    const report = await fuzzLines(4_000, Number(FC_SEED));
    expect(report.told).toBeGreaterThan(200);
    expect(report.refused).toBeGreaterThan(30);
    expect(Object.keys(report.drops).length).toBeGreaterThan(8);
    for (const count of Object.values(report.drops)) expect(count).toBeGreaterThan(0);
  });

  it('refuses any bytes before the handshake, with a reason, and tells nothing', async () => {
    const world = await TestBridge.open({ maxConnections: 500 });
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(bytes, fc.boolean(), async (garbage, isWhole) => {
        const before = world.refused.length;
        const ea = await ScriptedTerminal.connect(world.port);
        ea.raw(garbage);
        if (isWhole) ea.raw('\n');
        else ea.raw(Buffer.alloc(LINE_LIMIT, 0x20));
        await until('a refusal', () => world.refused.length > before);
        ea.close();
      }),
      { numRuns: 60 },
    );
    expect(world.told).toEqual([]);
    const ea = await world.up();
    ea.close();
    await world.close();
  });
});
