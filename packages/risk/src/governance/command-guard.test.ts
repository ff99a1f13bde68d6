import { type Command, type CommandContext, commandSchema, type HeldSignal } from '@mikrobot/core';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { signalWith } from '../test-support/market.js';
import { AuditLog, verifyAudit } from './audit-log.js';
import { toBase32 } from './base32.js';
import { PersonGuard } from './command-guard.js';
import type { GuardSettingsInput } from './guard-settings.js';
import type { GuardState } from './guard-state.js';
import { totp } from './totp.js';

/** Tuesday, 10:00 and 22:00 UTC. */
const WORK = Date.UTC(2023, 10, 14, 10);
const NIGHT = Date.UTC(2023, 10, 14, 22);
const STEP = 30_000;
const NO_CODE = {};

const bytesOf = (name: string): Buffer => Buffer.from(`${name}, this is a secret`.padEnd(20).slice(0, 20));
const codeOf = (name: string, now: number): string => totp(bytesOf(name), now);

const people: GuardSettingsInput['people'] = {
  vera: { roles: ['viewer'], secret: 'vera' },
  tom: { roles: ['trader'], secret: 'tom' },
  ann: { roles: ['approver'], secret: 'ann' },
  amy: { roles: ['approver', 'trader'], secret: 'amy' },
  bob: { roles: ['admin'], secret: 'bob' },
  eve: { roles: ['admin'], secret: 'eve' },
  uma: { roles: ['admin'] },
};

const heldBy = (source: string, origin: 'strategy' | 'person'): HeldSignal => ({
  signal: signalWith({ source, origin }),
  until: NIGHT,
  code: 'FIRST_TRADES',
});

const at = (now: number, over: Partial<CommandContext> = {}): CommandContext => ({
  now,
  held: undefined,
  settings: () => ({ fraction: 0.05 }),
  ...over,
});

const approve: Command = { do: 'approve', signal: 's1', by: 'ann' };
const configure = (by: string, fraction = 0.1, reason = ''): Command => ({
  do: 'configure',
  policy: 'maxDailyLoss',
  settings: { fraction },
  by,
  reason,
});

/** One of each command, as somebody gives it. */
const each = (by: string): readonly Command[] => [
  { do: 'approve', signal: 's1', by },
  { do: 'reject', signal: 's1', by },
  { do: 'signal', draft: { symbol: 'EURUSD', intent: 'enter', side: 'buy' }, by },
  { do: 'pause', by },
  { do: 'resume', by },
  { do: 'halt', by },
  { do: 'release', by, reason: 'checked' },
  { do: 'flatten', by },
  { do: 'cancel-all', by },
  { do: 'kill', by },
  { do: 'tell', policy: 'p', say: 'reset', by },
  configure(by),
];

