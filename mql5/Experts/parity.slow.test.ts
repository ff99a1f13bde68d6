import { fileURLToPath } from 'node:url';
import { type Instrument, type Quote, timeframeMs } from '@mikrobot/core';
import { type BosRetestPreset, type BosRetestRules, bosRetestPresets } from '@mikrobot/strategies';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, type Program } from '../host/build/build-program.js';
import { hasCompiler } from '../host/build/compiler.js';
import { type ExpertTold, expertTold } from './testing/bos-expert.js';
import { machineTold, type SignalRow, type Told } from './testing/bos-machine.js';
import { minuteFiles, missingFile, ticksOf } from './testing/minute-ticks.js';

const MINUTE = 60_000;
const source = fileURLToPath(new URL('MikroBot_BOS.mq5', import.meta.url));
const presets: readonly BosRetestPreset[] = ['h1-m15', 'm5-m1'];

const missing = missingFile();
const reason = !hasCompiler()
  ? 'g++ is not installed'
  : missing === undefined
    ? undefined
    : `../shared/data/${missing}.csv.gz is not there`;
if (reason !== undefined) console.info(`skipped, parity of MikroBot_BOS.mq5: ${reason}`);

interface Compared {
  readonly file: string;
  readonly preset: BosRetestPreset;
  readonly instrument: Instrument;
  readonly ticks: readonly Quote[];
  readonly machine: Told;
  readonly expert: ExpertTold;
}

/** One line of the printed list. */
const summary = ({ file, preset, machine, expert }: Compared): string => {
  const equal = machine.signals.filter((row, i) => JSON.stringify(row) === JSON.stringify(expert.signals[i]));
  const buys = expert.signals.filter(({ direction }) => direction === 'BUY').length;
  const counts = [machine.signals.length, expert.signals.length, equal.length, buys].map((n) =>
    String(n).padStart(5),
  );
  return `${file.padEnd(50)} ${preset}  ${counts.join(' ')} ${String(expert.states.length).padStart(7)}`;
};

describe.skipIf(reason !== undefined)('MikroBot_BOS.mq5 and the TypeScript strategy', () => {
  let program: Program;
  const compared: Compared[] = [];

  beforeAll(async () => {
    program = await buildProgram(source);
    for (const { file, instrument } of minuteFiles) {
      const ticks = ticksOf(file, instrument);
      for (const preset of presets) {
        const rules = bosRetestPresets[preset];
        const machine = machineTold(ticks, rules, instrument);
        const expert = await expertTold({ program, ticks, rules, instrument });
        compared.push({ file, preset, instrument, ticks, machine, expert });
      }
    }
  }, 300_000);

  afterAll(() => {
    const head = `${'file'.padEnd(50)} preset    TS   EA equal  buys  states`;
    console.info([head, ...compared.map(summary)].join('\n'));
  });

  it('give the same signals one for one: times, directions, levels, prices, stops and confidence', () => {
    for (const { machine, expert } of compared) expect(expert.signals).toEqual(machine.signals);
  });

  it('go through the same states of the same setups, and lose them for the same reasons', () => {
    for (const { machine, expert } of compared) expect(expert.states).toEqual(machine.states);
  });

  it('agree on at least 200 signals, with a good part in each direction', () => {
    const signals = compared.flatMap(({ expert }) => expert.signals);
    const buys = signals.filter(({ direction }) => direction === 'BUY').length;
    expect(signals.length).toBeGreaterThanOrEqual(200);
    expect(Math.min(buys, signals.length - buys)).toBeGreaterThanOrEqual(signals.length / 4);
  });

  it('say the same in the fields of the pure signal as in the phases', () => {
    for (const { preset, instrument, expert } of compared) {
      const rules = bosRetestPresets[preset];
      for (const message of expert.messages) {
        const { phase_1: bos, phase_2: broke, phase_4: trigger } = message;
        expect(message).toMatchObject({
          schema: 'mikrobot-4phase/1',
          ea_name: 'MikroBot_BOS',
          signal_type: 'BOS_RETEST',
          symbol: instrument.symbol,
          direction: bos.direction === 'BULLISH' ? 'BUY' : 'SELL',
          trigger_price: trigger.price,
          h1_bos_level: bos.level,
          h1_bos_direction: bos.direction,
          m15_break_high: broke.high,
          m15_break_low: broke.low,
          pip_trigger: rules.triggerPips,
          timestamp: `${trigger.time.slice(0, 19)}Z`,
          timeframe: rules.entry,
          account: expect.any(Number),
        });
        expect(message.signal_id).toMatch(/^[\x21-\x7e]{1,64}$/);
      }
      const ids = expert.messages.map(({ signal_id }) => signal_id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('agree with other parameters too, and put a stop between two steps on the farther one', async () => {
    const { instrument, ticks } = compared.find(({ file }) => file.includes('2014-05-06'))!;
    const own = bosRetestPresets['m5-m1'];
    const others: readonly BosRetestRules[] = [
      { ...own, bufferPips: 2.25, tolerancePips: 3.7, triggerPips: 1.15, swingMemory: 2, atrPeriod: 5 },
      { ...own, bufferPips: 1.33, acceptChoch: false, swingLeft: 1, swingRight: 2, retestBars: 60 },
      { ...own, structure: 'M15', entry: 'M5', bufferPips: 0.47, breakBars: 2, triggerBars: 9, swingLeft: 0 },
    ];
    for (const rules of others) {
      const machine = machineTold(ticks, rules, instrument);
      const expert = await expertTold({ program, ticks, rules, instrument });
      expect(expert.signals).toEqual(machine.signals);
      expect(expert.states).toEqual(machine.states);
      expect(machine.signals.length).toBeGreaterThan(5);
    }
  });

  it('agree again when the program starts after the extreme of a retest, which only history tells', async () => {
    let started = 0;
    for (const { preset, instrument, ticks, machine } of compared) {
      const rules = bosRetestPresets[preset];
      const touches = (row: SignalRow, from: number, to: number): boolean =>
        ticks.some(({ time, bid }) => time >= from && time < to && bid === row.extreme);
      const startOf = ({ triggerAt }: SignalRow): number => Math.floor(triggerAt / MINUTE) * MINUTE;
      const late = machine.signals.filter(
        (row) =>
          touches(row, row.retestAt, startOf(row)) &&
          !touches(row, row.retestAt - timeframeMs(rules.entry), row.retestAt),
      );
      for (const row of late.slice(-2)) {
        started++;
        const from = startOf(row);
        // All of the file as history: a swing that is older than what is read would be unknown.
        const inputs = { InpHistoryBars: 20_000 };
        const expert = await expertTold({ program, ticks, rules, instrument, from, inputs });
        expect(expert.signals).toEqual(machine.signals.filter(({ triggerAt }) => triggerAt >= from));
      }
    }
    expect(started).toBeGreaterThanOrEqual(5);
  }, 300_000);
});
