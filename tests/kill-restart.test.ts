import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { type Bot, type Command, createBot, type Decision } from '@mikrobot/core';
import { fileStore, fixedFractional, killSwitch } from '@mikrobot/risk';
import { smaCross } from '@mikrobot/strategies';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

const root = mkdtempSync(join(tmpdir(), 'mikrobot-kill-restart-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let file = '';
beforeEach(() => {
  file = join(mkdtempSync(join(root, 'f-')), 'policies.json');
});

interface Ran {
  readonly decisions: readonly Decision[];
  readonly alerts: readonly string[];
  readonly open: number;
  readonly states: readonly string[];
}

/** Runs a bot on the day; the commands are given once there are so many decisions. */
const run = async (
  settings: Parameters<typeof killSwitch>[0],
  given: readonly Command[] = [],
  after = 5,
): Promise<Ran> => {
  const feed = syntheticMarket({ seed: 3, symbols: ['EURUSD'], from: Date.UTC(2024, 0, 9), days: 1 });
  const bot: Bot = createBot({
    adapter: paper({ feed, costs: 'retail-fx', balance: { USD: '10000' } }),
    run: [
      { strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M1', fast: 3, slow: 8, stopPips: 6 } },
    ],
    risk: [fixedFractional(), killSwitch(settings)],
    store: fileStore(file),
  });
  const decisions: Decision[] = [];
  const alerts: string[] = [];
  const states: string[] = [];
  bot.decisions$.subscribe((decision) => {
    decisions.push(decision);
    if (decisions.length === after) for (const command of given) bot.command(command);
  });
  bot.issues$.subscribe(({ code, detail }) => code === 'POLICY_ALERT' && alerts.push(detail));
  bot.state$.subscribe((state) => states.push(state));
  await bot.run();
  return { decisions, alerts, open: bot.book.position('EURUSD').quantity, states };
};

const entries = (decisions: readonly Decision[]) =>
  decisions.filter(({ signal }) => signal.intent === 'enter' || signal.intent === 'reverse');
const taken = (decisions: readonly Decision[]) =>
  entries(decisions).filter(({ outcome }) => outcome === 'executed').length;

const kill: Command = { do: 'kill', by: 'ann', reason: 'looks wrong' };

describe('a kill switch with a store', () => {
  it('closes what is open and takes no entry any more, in this run and the next', async () => {
    const killed = await run({}, [kill]);
    expect(taken(killed.decisions)).toBeGreaterThan(0);
    expect(killed.open).toBe(0);
    expect(killed.alerts).toContain('killSwitch: everything is latched by ann: looks wrong');
    const next = await run({});
    expect(entries(next.decisions).length).toBeGreaterThan(10);
    expect(taken(next.decisions)).toBe(0);
    expect(next.states).toContain('halted');
    expect(next.alerts).toContain('killSwitch: everything is latched by ann: looks wrong');
  });

  it('trades again after the release of a person, and after no other', async () => {
    await run({}, [kill]);
    const policy: Command = { do: 'release', by: 'policy:x', reason: 'it says so' };
    expect(taken((await run({}, [policy])).decisions)).toBe(0);
    const person: Command = { do: 'release', by: 'ben', reason: 'checked' };
    const released = await run({}, [person]);
    expect(taken(released.decisions.slice(0, 5))).toBe(0);
    expect(taken(released.decisions)).toBeGreaterThan(0);
    const next = await run({});
    expect(taken(next.decisions.slice(0, 5))).toBeGreaterThan(0);
    expect(next.alerts).toEqual([]);
  });

  it('stays latched when it is released before everything is closed', async () => {
    const killed = await run({}, [kill, { do: 'release', by: 'ben', reason: 'too soon' }]);
    expect(killed.states).toContain('killing');
    expect(taken((await run({})).decisions)).toBe(0);
  });

  it('stays latched when the line was revoked, which a new start opens again', async () => {
    const revoked = await run({}, [{ ...kill, revoke: true }]);
    expect(revoked.open).toBe(0);
    const next = await run({});
    expect(entries(next.decisions).length).toBeGreaterThan(10);
    expect(taken(next.decisions)).toBe(0);
  });

  it('trips by itself on a loss, closes what is open, and stays latched', async () => {
    const calm = await run({});
    const tripped = await run({ drawdown: 0.003 });
    expect(tripped.alerts[0]).toContain('policy:killSwitch: the equity fell so far from its peak');
    expect(taken(tripped.decisions)).toBeGreaterThan(0);
    expect(taken(tripped.decisions)).toBeLessThan(taken(calm.decisions));
    expect(tripped.states).toContain('killing');
    expect(tripped.open).toBe(0);
    expect(taken((await run({ drawdown: 0.003 })).decisions)).toBe(0);
  });

  it('does not start where the file was edited', async () => {
    await run({}, [kill]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('looks wrong', 'looks right'));
    await expect(run({})).rejects.toThrow('checksum');
  });
});
