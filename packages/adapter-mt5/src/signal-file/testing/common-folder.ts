import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, CommandReceipt, Decision } from '@mikrobot/core';
import { Subject } from 'rxjs';

/** A four-phase signal as the documentation shows it. */
export const fourPhase = (id: string, over: Readonly<Record<string, unknown>> = {}) => ({
  schema: 'mikrobot-4phase/1',
  signal_id: id,
  ea_name: 'MikroBot_BOS',
  ea_version: '2.00',
  signal_type: 'BOS_RETEST',
  symbol: 'EURUSD',
  direction: 'BUY',
  trigger_price: 1.085,
  h1_bos_level: 1.0845,
  h1_bos_direction: 'BULLISH',
  m15_break_high: 1.0852,
  m15_break_low: 1.0848,
  pip_trigger: 0.6,
  timestamp: '2025-07-23T15:00:00Z',
  timeframe: 'M15',
  account: 107033449,
  phase_1: {
    name: 'bos',
    time: '2025-07-23T14:00:00.000Z',
    level: 1.0845,
    direction: 'BULLISH',
    kind: 'BOS',
  },
  phase_2: { name: 'break', time: '2025-07-23T14:15:00.000Z', high: 1.0852, low: 1.0848 },
  phase_3: { name: 'retest', time: '2025-07-23T14:45:00.000Z', extreme: 1.08494 },
  phase_4: {
    name: 'trigger',
    time: '2025-07-23T15:00:00.250Z',
    price: 1.085,
    ask: 1.08506,
    stop: 1.08454,
    confidence: 0.874,
  },
  ...over,
});

/** A folder that a test writes signals into. */
export class CommonFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'mikrobot-common-'));

  write(value: unknown, encode = (text: string) => Buffer.from(`\uFEFF${text}\r\n`, 'utf16le')): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    writeFileSync(join(this.path, 'mikrobot_4phase_signal.json'), encode(text));
  }

  /** The response; undefined when there is none. */
  response(): Readonly<Record<string, unknown>> | undefined {
    try {
      const text = readFileSync(join(this.path, 'mikrobot_4phase_response.json')).toString('utf16le');
      return JSON.parse(text.slice(1));
    } catch {
      return undefined;
    }
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** What a reader needs of a bot: takes proposals, and decides when the test says so. */
export class ProposalBook {
  readonly decisions$ = new Subject<Decision>();
  readonly proposed: (Command & { readonly do: 'propose' })[] = [];

  command(command: Command): CommandReceipt {
    if (command.do === 'propose') this.proposed.push(command);
    return { taken: true };
  }
}
