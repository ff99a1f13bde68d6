import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Decision, VirtualClock } from '@mikrobot/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SignalFileOptions, SignalFileProblem, SignalFileReader } from './signal-file-options.js';
import { CommonFolder, fourPhase, ProposalBook } from './testing/common-folder.js';
import { watchSignalFile } from './watch-signal-file.js';

const NOW = Date.UTC(2025, 6, 23, 15, 0, 1);

let folder: CommonFolder;
let bot: ProposalBook;
let clock: VirtualClock;
let reader: SignalFileReader;
let problems: SignalFileProblem[];

const start = (options: Partial<SignalFileOptions> = {}): void => {
  reader = watchSignalFile({
    bot: bot as never,
    folder: folder.path,
    clock,
    onProblem: (problem) => problems.push(problem),
    ...options,
  });
};
/** Lets the reader look so many times. */
const look = (times = 2): void => {
  for (let i = 0; i < times; i++) clock.advance(clock.now() + 10);
};

beforeEach(() => {
  folder = new CommonFolder();
  bot = new ProposalBook();
  clock = new VirtualClock(NOW);
  problems = [];
  start();
});
afterEach(() => {
  reader.close();
  folder.remove();
});

const ids = () => bot.proposed.map(({ draft }) => draft.tags?.correlation);

