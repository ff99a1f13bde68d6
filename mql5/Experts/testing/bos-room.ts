import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Quote } from '@mikrobot/core';
import { type Mt5Bar, type Mt5Simulator, startMt5 } from '@mikrobot/simulators';
import { bosRetestPresets } from '@mikrobot/strategies';
import { buildProgram, type RunningTerminal, startTerminal } from '../../host/index.js';
import { inputsOf } from './bos-expert.js';
import { machineTold, type SignalRow } from './bos-machine.js';
import { fxPair } from './minute-ticks.js';
import { randomMinutes, ticksOfMinutes } from './random-minutes.js';
import { type Answer, openWebhook, type Webhook } from './webhook.js';

const MINUTE = 60_000;
/** 5 May 2025, a Monday. */
const BEGIN = Date.UTC(2025, 4, 5);
const rules = bosRetestPresets['m5-m1'];
const expert = join(import.meta.dirname, '..', 'MikroBot_BOS.mq5');

/** A signal that the minutes before its trigger and the trigger's tick alone bring about. */
export interface Scene {
  readonly row: SignalRow;
  readonly trigger: Quote;
  /** The bars before the minute of the trigger. */
  readonly before: readonly Mt5Bar[];
}

/** The last scene of a random walk. */
const findScene = (): Scene => {
  const bars = randomMinutes(11, 2_000, BEGIN);
  const ticks = ticksOfMinutes(bars);
  const { signals } = machineTold(ticks, rules, fxPair('EURUSD'));
  for (const row of signals.toReversed()) {
    const minute = Math.floor(row.triggerAt / MINUTE) * MINUTE;
    const before = bars.filter(({ time }) => time < minute);
    const trigger = ticks.find(({ time }) => time === row.triggerAt)!;
    const alone = machineTold([...ticksOfMinutes(before), trigger], rules, fxPair('EURUSD'));
    const last = alone.signals.at(-1);
    if (row.retestAt < minute && JSON.stringify(last) === JSON.stringify(row))
      return { row, trigger, before };
  }
  throw new Error('the walk has no such signal: take another seed');
};

/** A trade server with history, a webhook, and terminals with the expert advisor in them that share their folders. */
export interface BosRoom {
  readonly scene: Scene;
  readonly mt5: Mt5Simulator;
  readonly webhook: Webhook;
  readonly files: string;
  readonly common: string;
  start(inputs?: Readonly<Record<string, string | number | boolean>>): Promise<RunningTerminal>;
  quote(quote: Quote): void;
  close(): Promise<void>;
}

/** @param answers - of the webhook, in turn */
export const openBosRoom = async (answers: readonly Answer[] = []): Promise<BosRoom> => {
  const program = await buildProgram(expert);
  const [mt5, webhook] = [await startMt5(), await openWebhook(answers)];
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-bos-'));
  const [files, common] = [join(folder, 'files'), join(folder, 'common')];
  const terminals: RunningTerminal[] = [];
  return {
    scene: findScene(),
    mt5,
    webhook,
    files,
    common,
    start: async (inputs = {}) => {
      const terminal = await startTerminal({
        program,
        link: mt5,
        files,
        common,
        period: 'M1',
        inputs: { ...inputsOf(rules), InpUrl: webhook.url, ...inputs },
        allowUrls: ['http://127.0.0.1'],
      });
      terminals.push(terminal);
      return terminal;
    },
    quote: ({ time, bid, ask }) => mt5.controls.quote('EURUSD', bid, ask, { time }),
    close: async () => {
      await Promise.all(terminals.map((terminal) => terminal.kill()));
      await webhook.close();
      await mt5.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
