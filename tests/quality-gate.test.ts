import { type PaperAdapter, paper, syntheticMarket } from '@mikrobot/adapter-paper';
import {
  type Bot,
  type BotConfig,
  createBot,
  type Decision,
  fixedQuantity,
  MemoryJournal,
  type PolicyStore,
  type ReplayParts,
  replay,
  type SavedPolicies,
} from '@mikrobot/core';
import { costPresets, type LatencyModel } from '@mikrobot/matching';
import { type QualityGateSettings, qualityGate, qualityStatus, qualityVerdict } from '@mikrobot/quality';
import { smaCross } from '@mikrobot/strategies';
import { describe, expect, it } from 'vitest';

const DAY = 86_400_000;
const FROM = Date.UTC(2024, 0, 8);
const DRIFT = FROM + 2 * DAY;

const usual: LatencyModel = { kind: 'lognormal', median: 80, sigma: 0.1 };
const drifting: LatencyModel = { kind: 'drifting', model: usual, from: DRIFT, msPerHour: 4 };

const config = (settings: QualityGateSettings = {}): Omit<BotConfig, 'adapter'> => ({
  run: [
    { strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M5', fast: 3, slow: 8, stopPips: 15 } },
  ],
  risk: [fixedQuantity({ lots: 0.1 }), qualityGate(settings)],
});

const venue = (latency: LatencyModel, seed = 7, days = 3): PaperAdapter =>
  paper({
    feed: syntheticMarket({ seed, from: FROM, days }),
    costs: { ...costPresets['retail-fx'], name: 'measured', latency },
    balance: { USD: '10000' },
  });

interface Run {
  readonly bot: Bot;
  readonly decisions: readonly Decision[];
  readonly alerts: readonly { readonly time: number; readonly detail: string }[];
}

const run = async (
  latency: LatencyModel,
  settings: QualityGateSettings = {},
  more: Partial<BotConfig> & { readonly seed?: number; readonly days?: number } = {},
  during: (bot: Bot, decision: Decision) => void = () => {},
): Promise<Run> => {
  const { seed, days, ...parts } = more;
  const bot = createBot({ ...config(settings), adapter: venue(latency, seed, days), ...parts });
  const decisions: Decision[] = [];
  const alerts: { time: number; detail: string }[] = [];
  bot.decisions$.subscribe((decision) => {
    decisions.push(decision);
    during(bot, decision);
  });
  bot.issues$.subscribe(({ code, time, detail }) => {
    if (code === 'POLICY_ALERT') alerts.push({ time, detail });
  });
  await bot.run();
  return { bot, decisions, alerts };
};

const refusedByGate = (decision: Decision): boolean =>
  decision.outcome === 'refused' && decision.refusal.rule === 'qualityGate';

describe('a bot with a quality gate', () => {
  it('pauses entries when the way to the venue gets slower, and says of each why', async () => {
    const { bot, decisions, alerts } = await run(drifting);
    const verdict = qualityVerdict(bot.policyState('qualityGate'));
    expect(verdict).toMatchObject({
      pause: true,
      reasons: [{ metric: 'execution.latency', code: 'OUT_OF_CONTROL' }],
    });
    expect(alerts).toHaveLength(1);
    expect(alerts[0]?.time).toBeGreaterThan(DRIFT);
    const refused = decisions.filter(refusedByGate);
    expect(refused.length).toBeGreaterThan(10);
    for (const { signal, verdicts } of refused) {
      expect(signal.time).toBeGreaterThanOrEqual(alerts[0]?.time as number);
      expect(verdicts.at(-1)).toMatchObject({
        policy: 'qualityGate',
        outcome: 'refuse',
        code: 'OUT_OF_CONTROL',
      });
    }
    expect(bot.counts.executed + bot.counts.refused).toBe(bot.counts.signals);
  });

  it('never stands in the way of an exit', async () => {
    let left: readonly string[] | undefined;
    const { bot } = await run(drifting, {}, {}, (paused, decision) => {
      if (!refusedByGate(decision) || left !== undefined) return;
      left = paused.book.exposed();
      paused.command({ do: 'flatten', by: 'ann' });
    });
    expect(left).toEqual(['EURUSD']);
    expect(bot.book.exposed()).toEqual([]);
  });

  it.each([1, 2, 3, 4])('does not pause a bot whose venue stays as it was (market %i)', async (seed) => {
    const { bot, alerts } = await run(usual, {}, { seed });
    expect(alerts).toEqual([]);
    const { steps } = qualityStatus(bot.policyState('qualityGate'));
    const latency = steps.flatMap(({ metrics }) => metrics).find(({ path }) => path === 'execution.latency');
    expect(latency?.status).toBe('in-control');
    // exp(0.1² / 2) times the median.
    expect(latency?.kind === 'measured' && latency.usual?.center).toBeCloseTo(80.4, -1);
  });

  it('measures what the venue does: its latency, its slippage, its spread', async () => {
    const { bot } = await run({ kind: 'fixed', ms: 150 });
    const all = qualityStatus(bot.policyState('qualityGate')).steps.flatMap(({ metrics }) => metrics);
    const centers = Object.fromEntries(
      all.map((metric) => [metric.path, metric.kind === 'measured' ? metric.usual?.center : undefined]),
    );
    expect(centers['execution.latency']).toBe(150);
    expect(centers['execution.fillRatio']).toBe(1);
    // The preset adds 0.2 pips to what the market moved in the meantime.
    expect(centers['execution.slippage']).toBeCloseTo(0.2, 0);
    expect(all.find(({ path }) => path === 'execution.failures')).toMatchObject({ defects: 0 });
  });

  it('counts orders that the venue rejects, and pauses when they become frequent', async () => {
    const adapter = venue(usual, 7, 5);
    let seen = 0;
    const submit = adapter.submit.bind(adapter);
    // From the hundred and fiftieth entry on every other is rejected.
    adapter.submit = (order) => {
      if (order.request.purpose !== 'enter') return submit(order);
      seen++;
      return seen > 150 && seen % 2 === 0
        ? { outcome: 'rejected', code: 'BUSY', detail: 'too much to do' }
        : submit(order);
    };
    const { bot, alerts } = await run(usual, {}, { adapter });
    expect(alerts[0]?.detail).toMatch(/^qualityGate: execution\.failures is out of control/);
    const failures = qualityStatus(bot.policyState('qualityGate'))
      .steps.flatMap(({ metrics }) => metrics)
      .find(({ path }) => path === 'execution.failures');
    expect(failures?.kind === 'counted' && Object.keys(failures.codes)).toEqual(['VENUE_REJECTED']);
  });
});

describe('the release of a gate', () => {
  it('is a word of a person, and lets entries pass again', async () => {
    const said: string[] = [];
    const { decisions } = await run(drifting, {}, {}, (bot, decision) => {
      if (!refusedByGate(decision) || said.length > 0) return;
      said.push('release');
      bot.command({ do: 'tell', policy: 'qualityGate', say: 'release', by: 'ann' });
    });
    const first = decisions.findIndex(refusedByGate);
    const after = decisions.slice(first + 1);
    expect(after.find(({ outcome }) => outcome === 'executed')).toBeDefined();
    // The line is as slow as before, so that the gate shuts again.
    expect(after.filter(refusedByGate).length).toBeGreaterThan(0);
  });

  it('is not a word of a policy', async () => {
    const gate = qualityGate();
    const { initial, next } = gate.memory!;
    const reason = {
      metric: 'execution.latency',
      code: 'OUT_OF_CONTROL',
      limit: 8,
      actual: 9,
      since: 0,
    } as const;
    const shut = { ...initial, monitor: { process: {}, gate: { reasons: [reason], shown: [] } } };
    const command = { do: 'tell', policy: 'qualityGate', say: 'release', reason: '' } as const;
    const book = { now: () => 0 } as never;
    expect(next(shut, { type: 'command', command: { ...command, by: 'policy:other' } }, book)).toBe(shut);
    expect(
      next(shut, { type: 'command', command: { ...command, by: 'ann' } }, book).monitor.gate.reasons,
    ).toEqual([]);
  });

  it('learns anew what is usual when it is told so', async () => {
    const step: LatencyModel = { kind: 'drifting', model: usual, from: DRIFT, msPerHour: 40 };
    let said = false;
    const { bot } = await run(step, {}, {}, (paused, decision) => {
      if (!refusedByGate(decision) || said) return;
      said = true;
      paused.command({ do: 'tell', policy: 'qualityGate', say: 'relearn', by: 'ann' });
    });
    expect(said).toBe(true);
    expect(qualityVerdict(bot.policyState('qualityGate')).collecting).toContain('execution.latency');
  });
});

describe('what a gate remembers', () => {
  it('survives a restart: a bot that paused itself starts paused', async () => {
    let saved: SavedPolicies | undefined;
    const store: PolicyStore = {
      load: () => saved,
      save: (policies) => {
        saved = JSON.parse(JSON.stringify(policies)) as SavedPolicies;
      },
    };
    await run(drifting, {}, { store });
    const { decisions } = await run(usual, {}, { store, seed: 9, days: 1 });
    expect(decisions.length).toBeGreaterThan(10);
    expect(decisions.every(refusedByGate)).toBe(true);
  });

  it('is rebuilt by a replay, pauses included', async () => {
    const journal = new MemoryJournal();
    const { decisions } = await run(drifting, {}, { journal });
    expect(decisions.some(refusedByGate)).toBe(true);
    const make = (parts: ReplayParts): Bot => createBot({ ...config(), ...parts });
    const result = await replay({ entries: journal.entries(), journalId: journal.id }, make);
    expect(result.firstDifference).toBeUndefined();
    expect(result).toMatchObject({ equal: true, compared: 'decisions' });
  });
});

describe('the settings of a gate', () => {
  it('can ask to watch only: then it tells, and refuses nothing', async () => {
    const { bot, decisions, alerts } = await run(drifting, { reaction: 'watch' });
    expect(alerts[0]?.detail).toMatch(/out of control .*; entries go on, for the gate only watches$/);
    expect(decisions.some(refusedByGate)).toBe(false);
    expect(qualityVerdict(bot.policyState('qualityGate')).pause).toBe(true);
  });

  it('can ask to kill: then everything is closed and stays halted', async () => {
    const { bot, alerts } = await run(drifting, { reaction: 'kill' });
    expect(alerts).toHaveLength(1);
    expect(bot.book.halted).toMatch(/execution\.latency is out of control/);
    expect(bot.book.exposed()).toEqual([]);
  });

  it('can refuse entries while it collects', async () => {
    const { decisions } = await run(usual, { whileCollecting: 'refuse' }, { days: 1 });
    for (const decision of decisions) {
      if (decision.signal.intent === 'exit') continue;
      expect(decision).toMatchObject({ outcome: 'refused', refusal: { code: 'STILL_LEARNING' } });
    }
  });

  it.each([
    [{ minimumCpk: -1 }],
    [{ minimumValues: 1_000 }],
    [{ reaction: 'panic' }],
    [{ unknown: 1 }],
    [{ plan: { steps: [] } }],
  ])('are refused when they make no sense: %j', (settings) => {
    expect(() => qualityGate(settings as never)).toThrow(/qualityGate/);
  });
});
