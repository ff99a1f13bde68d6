import { filter, map } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { MemoryJournal } from '../journal/memory-journal.js';
import type { Decision } from '../model/decision.js';
import { assess } from '../risk/assess.js';
import { fixedQuantity } from '../risk/fixed-quantity.js';
import type { Issue } from '../runtime/issue.js';
import { eurusd, ScriptedVenue } from '../testing/scripted-venue.js';
import { testBot } from '../testing/test-bot.js';
import { validate } from '../validation/validate.js';
import { Desk } from './desk.js';
import { execute } from './execute.js';

describe('a desk that is wired by hand', () => {
  it('carries a signal from the market through the operators to the venue, without a bot', async () => {
    const venue = new ScriptedVenue();
    const desk = new Desk({ adapter: venue });
    await desk.connect();
    desk.markets.watch('EURUSD', []);
    const decisions: Decision[] = [];
    desk.markets
      .ticks('EURUSD')
      .pipe(
        filter(({ bid }) => bid > 1.1),
        map(() =>
          desk.stamp(
            { symbol: 'EURUSD', intent: 'enter', side: 'buy' },
            { source: 'hand', origin: 'strategy' },
          ),
        ),
        validate([], desk),
        assess(fixedQuantity({ lots: 0.2 }), desk),
        execute(desk),
      )
      .subscribe((decision) => decisions.push(decision));
    venue.tick(1.1);
    venue.tick(1.2);
    expect(decisions.map((d) => d.outcome)).toEqual(['executed']);
    expect(venue.submitted).toMatchObject([{ symbol: 'EURUSD', side: 'buy', quantity: 0.2, owner: 'hand' }]);
    venue.fill(venue.submitted[0]!);
    expect(desk.book.position('EURUSD', 'hand').quantity).toBe(0.2);
  });

  it('refuses real money, unless its account was named', async () => {
    const venue = new ScriptedVenue();
    venue.account = { ...venue.account, live: true };
    await expect(new Desk({ adapter: venue }).connect()).rejects.toMatchObject({ code: 'LIVE_ACCOUNT' });
    const other = new Desk({ adapter: venue, account: 'T2' });
    await expect(other.connect()).rejects.toMatchObject({ code: 'LIVE_ACCOUNT' });
    const named = new Desk({ adapter: venue, account: 'T1' });
    await named.connect();
    expect(named.book.account()).toMatchObject({ id: 'T1', balance: 10_000 });
  });

  it.each([
    ['contractSize', 0],
    ['contractSize', Number.NaN],
    ['contractSize', Number.POSITIVE_INFINITY],
    ['pipSize', Number.NaN],
    ['tickSize', -1],
    ['quantityStep', 0],
    ['minQuantity', Number.NaN],
    ['maxQuantity', 0],
    ['marginRate', Number.NaN],
  ])('leaves out an instrument whose %s is %d: no limit could count with it', async (field, value) => {
    const venue = new ScriptedVenue();
    const broken = { ...eurusd, symbol: 'BROKEN', [field]: value };
    const desk = new Desk({ adapter: Object.assign(venue, { instruments: () => [broken, eurusd] }) });
    const issues: Issue[] = [];
    desk.issues$.subscribe((issue) => issues.push(issue));
    await desk.connect();
    expect(desk.book.instrument('BROKEN')).toBeUndefined();
    expect(desk.book.instrument('EURUSD')).toBe(eurusd);
    expect(issues).toMatchObject([
      { code: 'BAD_INSTRUMENT', symbol: 'BROKEN', detail: `its ${field} is ${value}` },
    ]);
  });

  it.each(['connect', 'instruments', 'snapshot'] as const)(
    'gives up on a venue whose %s() does not answer in time, or when it is told to',
    async (step) => {
      const mute = () => Object.assign(new ScriptedVenue(), { [step]: () => new Promise(() => undefined) });
      const venue = mute();
      const late = new Desk({ adapter: venue, startTimeout: 300 }).connect();
      // The steps before the mute one take some microtasks.
      setImmediate(() => venue.clock.advance(venue.clock.now() + 300));
      await expect(late).rejects.toMatchObject({
        code: 'PREFLIGHT_FAILED',
        message: expect.stringContaining('no answer within 300 ms'),
      });
      const abort = new AbortController();
      const stopped = new Desk({ adapter: mute() }).connect(abort.signal);
      setImmediate(() => abort.abort());
      await expect(stopped).rejects.toMatchObject({
        code: 'PREFLIGHT_FAILED',
        message: expect.stringContaining('stopped'),
      });
      const tooLate = new Desk({ adapter: mute() }).connect(AbortSignal.abort());
      await expect(tooLate).rejects.toMatchObject({ code: 'PREFLIGHT_FAILED' });
    },
  );
});

describe('a journal that writes when it is told that there is time', () => {
  class LazyJournal extends MemoryJournal {
    written = 0;
    override idle(): void {
      super.idle();
      this.written = this.size;
    }
  }

  it('has written what a turn put on record by its end, on a market that moves by itself', async () => {
    const journal = new LazyJournal();
    const { bot, venue, say } = await testBot({ journal });
    say({});
    expect(journal.written).toBe(journal.size);
    venue.fill(venue.submitted[0]!);
    expect(journal.written).toBe(journal.size);
    bot.command({ do: 'pause', by: 'ann' });
    expect(journal.written).toBe(journal.size);
  });
});