describe('the reader of the signal file', () => {
  it('proposes a four-phase signal with the stop and the confidence of its trigger', () => {
    folder.write(fourPhase('a-1'));
    look();
    expect(bot.proposed).toMatchObject([
      {
        by: 'MikroBot_BOS',
        draft: {
          symbol: 'EURUSD',
          side: 'buy',
          stop: 1.08454,
          confidence: 0.874,
          tags: { correlation: 'a-1', signalTime: Date.UTC(2025, 6, 23, 15, 0, 0, 250) },
        },
      },
    ]);
  });

  it('takes a signal once, however often it is written', () => {
    for (let i = 0; i < 20; i++) {
      folder.write(fourPhase('a-1'));
      look();
    }
    folder.write(fourPhase('a-2'));
    look();
    folder.write(fourPhase('a-1', { mood: 'late' }));
    look();
    expect(ids()).toEqual(['a-1', 'a-2']);
  });

  it('takes it once though it is started again, and also when it died right after writing it down', () => {
    folder.write(fourPhase('a-1'));
    look();
    reader.close();
    start();
    look();
    appendFileSync(join(folder.path, 'mikrobot_4phase_signal.json.seen'), 'a-2\n');
    reader.close();
    start();
    folder.write(fourPhase('a-2'));
    look();
    expect(ids()).toEqual(['a-1']);
  });

  it('takes a signal of which the dead reader had written down a part only', () => {
    appendFileSync(join(folder.path, 'mikrobot_4phase_signal.json.seen'), 'a-');
    reader.close();
    start();
    folder.write(fourPhase('a-1'));
    look();
    expect(ids()).toEqual(['a-1']);
    reader.close();
    start();
    look();
    expect(ids()).toEqual(['a-1']);
  });

  it.each([
    ['UTF-16LE without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
    [
      'null bytes before and after',
      (text: string) => Buffer.from(`\uFEFF\0\0${text}\0\0\u0001\r\n`, 'utf16le'),
    ],
    [
      'an odd byte at the end',
      (text: string) => Buffer.concat([Buffer.from(text, 'utf16le'), Buffer.from([0])]),
    ],
  ])('reads %s', (_what, encode) => {
    folder.write(fourPhase('a-1'), encode);
    look();
    expect(ids()).toEqual(['a-1']);
  });

  it('reads an older program’s file: a pure signal, by its bytes once', () => {
    folder.write({ symbol: 'EURUSD', direction: 'SELL', trigger_price: 1.085 });
    look();
    look();
    folder.write({ symbol: 'EURUSD', direction: 'SELL', trigger_price: 1.0851 });
    look();
    expect(bot.proposed.map(({ draft }) => [draft.side, draft.stop])).toEqual([
      ['sell', undefined],
      ['sell', undefined],
    ]);
  });

  it('takes no half of a file, wherever it was cut, and no file that it met only once', () => {
    const whole = Buffer.from(`\uFEFF${JSON.stringify(fourPhase('a-1'))}\r\n`, 'utf16le');
    const file = join(folder.path, 'mikrobot_4phase_signal.json');
    for (let cut = 0; cut < whole.length - 6; cut += 7) {
      writeFileSync(file, whole.subarray(0, cut));
      look();
    }
    expect(bot.proposed).toEqual([]);
    expect(reader.counts.torn).toBeGreaterThan(100);
    writeFileSync(file, whole);
    look(1);
    writeFileSync(file, whole.subarray(0, 100));
    look();
    expect(bot.proposed).toEqual([]);
    writeFileSync(file, whole);
    look();
    expect(ids()).toEqual(['a-1']);
  });

  it('takes later versions of its own format, and says what it does not know', () => {
    folder.write(fourPhase('a-1', { schema: 'mikrobot-4phase/1.2', news: [1, 2] }));
    look();
    folder.write(fourPhase('a-2', { schema: 'mikrobot-4phase/2' }));
    look();
    folder.write(fourPhase('a-3', { phase_4: undefined }));
    look();
    folder.write(fourPhase('a-4', { trigger_price: 'high' }));
    look();
    expect(ids()).toEqual(['a-1']);
    expect(problems.map(({ what, detail }) => `${what}: ${detail}`)).toEqual([
      'invalid: schema is a version that this reader does not know',
      'invalid: phase_4 Invalid input: expected object, received undefined',
      'invalid: trigger_price Invalid input: expected number, received string',
    ]);
    expect(folder.response()).toMatchObject({ signal_id: 'a-4', status: 'invalid' });
  });

  it('takes no signal that is too old', () => {
    clock.advance(NOW + 70_000);
    folder.write(fourPhase('a-1'));
    look();
    expect(bot.proposed).toEqual([]);
    expect(folder.response()).toMatchObject({ signal_id: 'a-1', status: 'refused', code: 'TOO_OLD' });
  });

  it('answers with the decision, in the file that the expert advisor reads', async () => {
    folder.write(fourPhase('a-1'));
    look();
    const signal = { tags: { correlation: 'a-1' }, intent: 'enter', symbol: 'EURUSD', time: NOW };
    const refusal = { stage: 'assess', rule: 'daily-loss', code: 'DAILY_LOSS', limit: 2, actual: 2.1 };
    bot.decisions$.next({
      kind: 'decision',
      outcome: 'refused',
      signal,
      refusal,
      time: NOW,
    } as never as Decision);
    await new Promise((resolve) => setImmediate(resolve));
    expect(folder.response()).toMatchObject({
      schema: 'mikrobot-4phase-response/1',
      signal_id: 'a-1',
      correlation_id: 'a-1',
      status: 'refused',
      code: 'DAILY_LOSS',
      time: new Date(clock.now()).toISOString(),
    });
    const bytes = readFileSync(join(folder.path, 'mikrobot_4phase_response.json'));
    expect([...bytes.subarray(0, 4)]).toEqual([0xff, 0xfe, 0x7b, 0x00]);
  });

  it('answers that it was received when the decision takes its time', async () => {
    folder.write(fourPhase('a-1'));
    look();
    clock.advance(clock.now() + 1_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(folder.response()).toMatchObject({ signal_id: 'a-1', status: 'received' });
  });

  it('does nothing more when it is closed', () => {
    reader.close();
    reader.close();
    folder.write(fourPhase('a-1'));
    look();
    expect(bot.proposed).toEqual([]);
  });

  it.each([[{ folder: '/nowhere/at/all' }], [{ every: 0 }], [{ maxAge: Number.NaN }]])(
    'does not start with %j',
    (options) => {
      reader.close();
      expect(() => start(options)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    },
  );
});
