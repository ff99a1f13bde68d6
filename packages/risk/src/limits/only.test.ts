import type { Command, Finding, RiskEvent, RiskPolicy } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { maxDailyLoss } from '../account/max-daily-loss.js';
import type { GuardedPolicy } from '../policy-definition.js';
import { commanded, ended, refusedSignal, sent, traded } from '../test-support/events.js';
import { bookWith, draftOf, eurusd, signalWith, usdjpy } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { cooldown } from './cooldown.js';
import { maxOrderVolume } from './max-order-volume.js';
import { only } from './only.js';
import { orderRate } from './order-rate.js';
import { permittedInstruments } from './permitted-instruments.js';
import { repeatedExecution } from './repeated-execution.js';
import { spreadLimit } from './spread-limit.js';

/** Remembers the events that it was told, and answers with commands about itself. */
const recorder = (): GuardedPolicy<readonly string[]> => ({
  name: 'recorder',
  covers: ['day'],
  always: true,
  notice: 'records',
  memory: {
    initial: [],
    schema: z.array(z.string()).readonly(),
    watches: 'exposed',
    next: (heard, event) => [
      ...heard,
      event.type === 'command' && 'policy' in event.command ? `to ${event.command.policy}` : event.type,
    ],
    commands: (): readonly Command[] => [
      { do: 'halt', by: 'x' },
      { do: 'tell', policy: 'recorder', say: 'x', by: 'x' },
      { do: 'configure', policy: 'recorder', settings: {}, by: 'x' },
      { do: 'configure', policy: 'other', settings: {}, by: 'ann' },
    ],
    alerts: () => ['look'],
  },
  judge: (): Finding => ({ code: 'NO', limit: 0, actual: 1 }),
});

const heard = (policy: RiskPolicy<readonly string[]>, ...events: readonly RiskEvent[]): readonly string[] =>
  events.reduce((state, event) => policy.memory!.next(state, event, bookWith()), [] as readonly string[]);

