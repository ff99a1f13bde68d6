import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Quote } from '@mikrobot/core';
import { type Mt5Bar, type Mt5Simulator, startMt5 } from '@mikrobot/simulators';
import { type BosRetestPreset, bosRetestPresets } from '@mikrobot/strategies';
import { buildProgram, type RunningTerminal, startTerminal } from '../../host/index.js';
import { inputsOf } from './bos-expert.js';
import { machineTold, type SignalRow } from './bos-machine.js';
import { fxPair } from './minute-ticks.js';
import { randomMinutes, ticksOfMinutes } from './random-minutes.js';
import { type Answer, openWebhook, type Webhook } from './webhook.js';

const MINUTE = 60_000;
/** 5 May 2025, a Monday. */
const BEGIN = Date.UTC(2025, 4, 5);
const expert = join(import.meta.dirname, '..', 'MikroBot_BOS.mq5');
const instrument = fxPair('EURUSD');

/** A signal that the minutes before its trigger and the trigger's tick alone bring about. */
export interface Scene {
  readonly row: SignalRow;
  readonly trigger: Quote;
  /** The bars before the minute of the trigger. */
  readonly before: readonly Mt5Bar[];
}

/** The scenes of a walk whose retest has its extreme a minute or more after the bar that retested. */
const scenesOf = (preset: BosRetestPreset, bars: readonly Mt5Bar[]): readonly Scene[] => {
  const rules = bosRetestPresets[preset];
  const ticks = ticksOfMinutes(bars);
  return machineTold(ticks, rules, instrument).signals.flatMap((row) => {
    const minute = Math.floor(row.triggerAt / MINUTE) * MINUTE;
    const before = bars.filter(({ time }) => time < minute);
    const reaches = ({ high, low }: Mt5Bar) => row.extreme === (row.direction === 'BUY' ? low : high);
    const reachedAt = before.findLast(reaches)?.time ?? 0;
    if (reachedAt < row.retestAt + MINUTE) return [];
    const trigger = ticks.find(({ time }) => time === row.triggerAt)!;
    const alone = machineTold([...ticksOfMinutes(before), trigger], rules, instrument).signals.at(-1);
    return JSON.stringify(alone) === JSON.stringify(row) ? [{ row, trigger, before }] : [];
  });
};

/** The first scene that random walks have. */
const findScene = (preset: BosRetestPreset): Scene => {
  const [count, wildness] = preset === 'm5-m1' ? [1_500, 24] : [15_000, 8];
  for (let seed = 1; seed < 50; seed++) {
    const [scene] = scenesOf(preset, randomMinutes(seed, count, BEGIN, wildness));
    if (scene !== undefined) return scene;
  }
  throw new Error('no walk has such a signal');
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

/** What a room is made of. */
export interface BosRoomOptions {
  /** Of the webhook, in turn. */
  readonly answers?: readonly Answer[];
  /** Default: `m5-m1`. */
  readonly preset?: BosRetestPreset;
}

/** Opens a room; nothing runs in it yet, and the trade server has no history. */
export const openBosRoom = async (options: BosRoomOptions = {}): Promise<BosRoom> => {
  const { answers, preset = 'm5-m1' } = options;
  const rules = bosRetestPresets[preset];
  const program = await buildProgram(expert);
  const [mt5, webhook] = [await startMt5(), await openWebhook(answers)];
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-bos-'));
  const [files, common] = [join(folder, 'files'), join(folder, 'common')];
  const terminals: RunningTerminal[] = [];
  return {
    scene: findScene(preset),
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
        period: rules.entry,
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