describe('PersonGuard', () => {
  let lines: string[];
  let saved: GuardState[];
  beforeEach(() => {
    lines = [];
    saved = [];
  });

  const guardWith = (over: Partial<GuardSettingsInput> = {}, load: unknown = undefined) =>
    new PersonGuard(
      { people, ...over },
      {
        secrets: (name) => toBase32(bytesOf(name)),
        audit: new AuditLog((line) => lines.push(line)),
        store: { load: () => load, save: (state) => saved.push(state) },
      },
    );

  const say = (
    guard: PersonGuard,
    command: Command,
    now: number,
    proof: unknown = { code: codeOf(command.by, now) },
    context: Partial<CommandContext> = {},
  ) => guard.check(commandSchema.parse(command), proof, at(now, context));

  const code = (...args: Parameters<typeof say>): string => say(...args)?.code ?? 'taken';

  describe('roles', () => {
    it.each([
      ['vera', ''],
      ['tom', 'cancel-all flatten halt kill pause reject resume signal'],
      ['ann', 'approve cancel-all flatten halt kill pause reject release resume tell'],
      ['bob', 'cancel-all configure flatten halt kill pause reject release resume tell'],
    ])('let %s give: %s', (name, expected) => {
      const guard = guardWith({ codeFor: [] });
      const given = each(name).filter((command) => code(guard, command, WORK) === 'taken');
      const names = given.map((c) => c.do).sort();
      expect(names.join(' ')).toBe(expected);
    });

    it('name who may, and what the person is', () => {
      expect(say(guardWith(), configure('amy'), WORK)).toEqual({
        code: 'NOT_ENTITLED',
        limit: 'admin',
        actual: 'approver, trader',
      });
    });

    it.each(['mallory', '__proto__', 'constructor', 'Ann'])('know nobody named %s', (by) => {
      for (const command of each(by))
        expect(say(guardWith(), command, WORK, { code: '000000' })).toMatchObject({
          code: 'UNKNOWN_PERSON',
          actual: by,
        });
    });
  });

  describe('what restrains the bot', () => {
    const restraints = each('tom').filter((c) =>
      ['reject', 'pause', 'halt', 'flatten', 'cancel-all', 'kill'].includes(c.do),
    );

    it.each(restraints)('needs no code: $do', (command) => {
      expect(code(guardWith(), command, NIGHT, NO_CODE)).toBe('taken');
      expect(code(guardWith(), command, NIGHT, { code: '000000' })).toBe('taken');
    });

    it.each(restraints)('passes although audit log and store fail: $do', (command) => {
      const failures: unknown[] = [];
      const fail = () => {
        throw new Error('disk full');
      };
      const guard = new PersonGuard(
        { people },
        {
          secrets: fail,
          audit: { append: fail },
          store: { load: () => undefined, save: fail },
          onFailure: (e) => failures.push(e),
        },
      );
      expect(code(guard, command, NIGHT)).toBe('taken');
      expect(failures).toEqual([new Error('disk full')]);
    });

    it('passes for somebody who is locked out, and with a reason that is no text', () => {
      const guard = guardWith();
      for (let i = 0; i < 6; i++) code(guard, { do: 'resume', by: 'tom' }, WORK, { code: '000000' });
      expect(code(guard, { do: 'resume', by: 'tom' }, WORK)).toBe('LOCKED_OUT');
      expect(code(guard, { do: 'kill', by: 'tom', reason: 'half \ud83d of \\ud83d' }, WORK)).toBe('taken');
      expect(JSON.parse(lines.at(-1) as string).data.command.reason).toBe('half \ufffd of \\ud83d');
    });

    it('cannot be made to need a code or a second person', () => {
      for (const wrong of [{ codeFor: ['kill'] }, { secondPersonFor: { kill: 'always' } }])
        expect(() => guardWith(wrong as never)).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
    });
  });

  describe('one-time codes', () => {
    it.each(['approve', 'resume', 'release', 'tell', 'signal', 'configure'])('are needed for %s', (kind) => {
      const by = { signal: 'tom', configure: 'bob' }[kind] ?? 'ann';
      const command = each(by).find((c) => c.do === kind) as Command;
      const guard = guardWith();
      expect(say(guard, command, WORK, NO_CODE)).toEqual({
        code: 'NEEDS_CODE',
        limit: 'a one-time code',
        actual: 'none',
      });
      expect(code(guard, command, WORK)).toBe('taken');
    });

    it.each([null, 'code', 5, {}, { code: 123456 }, { code: 'x'.repeat(101) }, []])(
      'are not found in the proof %o',
      (proof) => {
        expect(code(guardWith(), approve, WORK, proof)).toBe('NEEDS_CODE');
      },
    );

    it('may be typed with blanks', () => {
      const typed = codeOf('ann', WORK).replace(/(...)/, '$1 ');
      expect(code(guardWith(), approve, WORK, { code: typed })).toBe('taken');
    });

    it('of another person or another time are wrong', () => {
      const guard = guardWith();
      expect(say(guard, approve, WORK, { code: codeOf('bob', WORK) })).toEqual({
        code: 'BAD_CODE',
        limit: 5,
        actual: 1,
      });
      expect(say(guard, approve, WORK, { code: codeOf('ann', WORK - 2 * STEP) })?.actual).toBe(2);
      expect(code(guard, approve, WORK, { code: codeOf('ann', WORK - STEP) })).toBe('taken');
    });

    it('are taken once, whatever they are for, also after a restart', () => {
      const guard = guardWith();
      const proof = { code: codeOf('ann', WORK) };
      expect(code(guard, approve, WORK, proof)).toBe('taken');
      expect(code(guard, approve, WORK, proof)).toBe('CODE_USED');
      expect(code(guard, { do: 'resume', by: 'ann' }, WORK + 1_000, proof)).toBe('CODE_USED');
      const restarted = guardWith({}, JSON.parse(JSON.stringify(saved.at(-1))));
      expect(code(restarted, approve, WORK + 2_000, proof)).toBe('CODE_USED');
      expect(code(restarted, approve, WORK + STEP)).toBe('taken');
    });

    it('that were used do not count as guesses', () => {
      const guard = guardWith();
      const proof = { code: codeOf('ann', WORK) };
      for (let i = 0; i < 20; i++) code(guard, approve, WORK, proof);
      expect(code(guard, approve, WORK + STEP)).toBe('taken');
    });

    it('need a secret that is there, is base32 and is long enough', () => {
      expect(code(guardWith(), configure('uma'), WORK, { code: '000000' })).toBe('NO_SECRET');
      for (const secret of ['', 'not base32!', toBase32(Buffer.alloc(15, 7))]) {
        const guard = new PersonGuard(
          { people },
          { secrets: () => secret, audit: new AuditLog((line) => lines.push(line)) },
        );
        expect(say(guard, approve, WORK)).toEqual({
          code: 'SECRET_UNREADABLE',
          limit: 'at least 16 bytes in base32',
          actual: 'ann',
        });
      }
      const enough = Buffer.alloc(16, 7);
      const guard = new PersonGuard(
        { people },
        { secrets: () => toBase32(enough), audit: new AuditLog((line) => lines.push(line)) },
      );
      expect(code(guard, approve, WORK, { code: totp(enough, WORK) })).toBe('taken');
    });

    it('are made as the settings say', () => {
      const codes = { algorithm: 'sha256', digits: 8, step: 60_000, window: 0 } as const;
      const guard = guardWith({ codes });
      const typed = (now: number) => ({ code: totp(bytesOf('ann'), now, codes) });
      expect(code(guard, approve, WORK, typed(WORK - 1))).toBe('BAD_CODE');
      expect(code(guard, approve, WORK, typed(WORK + 59_999))).toBe('taken');
    });
  });

  describe('guessing', () => {
    const wrong = { code: '000000' };

    it('ends after five wrong codes in a row, for a quarter of an hour', () => {
      const guard = guardWith();
      const tries = Array.from({ length: 7 }, () => say(guard, approve, WORK, wrong));
      expect(tries.map((f) => f?.code)).toEqual([...Array(5).fill('BAD_CODE'), 'LOCKED_OUT', 'LOCKED_OUT']);
      expect(tries[4]?.actual).toBe(5);
      expect(tries[5]).toEqual({
        code: 'LOCKED_OUT',
        limit: '5 wrong codes in a row',
        actual: '900 s more',
      });
      expect(code(guard, approve, WORK + 899_999)).toBe('LOCKED_OUT');
      expect(code(guard, approve, WORK + 900_000)).toBe('taken');
    });

    it('locks out one person only, and starts again after that', () => {
      const guard = guardWith({ lockout: { attempts: 2, time: 1_000 } });
      const tries = [WORK, WORK, WORK + 1_000, WORK + 1_000, WORK + 1_000].map((now) =>
        code(guard, approve, now, wrong),
      );
      expect(tries).toEqual(['BAD_CODE', 'BAD_CODE', 'BAD_CODE', 'BAD_CODE', 'LOCKED_OUT']);
      expect(code(guard, { ...approve, by: 'amy' }, WORK + 1_000)).toBe('taken');
    });

    it('is forgotten after a right code, and remembered over a restart', () => {
      const guard = guardWith();
      for (let i = 0; i < 4; i++) code(guard, approve, WORK, wrong);
      expect(code(guard, approve, WORK)).toBe('taken');
      for (let i = 0; i < 5; i++) expect(code(guard, approve, WORK, wrong)).toBe('BAD_CODE');
      const restarted = guardWith({}, JSON.parse(JSON.stringify(saved.at(-1))));
      expect(code(restarted, approve, WORK + STEP)).toBe('LOCKED_OUT');
    });

    it('is not done by giving no code', () => {
      const guard = guardWith();
      for (let i = 0; i < 9; i++) code(guard, approve, WORK, NO_CODE);
      expect(code(guard, approve, WORK)).toBe('taken');
    });

    it('is shut out after each third wrong code in a row, whoever guesses however often', () => {
      const attempt = fc.record({
        wait: fc.integer({ min: 0, max: 400_000 }),
        right: fc.boolean(),
        by: fc.constantFrom('ann', 'amy'),
      });
      fc.assert(
        fc.property(fc.array(attempt, { maxLength: 60 }), (attempts) => {
          const guard = guardWith({ lockout: { attempts: 3, time: 600_000 } });
          const row = new Map<string, number>();
          const shut = new Map<string, number>();
          let now = WORK;
          for (const { wait, right, by } of attempts) {
            now += wait;
            const answer = code(guard, { ...approve, by }, now, right ? { code: codeOf(by, now) } : wrong);
            const locked = now < (shut.get(by) ?? 0);
            expect(answer === 'LOCKED_OUT').toBe(locked);
            if (locked || answer === 'CODE_USED') continue;
            expect(answer).toBe(right ? 'taken' : 'BAD_CODE');
            row.set(by, right ? 0 : (row.get(by) ?? 0) + 1);
            if (row.get(by) !== 3) continue;
            row.set(by, 0);
            shut.set(by, now + 600_000);
          }
        }),
      );
    });
  });

  describe('approving', () => {
    it('is not for the own signal of a person', () => {
      const own = heldBy('amy', 'person');
      const command = { ...approve, by: 'amy' };
      expect(say(guardWith(), command, WORK, NO_CODE, { held: own })).toEqual({
        code: 'OWN_SIGNAL',
        limit: 'another person',
        actual: 'amy',
      });
      expect(code(guardWith(), approve, WORK, NO_CODE, { held: own })).toBe('NEEDS_CODE');
      expect(
        code(guardWith(), command, WORK, { code: codeOf('amy', WORK) }, { held: heldBy('amy', 'strategy') }),
      ).toBe('taken');
    });
  });

  describe('a second person', () => {
    it('is needed for settings outside working hours', () => {
      const guard = guardWith();
      const first = say(guard, configure('bob'), NIGHT);
      const [request] = guard.requests(NIGHT);
      expect(first).toEqual({
        code: 'NEEDS_SECOND_PERSON',
        limit: 'somebody besides bob',
        actual: `request ${request?.id}`,
        hold: 3_600_000,
      });
      expect(code(guard, configure('eve'), NIGHT + 3_599_999)).toBe('taken');
      expect(guard.requests(NIGHT)).toEqual([]);
    });

    it('is not needed within them', () => {
      expect(code(guardWith(), configure('bob'), WORK)).toBe('taken');
      const hours = { zone: 'America/New_York', from: '16:30', to: '17:30', days: [2] as [2] };
      expect(code(guardWith({ hours }), configure('bob'), NIGHT)).toBe('taken');
      expect(code(guardWith({ hours }), configure('bob'), WORK)).toBe('NEEDS_SECOND_PERSON');
      expect(code(guardWith({ secondPersonFor: {} }), configure('bob'), NIGHT)).toBe('taken');
    });

    it.each([
      ['08:00 on Tuesday', Date.UTC(2023, 10, 14, 8), 'taken'],
      ['a moment before', Date.UTC(2023, 10, 14, 8) - 1, 'NEEDS_SECOND_PERSON'],
      ['18:00', Date.UTC(2023, 10, 14, 18), 'NEEDS_SECOND_PERSON'],
      ['a moment before 18:00', Date.UTC(2023, 10, 14, 18) - 1, 'taken'],
      ['noon on Saturday', Date.UTC(2023, 10, 18, 12), 'NEEDS_SECOND_PERSON'],
    ])('at %s by default: %3$s', (_, now, expected) => {
      expect(code(guardWith(), configure('bob'), now)).toBe(expected);
    });

    it('must be another one, with a role and a code', () => {
      const guard = guardWith();
      code(guard, configure('bob'), NIGHT);
      expect(code(guard, configure('bob'), NIGHT + STEP)).toBe('NEEDS_SECOND_PERSON');
      expect(say(guard, configure('bob'), NIGHT + 2 * STEP)?.hold).toBe(3_600_000 - 2 * STEP);
      expect(code(guard, configure('ann'), NIGHT)).toBe('NOT_ENTITLED');
      expect(code(guard, configure('eve'), NIGHT, NO_CODE)).toBe('NEEDS_CODE');
      expect(code(guard, configure('eve'), NIGHT)).toBe('taken');
    });

    it('must mean exactly the same, but may say why in other words', () => {
      const guard = guardWith();
      code(guard, configure('bob', 0.1, 'market is calm'), NIGHT);
      expect(code(guard, configure('eve', 0.11), NIGHT)).toBe('NEEDS_SECOND_PERSON');
      expect(guard.requests(NIGHT)).toHaveLength(2);
      expect(code(guard, configure('eve', 0.1, 'agreed'), NIGHT + STEP)).toBe('taken');
      expect(guard.requests(NIGHT)).toHaveLength(1);
    });

    it('comes too late after the lifetime of the request, which then begins anew', () => {
      const guard = guardWith();
      code(guard, configure('bob'), NIGHT);
      expect(code(guard, configure('eve'), NIGHT + 3_600_000)).toBe('NEEDS_SECOND_PERSON');
      expect(guard.state.requests).toHaveLength(1);
      expect(code(guard, configure('bob'), NIGHT + 3_600_000)).toBe('taken');
    });

    it('is needed again for the next time', () => {
      const guard = guardWith();
      code(guard, configure('bob'), NIGHT);
      code(guard, configure('eve'), NIGHT);
      expect(code(guard, configure('eve'), NIGHT + STEP)).toBe('NEEDS_SECOND_PERSON');
    });

    it('is waited for over a restart', () => {
      code(guardWith(), configure('bob'), NIGHT);
      const restarted = guardWith({}, JSON.parse(JSON.stringify(saved.at(-1))));
      expect(code(restarted, configure('eve'), NIGHT)).toBe('taken');
    });

    it('may say no, which wins until the request would have expired', () => {
      const guard = guardWith();
      code(guard, configure('bob'), NIGHT);
      const id = guard.requests(NIGHT)[0]?.id as string;
      expect(guard.reject(id, 'tom', NIGHT)).toBeUndefined();
      expect(guard.reject(id, 'tom', NIGHT)).toBeUndefined();
      expect(guard.requests(NIGHT)).toEqual([]);
      expect(saved.at(-1)?.requests[0]?.rejectedBy).toEqual(['tom']);
      expect(JSON.parse(lines.at(-1) as string).data).toEqual({
        do: 'reject request',
        by: 'tom',
        outcome: 'taken',
        request: id,
      });
      expect(say(guard, configure('eve'), NIGHT)).toEqual({
        code: 'REQUEST_REJECTED',
        limit: 'no rejection',
        actual: 'tom',
      });
      expect(code(guard, configure('bob'), NIGHT + 3_599_999)).toBe('REQUEST_REJECTED');
      expect(code(guard, configure('bob'), NIGHT + 3_600_000)).toBe('NEEDS_SECOND_PERSON');
    });

    it('may say no only with a role, and only to what waits', () => {
      const guard = guardWith();
      code(guard, configure('bob'), NIGHT);
      const id = guard.requests(NIGHT)[0]?.id as string;
      expect(guard.reject(id, 'vera', NIGHT)?.code).toBe('NOT_ENTITLED');
      expect(guard.reject(id, 'mallory', NIGHT)?.code).toBe('UNKNOWN_PERSON');
      expect(guard.reject('1', 'tom', NIGHT)).toEqual({
        code: 'NO_REQUEST',
        limit: 'a request that waits',
        actual: '1',
      });
      expect(guard.reject(id, 'tom', NIGHT + 3_600_000)?.code).toBe('NO_REQUEST');
      expect(lines.slice(1).map((line) => JSON.parse(line).data)).toMatchObject([
        { do: 'reject request', by: 'vera', outcome: 'refused', code: 'NOT_ENTITLED', request: id },
        { by: 'mallory', code: 'UNKNOWN_PERSON' },
        { by: 'tom', code: 'NO_REQUEST', request: '1' },
        { by: 'tom', code: 'NO_REQUEST' },
      ]);
      expect(code(guard, configure('eve'), NIGHT)).toBe('taken');
    });

    it('need not come any more when the first acted alone within working hours', () => {
      const guard = guardWith({ requestLifetime: 86_400_000 });
      code(guard, configure('bob'), NIGHT);
      const morning = WORK + 86_400_000;
      expect(code(guard, configure('bob'), morning)).toBe('taken');
      expect(guard.requests(morning)).toEqual([]);
    });

    it('can be asked for anything that loosens, at any time', () => {
      const guard = guardWith({ secondPersonFor: { release: 'always', approve: 'always' } });
      const release = (by: string): Command => ({
        do: 'release',
        symbol: undefined,
        by,
        reason: `${by} looked`,
      });
      expect(code(guard, release('ann'), WORK)).toBe('NEEDS_SECOND_PERSON');
      expect(code(guard, release('bob'), WORK)).toBe('taken');
      expect(code(guard, approve, WORK + STEP)).toBe('NEEDS_SECOND_PERSON');
      expect(code(guard, { ...approve, by: 'amy' }, WORK)).toBe('taken');
      expect(code(guard, configure('bob'), NIGHT)).toBe('taken');
    });

    it('is waited for by at most 100 commands at once', () => {
      const guard = guardWith({ codeFor: [] });
      for (let i = 0; i < 100; i++) code(guard, configure('bob', i), NIGHT);
      expect(say(guard, configure('bob', 100), NIGHT)).toEqual({
        code: 'TOO_MANY_REQUESTS',
        limit: 100,
        actual: 100,
      });
      expect(code(guard, configure('eve', 99), NIGHT)).toBe('taken');
      expect(code(guard, configure('bob', 101), NIGHT + 3_600_000)).toBe('NEEDS_SECOND_PERSON');
      expect(guard.state.requests).toHaveLength(1);
    });
  });

  describe('the audit log', () => {
    const data = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line).data);

    it('has every attempt, taken or not, and holds', () => {
      const guard = guardWith();
      say(guard, approve, WORK);
      say(guard, approve, WORK, { code: '000000' });
      say(guard, { ...approve, by: 'mallory' }, WORK);
      say(guard, { do: 'kill', by: 'tom' }, WORK);
      expect(data().map((d) => [d.by, d.do, d.outcome, d.code])).toEqual([
        ['ann', 'approve', 'taken', undefined],
        ['ann', 'approve', 'refused', 'BAD_CODE'],
        ['mallory', 'approve', 'refused', 'UNKNOWN_PERSON'],
        ['tom', 'kill', 'taken', undefined],
      ]);
      expect(verifyAudit(lines)).toMatchObject({ ok: true });
      expect(lines.map((line) => JSON.parse(line).at)).toEqual([WORK, WORK, WORK, WORK]);
    });

    it('tells of settings what they were, what they became, and who agreed', () => {
      const guard = guardWith();
      say(guard, configure('bob', 0.1, 'why not'), NIGHT);
      say(guard, configure('eve', 0.1), NIGHT);
      const [first, second] = data();
      expect(first).toMatchObject({ outcome: 'waiting', from: { fraction: 0.05 } });
      expect(first?.command).toEqual(configure('bob', 0.1, 'why not'));
      expect(second).toMatchObject({
        outcome: 'taken',
        from: { fraction: 0.05 },
        command: { settings: { fraction: 0.1 } },
        people: ['bob', 'eve'],
        payload: first?.payload,
      });
    });

    it('keeps of a refused attempt no more than its hash', () => {
      const settings = 'y'.repeat(5_000);
      say(guardWith(), { do: 'configure', policy: 'p', settings, by: 'x'.repeat(5_000) }, NIGHT);
      expect(lines[0]?.length).toBeLessThan(500);
      expect(data()[0]?.payload).toMatch(/^[0-9a-f]{64}$/);
    });

    it('has neither codes nor secrets, whatever happens', () => {
      const guard = guardWith();
      const code = codeOf('ann', WORK);
      for (const proof of [{ code }, { code }, { code: '987654' }, { code: '987654', note: 'x' }])
        say(guard, approve, WORK, proof);
      const secret = toBase32(bytesOf('ann'));
      const seen = JSON.stringify([lines, saved, guard.state]);
      for (const hidden of [code, '987654', secret, bytesOf('ann').toString('hex')])
        expect(seen).not.toContain(hidden);
    });

    it('refuses what loosens when it cannot be written', () => {
      const failures: unknown[] = [];
      const guard = new PersonGuard(
        { people },
        {
          secrets: (name) => toBase32(bytesOf(name)),
          audit: {
            append: () => {
              throw new Error('disk full');
            },
          },
          onFailure: (e) => failures.push(e),
        },
      );
      expect(code(guard, approve, WORK)).toBe('AUDIT_FAILED');
      expect(failures).toHaveLength(1);
    });
  });

  describe('its state', () => {
    it('is saved before a command passes, and only when it changed', () => {
      const guard = guardWith();
      say(guard, { do: 'kill', by: 'tom' }, WORK);
      say(guard, approve, WORK, NO_CODE);
      say(guard, { do: 'reject', signal: 'nothing', by: 'tom' }, WORK);
      expect(saved).toEqual([]);
      say(guard, approve, WORK);
      expect(saved).toEqual([guard.state]);
      expect(guard.state.people).toEqual([
        { name: 'ann', lastStep: WORK / STEP, failures: 0, lockedUntil: 0 },
      ]);
    });

    it('that cannot be saved refuses what loosens, and says so in the log', () => {
      const guard = new PersonGuard(
        { people },
        {
          secrets: (name) => toBase32(bytesOf(name)),
          audit: new AuditLog((line) => lines.push(line)),
          store: {
            load: () => undefined,
            save: () => {
              throw new Error('disk full');
            },
          },
        },
      );
      expect(code(guard, approve, WORK)).toBe('STORE_FAILED');
      expect(JSON.parse(lines[0] as string).data.code).toBe('STORE_FAILED');
      // The code is used up all the same.
      expect(code(guard, approve, WORK)).toBe('CODE_USED');
    });

    it.each([null, {}, { people: [{}], requests: [] }, { people: [], requests: [{ id: 'x' }] }])(
      'is not begun anew when what is saved is %o',
      (load) => {
        expect(() => guardWith({}, load)).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
      },
    );
  });

  it.each([
    [{ people: { ann: { roles: ['king'] } } }, 'command guard.people.ann.roles.0'],
    [{ codeFor: ['approved'] }, 'command guard.codeFor.0'],
    [{ requestLifetime: 0 }, 'command guard.requestLifetime'],
    [{ lockout: { attempts: 0 } }, 'command guard.lockout.attempts'],
    [{ secretes: {} }, 'command guard'],
  ])('refuses the settings %o by name', (settings, where) => {
    expect(() => guardWith(settings as never)).toThrowError(
      expect.objectContaining({ code: 'BAD_CONFIG', where }),
    );
  });
});
