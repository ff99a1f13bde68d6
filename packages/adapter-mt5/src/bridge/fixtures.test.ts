import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { InvalidExample } from '../protocol/testing/invalid-examples.js';
import { TestBridge } from '../testing/test-bridge.js';
import { until } from '../testing/until.js';

const { lines }: { readonly lines: readonly InvalidExample[] } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../protocol/fixtures/invalid.json'), 'utf8'),
);

const open: TestBridge[] = [];
afterEach(async () => {
  for (const world of open.splice(0)) await world.close();
});

describe('a line that is up', () => {
  it.each(lines.filter(({ to }) => to === 'node'))(
    'takes $name for $reason, and tells nothing of it',
    async (one) => {
      const world = await TestBridge.open();
      open.push(world);
      const ea = await world.up();
      ea.raw(one.hex === undefined ? (one.line as string) : Buffer.from(one.hex, 'hex'));
      ea.raw('\n');
      const { reason } = one;
      if (reason === 'UNREADABLE' || reason === 'UNKNOWN_TYPE') {
        const asked = world.terminal.ask('ping', {});
        ea.say('pong', {}, { re: (await ea.next('ping')).id as number });
        await asked;
        const [drop] = Object.keys(world.terminal.drops);
        expect(drop).toMatch(reason === 'UNREADABLE' ? /^(tick|deal|order) unreadable$/ : /^unknown type$/);
      } else {
        await until('a refusal', () => world.refused.length === 1);
        expect(world.refused).toMatchObject([{ reason }]);
        await ea.refused();
      }
      expect(world.names.filter((name) => !['up', 'down', 'reset'].includes(name))).toEqual([]);
      expect(world.told.map(([name]) => name)).not.toContain('tick');
      ea.close();
    },
  );
});
