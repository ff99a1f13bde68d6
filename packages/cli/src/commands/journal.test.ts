import { generateKeyPairSync } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anchorFile, ed25519Signer, openJournal, readJournal } from '@mikrobot/journal-sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DataFolder } from '../testing/data-files.js';
import { writeByHand } from '../testing/hand-made-journal.js';
import { recordCrash } from '../testing/recorded-crash.js';
import { recordDemo } from '../testing/recorded-demo.js';
import { inProcess } from '../testing/run-cli.js';
import { tamper } from '../testing/tamper.js';

const folder = new DataFolder();
afterAll(() => folder.remove());
const path = (name: string): string => join(folder.path, name);
const demoBot = fileURLToPath(new URL('../testing/demo-replay.ts', import.meta.url));
const otherBot = fileURLToPath(new URL('../testing/other-replay.ts', import.meta.url));

const hand = path('hand.journal');
const demo = path('demo.journal');
const tape = path('demo.tape');
beforeAll(async () => {
  const journal = openJournal({ file: hand, id: 'hand0', durability: 'process' });
  writeByHand(journal);
  journal.close();
  await recordDemo(demo, tape);
});

describe('mikrobot journal show', () => {
  it('tells the whole story of a signal that was approved, lost, found and filled', async () => {
    const { code, out, err } = await inProcess(['journal', 'show', hand, '--signal', 'hand0-0abc-1']);
    expect(out.split('\n')).toEqual([
      'signal hand0-0abc-1',
      '  raised   2024-01-08 09:30:10.000 UTC, by breakout:EURUSD (strategy)',
      '  wants    enter buy EURUSD, stop 1.095, target 1.11, confidence 0.7',
      '  because  above the high of 20 bars',
      '  quote    1.1 / 1.1001, 40 ms old',
      '  account  10,000.00 USD, equity 10,012.50 USD',
      '  2024-01-08 09:30:10  HELD      buy EURUSD: CONFIDENCE_REVIEW at validate by confidence (limit 0.8, actual 0.7), ' +
        'until 2024-01-08 09:40:10  [above the high of 20 bars]',
      '  decided 0 ms after it was raised',
      '  2024-01-08 09:30:14.000  approve by Ada',
      '',
      'signal hand0-0abc-2',
      '  raised    2024-01-08 09:30:14.000 UTC, by breakout:EURUSD (person)',
      '  wants     enter buy EURUSD, stop 1.095, target 1.11, confidence 0.7',
      '  because   above the high of 20 bars',
      '  approved  by Ada, as an answer to hand0-0abc-1',
      '  quote     1.1 / 1.1001, 40 ms old',
      '  account   10,000.00 USD, equity 10,012.50 USD',
      '  2024-01-08 09:30:14  UNKNOWN   buy EURUSD (approved by Ada): buy 0.3 market, stop 1.095, target 1.11; line broke  ' +
        '[above the high of 20 bars]',
      '  decided 250 ms after it was raised',
      '    fixedLots     shrink, at most 0.3 lots',
      '    maxDailyLoss  approve, at most 2.5 lots',
      '  order hand0-0abc-2-e',
      '    2024-01-08 09:30:14.000                bot    intends to enter: buy 0.3 market, stop 1.095, target 1.11',
      '               09:30:14.250       +250 ms  venue  submit unknown: line broke',
      '               09:30:14.500       +250 ms  venue  query found: accepted, 0 of 0.3 filled',
      '               09:30:14.500         +0 ms  venue  accepted as V7 (found out by asking)',
      '               09:30:15.000       +500 ms  venue  filled 0.1 at 1.1002, 0.2 left, commission 1.5',
      '               09:31:15.000    +1 min 0 s  venue  filled 0.2 at 1.1002, 0 left, commission 1.5',
      '    answered after 250 ms, first filled after 1.0 s, last filled after 1 min 1 s',
      '  order hand0-0abc-2-es (stop of the bracket)',
      '    2024-01-08 09:31:16.000                bot    intends to change it to 0.3 lots at 1.096',
      '               09:31:17.000        +1.0 s  bot    intends to cancel: the target traded',
      '',
      'trade of breakout:EURUSD: buy 0.3 EURUSD, 2024-01-08 09:30 to 2024-01-08 09:31, profit +72.50, closed by target',
      '',
    ]);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('tells the same story from the approval and from the order', async () => {
    const [held, approval, order] = await Promise.all([
      inProcess(['journal', 'show', hand, '--signal', 'hand0-0abc-1']),
      inProcess(['journal', 'show', hand, '--signal', 'hand0-0abc-2']),
      inProcess(['journal', 'show', hand, '--order', 'hand0-0abc-2-e']),
    ]);
    expect(approval.out).toBe(held.out);
    expect(order.out).toBe(held.out);
  });

  it('tells it to machines as one JSON object, with latencies in ms', async () => {
    const { out } = await inProcess(['journal', 'show', hand, '--signal', 'hand0-0abc-2', '--json']);
    expect(JSON.parse(out)).toMatchObject({
      signals: [
        {
          seq: 2,
          signal: { id: 'hand0-0abc-1' },
          words: [{ at: expect.any(Number), do: 'approve', by: 'Ada' }],
        },
        {
          seq: 5,
          decision: { outcome: 'unknown', seq: 8 },
          orders: [
            { id: 'hand0-0abc-2-e', latency: { answered: 250, firstFill: 1_000, lastFill: 61_000 } },
            { id: 'hand0-0abc-2-es', leg: 'stop' },
          ],
        },
      ],
      trades: [{ profit: 72.5 }],
    });
  });

  it('shows an order that no signal led to', async () => {
    const { code, out } = await inProcess(['journal', 'show', hand, '--order', 'by-hand']);
    expect(out).toBe('  order by-hand\n    2024-01-08 09:31:30.000                venue  accepted as V9\n');
    expect(code).toBe(0);
  });

  it('lists the latest signals, the newest last', async () => {
    const { out } = await inProcess(['journal', 'show', hand, '--last', '2']);
    expect(out.split('\n')).toEqual([
      'hand0-0abc-2  2024-01-08 09:30:14.000  UNKNOWN    enter buy EURUSD, by breakout:EURUSD',
      'hand0-0abc-3  2024-01-08 09:31:20.000  REFUSED    exit EURUSD, by breakout:EURUSD: NOTHING_TO_REDUCE',
      '',
    ]);
  });

  it('lists as many signals of a real bot as it raised, and each has its story', async () => {
    const { out } = await inProcess(['journal', 'show', demo, '--last', '1000', '--json']);
    const { signals } = JSON.parse(out) as { signals: { id: string; outcome: string }[] };
    const raised = JSON.parse((await inProcess(['journal', 'verify', demo, '--json'])).out);
    expect(raised.ok).toBe(true);
    expect(signals.length).toBeGreaterThan(30);
    expect(new Set(signals.map(({ outcome }) => outcome))).toEqual(
      new Set(['executed', 'refused', 'held', 'unknown']),
    );
    for (const { id, outcome } of signals) {
      const story = await inProcess(['journal', 'show', demo, '--signal', id]);
      expect(story.err).toBe('');
      expect(story.out).toContain(`signal ${id}\n`);
      expect(story.out).toContain(outcome.toUpperCase());
    }
  });

  it('tells a signal without an end as such, and an empty journal', async () => {
    const file = path('short.journal');
    const journal = openJournal({ file, durability: 'process' });
    journal.commit();
    const empty = await inProcess(['journal', 'show', file]);
    expect(empty.out).toBe(`${file}: no signal yet.\n`);
    const whole = readJournal(hand);
    for (const { kind, at, tape: ticks, data } of [...whole.read()].slice(0, 3))
      journal.append(kind, at, ticks, data);
    whole.close();
    journal.commit();
    const { out } = await inProcess(['journal', 'show', file, '--signal', 'hand0-0abc-1']);
    expect(out).toContain('no decision: the journal ends before it');
    expect((await inProcess(['journal', 'show', file])).out).toContain('UNDECIDED');
    journal.close();
  });
});

describe('mikrobot journal verify', () => {
  it('says that a journal is whole', async () => {
    const { code, out } = await inProcess(['journal', 'verify', hand]);
    expect(out).toMatch(
      /hand\.journal: journal hand0 is whole: 19 entries checked\. Its head is [0-9a-f]{64} after 19\./,
    );
    expect(code).toBe(0);
  });

  it('names the first entry that was changed, and exits with 1', async () => {
    const file = path('changed.journal');
    copyFileSync(hand, file);
    tamper(file, '"by":"Ada","do"', '"by":"Eve","do"');
    const { code, out } = await inProcess(['journal', 'verify', file]);
    expect(out).toMatch(/is BROKEN at entry 4 \(changed\)/);
    expect(out).toMatch(/4 entries checked before that/);
    expect(code).toBe(1);
    const json = await inProcess(['journal', 'verify', file, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, problem: { seq: 4, kind: 'changed' } });
    expect(json.code).toBe(1);
  });

  it('finds with anchors that an end was cut off', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const key = folder.write('key.pem', [publicKey]);
    const [file, cut, anchors] = [path('anchored.journal'), path('cut.journal'), path('anchors')];
    const journal = openJournal({
      file,
      durability: 'process',
      anchor: { signer: ed25519Signer(privateKey), sink: anchorFile(anchors) },
    });
    writeByHand(journal);
    journal.backup(cut);
    writeByHand(journal);
    journal.close();
    const check = (which: string) =>
      inProcess(['journal', 'verify', which, '--anchors', anchors, '--key', key]);
    const whole = await check(file);
    expect(whole.out).toMatch(/38 entries checked, 1 anchor agrees/);
    expect(whole.code).toBe(0);
    const short = await check(cut);
    expect(short.out).toMatch(/is BROKEN at entry 19/);
    expect(short.code).toBe(1);
  });
});

describe('mikrobot journal replay', () => {
  it('concludes the same from what is on disk', async () => {
    const { code, out, err } = await inProcess(['journal', 'replay', demo, '--bot', demoBot]);
    expect(err).toBe('');
    expect(out).toMatch(/^run 1, from entry 0, 2024-01-08 \d\d:\d\d: EQUAL, 3\d decisions\n$/);
    expect(code).toBe(0);
  });

  it('concludes the whole log again with the tape of ticks', async () => {
    const { code, out } = await inProcess([
      ...['journal', 'replay', demo, '--bot', demoBot],
      ...['--tape', tape, '--json'],
    ]);
    expect(JSON.parse(out)).toMatchObject({ equal: true, runs: [{ run: 1, seq: 0, compared: 'log' }] });
    expect(code).toBe(0);
  });

  it('replays each run of a bot that crashed and was started again', async () => {
    const [file, ticks] = [path('crashed.journal'), path('crashed.tape')];
    await recordCrash(file, ticks);
    const all = await inProcess(['journal', 'replay', file, '--bot', demoBot]);
    expect(all.out.replaceAll(/\d+ decisions/g, 'n decisions').split('\n')).toEqual([
      'run 1, from entry 0, 2024-01-08 04:07: EQUAL, n decisions',
      expect.stringMatching(/^run 2, from entry [1-9]\d+, 2024-01-15 00:00: EQUAL, n decisions$/),
      '',
    ]);
    expect(all.code).toBe(0);
    const last = await inProcess(['journal', 'replay', file, '--bot', demoBot, '--tape', ticks, '--json']);
    expect(JSON.parse(last.out).runs).toMatchObject([{ run: 2, compared: 'log', equal: true }]);
    const first = await inProcess(['journal', 'replay', file, '--bot', otherBot, '--run', '1']);
    expect(first.out).toMatch(/^run 1, .*: DIFFERENT at decision 1 of the run/);
    expect(first.code).toBe(1);
  });

  it('replays what was exported from its segments, and says what is missing without them', async () => {
    const [file, archive] = [path('exported.journal'), path('exported')];
    await recordCrash(file, path('exported.tape'));
    const args = ['journal', 'replay', file, '--bot', demoBot];
    const before = await inProcess(args);
    expect((await inProcess(['journal', 'export', file, '--to', archive])).code).toBe(0);
    const without = await inProcess(args);
    expect(without.err).toMatch(/^Entries before \d+ were exported\. Runs that began there are left out/);
    expect(without.out).toMatch(/exported\.journal: it holds no run from its start\./);
    const together = await inProcess([...args, '--segments', archive]);
    expect(together).toEqual(before);
    expect(together.code).toBe(0);
  });

  it('shows the first difference of a bot that was changed, and exits with 1', async () => {
    const { code, out } = await inProcess(['journal', 'replay', demo, '--bot', otherBot]);
    expect(out).toMatch(/^run 1, .*: DIFFERENT at decision 1 of the run; 3\d decisions recorded/);
    expect(out).toMatch(/^ {2}recorded {2}\{.*killSwitch/m);
    expect(out).toMatch(/^ {2}replayed {2}\{.*fixedQuantity/m);
    expect(code).toBe(1);
  });
});

describe('mikrobot journal export', () => {
  it('leaves a journal as it is that has nothing to export', async () => {
    const file = path('kept.journal');
    copyFileSync(hand, file);
    const { code, out } = await inProcess(['journal', 'export', file, '--to', path('archive')]);
    expect(out).toMatch(/nothing to export/);
    expect(code).toBe(0);
  });

  it('moves old entries to a file with a checksum, and both verify together', async () => {
    const [file, archive] = [path('long.journal'), path('segments')];
    const journal = openJournal({ file, durability: 'process' });
    writeByHand(journal);
    journal.append('out:books', 0, 0, {});
    writeByHand(journal);
    journal.close();
    const { code, out } = await inProcess(['journal', 'export', file, '--to', archive, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      first: 19,
      segments: [{ first: 0, last: 18, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    const together = await inProcess(['journal', 'verify', file, '--segments', archive]);
    expect(together.out).toMatch(/is whole: 39 entries checked/);
    expect((await inProcess(['journal', 'verify', file])).out).toMatch(/is whole: 20 entries checked/);
    // The same story is told in both halves; one has left.
    const story = await inProcess(['journal', 'show', file, '--signal', 'hand0-0abc-2', '--json']);
    expect(JSON.parse(story.out).signals.map(({ seq }: { seq: number }) => seq)).toEqual([22, 25]);
    const gone = await inProcess(['journal', 'show', file, '--signal', 'hand0-0abc-zz']);
    expect(gone.err).toMatch(/It has no signal hand0-0abc-zz\. Entries before 19 were exported\./);
  });
});
