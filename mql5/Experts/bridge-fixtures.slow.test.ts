import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { hasCompiler } from '../host/index.js';
import { type BridgeRoom, openBridgeRoom } from './testing/bridge-room.js';

interface FixtureLine {
  readonly name: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason?: string;
  readonly line?: string;
  readonly hex?: string;
}

const fixtures = join(import.meta.dirname, '../../packages/adapter-mt5/src/protocol/fixtures');
const lines = (name: string): FixtureLine[] => JSON.parse(readFileSync(join(fixtures, name), 'utf8')).lines;
const bytes = ({ line, hex }: FixtureLine): Buffer =>
  hex === undefined ? Buffer.from(line ?? '') : Buffer.from(hex, 'hex');

const wrong = lines('invalid.json').filter(({ to }) => to === 'ea');
const isRequest = ({ reason }: FixtureLine) => reason === 'BAD_REQUEST' || reason === 'UNKNOWN_REQUEST';

let room: BridgeRoom;
afterEach(() => room.close());

describe.skipIf(!hasCompiler())('the lines of the protocol that both sides share', () => {
  it.each(wrong.filter((line) => !isRequest(line)).map((line) => [line.name, line] as const))(
    'close the line of the bridge: %s',
    async (_, line) => {
      room = await openBridgeRoom();
      const terminal = await room.start();
      const { line: wire } = await room.node.greeted();
      await wire.wait(({ t }) => t === 'reset');
      wire.write(bytes(line));
      await wire.closed;
      await terminal.waitFor(/Connection closed: a line of Node (is not JSON|is no envelope)/);
    },
  );

  it('are refused as requests, and nothing is sent', async () => {
    room = await openBridgeRoom();
    await room.start();
    const { line: wire } = await room.node.greeted();
    for (const line of wrong.filter(isRequest)) {
      const { id } = JSON.parse(line.line ?? '');
      wire.write(bytes(line));
      const answer = await wire.wait(({ re }) => re === id);
      expect([line.name, answer.d.code]).toEqual([line.name, line.reason]);
    }
    expect(room.mt5.requests).toEqual([]);
  });

  it('are taken as requests when they are good', async () => {
    room = await openBridgeRoom();
    await room.start({ inputs: { InpMaxLots: 100 } });
    // The fixtures' orders expire at a time long past.
    const { line: wire } = await room.node.greeted({ now: 1_704_895_200_000 });
    const good = lines('valid.json').filter(
      ({ from, line = '' }) => from === 'node' && JSON.parse(line).id !== undefined,
    );
    expect(good.length).toBeGreaterThan(12);
    for (const line of good) {
      const { id } = JSON.parse(line.line ?? '');
      wire.write(bytes(line));
      const answer = await wire.wait(({ re, t }) => re === id && t !== 'ack' && t !== 'part');
      expect([line.name, ['BAD_REQUEST', 'UNKNOWN_REQUEST'].includes(answer.d.code)]).toEqual([
        line.name,
        false,
      ]);
    }
  });
});