describe('only', () => {
  it('applies a policy to some symbols', () => {
    const { judge } = follow(only({ symbols: ['USDJPY', 'XAUUSD'] }, recorder()));
    expect(said(judge())).toBe('approve');
    expect(said(judge({ symbol: 'USDJPY' }))).toBe('refuse NO');
    expect(said(judge({ symbol: 'XAUUSD' }))).toBe('refuse NO');
  });

  it('applies a policy to some owners', () => {
    const { judge } = follow(only({ owners: ['ann'] }, recorder()));
    expect(said(judge())).toBe('approve');
    expect(said(judge({ source: 'ann' }))).toBe('refuse NO');
  });

  it('applies a policy to some symbols of some owners', () => {
    const { judge } = follow(only({ symbols: ['USDJPY'], owners: ['ann'] }, recorder()));
    expect(said(judge({ source: 'ann' }))).toBe('approve');
    expect(said(judge({ symbol: 'USDJPY' }))).toBe('approve');
    expect(said(judge({ source: 'ann', symbol: 'USDJPY' }))).toBe('refuse NO');
  });

  it('names the scope, also within another', () => {
    const limit = spreadLimit({ pips: 3 });
    expect(only({ symbols: ['XAUUSD'] }, limit).name).toBe('spreadLimit(XAUUSD)');
    expect(only({ symbols: ['XAUUSD', 'XAGUSD'], owners: ['ann'] }, limit).name).toBe(
      'spreadLimit(XAUUSD, XAGUSD; ann)',
    );
    expect(only({ owners: ['ann'] }, only({ symbols: ['XAUUSD'] }, limit)).name).toBe(
      'spreadLimit(XAUUSD)(ann)',
    );
  });

  it('tells the policy nothing of others', () => {
    const policy = only({ symbols: ['EURUSD'], owners: ['ann'] }, recorder());
    const fill = (symbol: string, owner: string) =>
      ({ type: 'fill', fill: { symbol, owner }, expected: undefined }) as RiskEvent;
    const foreign = { symbol: 'USDJPY', owner: 'ann' };
    const other = { symbol: 'EURUSD', owner: 'bob' };
    for (const scope of [foreign, other])
      expect(
        heard(
          policy,
          sent(scope),
          ended(scope, 1),
          traded(scope),
          fill(scope.symbol, scope.owner),
          refusedSignal({ symbol: scope.symbol, source: scope.owner }),
        ),
      ).toEqual([]);
    const own = { owner: 'ann' };
    expect(
      heard(
        policy,
        sent(own),
        ended(own, 1),
        traded(own),
        fill('EURUSD', 'ann'),
        refusedSignal({ source: 'ann' }),
      ),
    ).toEqual(['sent', 'ended', 'trade', 'fill', 'decision']);
  });

  it('tells it what is about all', () => {
    const policy = only({ symbols: ['EURUSD'] }, recorder());
    const events: readonly RiskEvent[] = [
      { type: 'start' },
      { type: 'mark' },
      { type: 'connection', connection: 'up' as never },
      commanded({ do: 'pause', by: 'ann' }),
    ];
    expect(heard(policy, ...events)).toEqual(['start', 'mark', 'connection', 'command']);
  });

  it('is told and configured by its own name alone', () => {
    const policy = only({ symbols: ['EURUSD'] }, recorder());
    const tell = (to: string) => commanded({ do: 'tell', policy: to, say: 'x', by: 'ann' });
    const configure = (to: string) => commanded({ do: 'configure', policy: to, settings: {}, by: 'ann' });
    expect(heard(policy, tell('recorder'), configure('recorder'))).toEqual([]);
    expect(heard(policy, tell('recorder(EURUSD)'), configure('recorder(EURUSD)'))).toEqual([
      'to recorder',
      'to recorder',
    ]);
    expect(heard(policy, tell('other'))).toEqual(['to other']);
  });

  it('speaks to itself by its own name', () => {
    const { memory } = only({ symbols: ['EURUSD'] }, recorder());
    expect(memory?.commands?.(undefined, [], bookWith())).toEqual([
      { do: 'halt', by: 'x' },
      { do: 'tell', policy: 'recorder(EURUSD)', say: 'x', by: 'x' },
      { do: 'configure', policy: 'recorder(EURUSD)', settings: {}, by: 'x' },
      { do: 'configure', policy: 'other', settings: {}, by: 'ann' },
    ]);
    expect(memory?.alerts?.(undefined, [], bookWith())).toEqual(['look']);
    expect(memory?.watches).toBe('exposed');
  });

  it('keeps what else the policy is, but is no limit of the whole account', () => {
    expect(only({ symbols: ['EURUSD'] }, recorder())).toMatchObject({
      always: true,
      notice: 'records',
      covers: [],
    });
    const plain = only({ symbols: ['EURUSD'] }, spreadLimit({ pips: 3 }));
    for (const key of ['always', 'notice', 'memory']) expect(plain).not.toHaveProperty(key);
    const quiet = only({ symbols: ['EURUSD'] }, cooldown()).memory;
    for (const key of ['watches', 'commands', 'alerts']) expect(quiet).not.toHaveProperty(key);
    expect(only({ symbols: ['EURUSD'] }, { name: 'x', judge: () => undefined })).not.toHaveProperty(
      'settings',
    );
  });

  it('can be configured', () => {
    const policy = only({ symbols: ['EURUSD'] }, maxOrderVolume({ lots: 2 }));
    expect(policy.settings?.value).toEqual({ lots: 2 });
    const other = policy.settings!.with({ lots: 3 });
    expect(other.name).toBe('maxOrderVolume(EURUSD)');
    expect(said(follow(other).judge())).toBe('cap 3');
    expect(said(follow(other).judge({ symbol: 'USDJPY' }))).toBe('approve');
    expect(() => policy.settings!.with({ lots: 0 })).toThrowError('Too small');
  });

  it('permits what it does not apply to, and what another owner may trade', () => {
    const list = permittedInstruments({ symbols: ['XAUUSD'] });
    const policy = only({ symbols: ['EURUSD'] }, list);
    expect(policy.permits?.(eurusd)).toBe('EURUSD is not among XAUUSD');
    expect(policy.permits?.(usdjpy)).toBeUndefined();
    expect(only({ owners: ['ann'] }, list).permits?.(eurusd)).toBeUndefined();
    expect(only({ symbols: ['EURUSD'] }, cooldown()).permits?.(eurusd)).toBeUndefined();
  });

  it('counts orders of each scope by itself', () => {
    const run = follow(only({ owners: ['ann'] }, orderRate({ orders: 1, within: 1_000 })));
    const others = run.tell(sent({ owner: 'bob' }), { now: 0 });
    expect(said(others.judge({ source: 'ann' }, { now: 0 }))).toBe('approve');
    const own = others.tell(sent({ owner: 'ann' }), { now: 0 });
    expect(said(own.judge({ source: 'ann' }, { now: 0 }))).toBe('refuse ORDER_RATE');
  });

  it('lets a person re-enable under its own name', () => {
    const run = follow(only({ symbols: ['EURUSD'] }, repeatedExecution({ executions: 2 })));
    const off = run.tell(sent({ owner: 'a' })).tell(sent({ owner: 'a' }));
    const say = (policy: string) =>
      commanded({ do: 'tell', policy, say: 're-enable', data: { owner: 'a' }, by: 'ann' });
    expect(said(off.tell(say('repeatedExecution')).judge({ source: 'a' }))).toBe('refuse REPEATED_EXECUTION');
    expect(said(off.tell(say('repeatedExecution(EURUSD)')).judge({ source: 'a' }))).toBe('approve');
  });

  it('asks a policy that is an object of a class', () => {
    class Strict implements RiskPolicy {
      readonly name = 'strict';
      readonly #code = 'STRICT';
      judge(): Finding {
        return { code: this.#code, limit: 0, actual: 1 };
      }
      permits(): string {
        return this.#code;
      }
    }
    const policy = only({ symbols: ['EURUSD'] }, new Strict());
    const signal = signalWith();
    expect(said(policy.judge(draftOf(signal), signal, bookWith(), undefined))).toBe('refuse STRICT');
    expect(policy.permits?.(eurusd)).toBe('STRICT');
  });

  it('must be told a scope', () => {
    const policy = cooldown();
    expect(() => only({}, policy)).toThrowError('Neither symbols nor owners nor a name are given');
    expect(() => only({}, policy)).toThrowError(
      expect.objectContaining({ code: 'BAD_CONFIG', where: 'only' }),
    );
    expect(() => only({ symbols: [] }, policy)).toThrowError('only.symbols');
    expect(() => only({ owners: [''] }, policy)).toThrowError('only.owners');
    expect(() => only({ symbol: 'EURUSD' } as never, policy)).toThrowError('Unrecognized key');
  });

  it('gives a name, so that two of a kind stand side by side', () => {
    const hour = only({ name: 'perHour' }, orderRate({ orders: 1, within: 3_600_000 }));
    expect([hour.name, only({ name: 'x', symbols: ['EURUSD'] }, hour).name]).toEqual(['perHour', 'x']);
    const once = follow(hour).tell(sent());
    expect(said(once.judge({ symbol: 'USDJPY' }))).toBe('refuse ORDER_RATE');
    expect(only({ name: 'mine' }, maxDailyLoss()).covers).toEqual(['day']);
    expect(only({ name: 'mine', symbols: ['EURUSD'] }, maxDailyLoss()).covers).toEqual([]);
  });
});
