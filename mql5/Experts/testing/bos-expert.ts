import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instrument, Quote } from '@mikrobot/core';
import type { BosRetestRules } from '@mikrobot/strategies';
import type { Program } from '../../host/build/build-program.js';
import { startTerminal } from '../../host/run/start-terminal.js';
import type { SignalRow, Told } from './bos-machine.js';

/** The expert advisor's inputs for the strategy's parameters. */
export const inputsOf = (rules: BosRetestRules): Readonly<Record<string, string | number | boolean>> => ({
  InpStructure: `PERIOD_${rules.structure}`,
  InpEntry: `PERIOD_${rules.entry}`,
  InpTolerancePips: rules.tolerancePips,
  InpTriggerPips: rules.triggerPips,
  InpBufferPips: rules.bufferPips,
  InpAcceptChoch: rules.acceptChoch,
  InpBreakBars: rules.breakBars,
  InpRetestBars: rules.retestBars,
  InpTriggerBars: rules.triggerBars,
  InpSwingLeft: rules.swingLeft,
  InpSwingRight: rules.swingRight,
  InpSwingMemory: rules.swingMemory,
  InpAtrPeriod: rules.atrPeriod,
});

/** A message as it is written in the signal file; docs/mt5-signal-file.md has its fields. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of the program under test.
export type FourPhase = any;

/** The columns of a message that are compared. */
export const rowOf = (message: FourPhase): SignalRow => {
  const { phase_1: bos, phase_2: broke, phase_3: retest, phase_4: trigger } = message;
  return {
    direction: message.direction,
    kind: bos.kind,
    level: bos.level,
    bosAt: Date.parse(bos.time),
    breakAt: Date.parse(broke.time),
    breakHigh: broke.high,
    breakLow: broke.low,
    retestAt: Date.parse(retest.time),
    extreme: retest.extreme,
    triggerAt: Date.parse(trigger.time),
    bid: trigger.price,
    ask: trigger.ask,
    stop: trigger.stop,
    confidence: trigger.confidence,
  };
};

/** How the expert advisor is run in the host's tester. */
export interface ExpertRun {
  readonly program: Program;
  readonly ticks: readonly Quote[];
  readonly rules: BosRetestRules;
  readonly instrument: Instrument;
  /** The program starts with the first tick from then on, epoch ms; what is before is history. Default: with the first tick. */
  readonly from?: number;
  readonly inputs?: Readonly<Record<string, string | number | boolean>>;
}

/** What the expert advisor printed of one run in the host's tester. */
export interface ExpertTold extends Told {
  readonly messages: readonly FourPhase[];
  readonly lines: readonly string[];
}

/** Plays ticks to the expert advisor and reads what it prints. */
export const expertTold = async (run: ExpertRun): Promise<ExpertTold> => {
  const { program, ticks, rules, instrument, from } = run;
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-bos-'));
  try {
    const file = join(folder, 'ticks.csv');
    writeFileSync(file, ticks.map(({ time, bid, ask }) => `${time},${bid},${ask}\n`).join(''));
    const terminal = await startTerminal({
      program,
      ticks: file,
      symbol: instrument.symbol,
      period: rules.entry,
      inputs: { ...inputsOf(rules), InpOffsetMinutes: 0, InpLogSetups: true, ...run.inputs },
      files: join(folder, 'files'),
      common: join(folder, 'common'),
      more: [
        '--digits',
        String(instrument.priceDecimals),
        ...(from === undefined ? [] : ['--tester-from', String(from)]),
      ],
    });
    const exit = await terminal.exited;
    if (exit.code !== 0) throw new Error([...terminal.lines.slice(-5), ...terminal.notes].join('\n'));
    const lines = terminal.lines.map((line) => line.slice(line.indexOf('\t') + 1));
    const messages = lines
      .filter((line) => line.startsWith('signal {'))
      .map((line) => JSON.parse(line.slice('signal '.length)));
    const states = lines.filter((line) => line.startsWith('setup '));
    return { signals: messages.map(rowOf), states, messages, lines };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
