import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalRequest,
  approvalRequestSchema,
  approveRequest,
  claimRequest,
  payloadHash,
  rejectRequest,
  requestApproval,
  requestStatus,
} from './four-eyes.js';

const T = 1_700_000_000_000;
const payload = { do: 'configure', policy: 'maxDailyLoss', settings: { fraction: 0.05 } };

const opened = (need = 1): ApprovalRequest =>
  requestApproval({ requester: 'alice', payload, need, time: T, lifetime: 60_000 });

/** The request after the others said yes. */
const approvedBy = (people: readonly string[], need = people.length): ApprovalRequest =>
  people.reduce((request, by) => approveRequest(request, { by, payload, time: T + 1 }).request, opened(need));

const claim = (request: ApprovalRequest, over: { payload?: unknown; time?: number } = {}) =>
  claimRequest(request, { payload, time: T + 2, ...over });

describe('a request', () => {
  it('is the data of a wish, bound to its hash', () => {
    expect(opened(2)).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{16}$/),
      requester: 'alice',
      // printf '{"do":"configure","policy":"maxDailyLoss","settings":{"fraction":0.05}}' | sha256sum
      payload: '47ff6130c2345b91d38a5619d9549e30586f76e0a2c7a788770e0f3e91c993e6',
      need: 2,
      created: T,
      expires: T + 60_000,
      approvedBy: [],
      rejectedBy: [],
      used: false,
    });
    expect(approvalRequestSchema.parse(JSON.parse(JSON.stringify(opened(2))))).toEqual(opened(2));
  });

  it('has an id of its own for another requester, payload or time', () => {
    const base = { requester: 'alice', payload, time: T, lifetime: 60_000 };
    const others = [{}, { requester: 'bob' }, { payload: {} }, { time: T + 1 }];
    expect(new Set(others.map((other) => requestApproval({ ...base, ...other }).id)).size).toBe(4);
  });

  it('hashes what means the same to the same', () => {
    const { settings, policy } = payload;
    expect(payloadHash({ settings, policy, do: 'configure' })).toBe(opened().payload);
  });

  it.each([
    [{ need: 0 }, 'BAD_CONFIG'],
    [{ need: 1.5 }, 'BAD_CONFIG'],
    [{ lifetime: 0 }, 'BAD_CONFIG'],
    [{ lifetime: Number.NaN }, 'BAD_CONFIG'],
    [{ lifetime: Number.POSITIVE_INFINITY }, 'BAD_CONFIG'],
    [{ payload: { at: undefined } }, 'BAD_ENTRY'],
  ])('is refused with %o', (change, code) => {
    const input = { requester: 'alice', payload, time: T, lifetime: 60_000, ...change };
    expect(() => requestApproval(input)).toThrowError(expect.objectContaining({ code }));
  });
});

describe('an approval', () => {
  it('by one other person is enough when one is needed', () => {
    expect(requestStatus(opened(), T + 1)).toBe('open');
    expect(requestStatus(approvedBy(['bob']), T + 1)).toBe('approved');
    expect(claim(approvedBy(['bob'])).refusal).toBeUndefined();
  });

  it('by one person is not enough when two are needed', () => {
    const one = approvedBy(['bob'], 2);
    expect(requestStatus(one, T + 1)).toBe('open');
    expect(claim(one).refusal).toBe('NOT_APPROVED');
    expect(claim(approvedBy(['bob', 'carol'])).refusal).toBeUndefined();
  });

  it("is not the requester's to give", () => {
    const step = approveRequest(opened(), { by: 'alice', payload, time: T + 1 });
    expect(step).toEqual({ request: opened(), refusal: 'OWN_REQUEST' });
  });

  it('counts once a person', () => {
    const step = approveRequest(approvedBy(['bob'], 2), { by: 'bob', payload, time: T + 1 });
    expect(step.refusal).toBe('SAME_PERSON');
    expect(step.request.approvedBy).toEqual(['bob']);
  });

  it('is for what the approver saw', () => {
    const other = { ...payload, settings: { fraction: 0.5 } };
    expect(approveRequest(opened(), { by: 'bob', payload: other, time: T + 1 }).refusal).toBe(
      'PAYLOAD_CHANGED',
    );
    expect(claim(approvedBy(['bob']), { payload: other }).refusal).toBe('PAYLOAD_CHANGED');
  });

  it('comes too late at the end of the lifetime, and is lost when it is not used in time', () => {
    const yes = (time: number) => approveRequest(opened(), { by: 'bob', payload, time }).refusal;
    expect([yes(T + 59_999), yes(T + 60_000), yes(Number.NaN)]).toEqual([undefined, 'EXPIRED', 'EXPIRED']);
    expect(claim(approvedBy(['bob']), { time: T + 59_999 }).refusal).toBeUndefined();
    expect(claim(approvedBy(['bob']), { time: T + 60_000 }).refusal).toBe('EXPIRED');
    expect(requestStatus(approvedBy(['bob']), T + 60_000)).toBe('expired');
  });

  it('is used once', () => {
    const { request } = claim(approvedBy(['bob']));
    expect(requestStatus(request, T + 2)).toBe('used');
    expect(claim(request).refusal).toBe('USED');
    expect(approveRequest(request, { by: 'carol', payload, time: T + 2 }).refusal).toBe('USED');
    expect(rejectRequest(request, { by: 'carol', time: T + 2 }).refusal).toBe('USED');
  });
});

describe('a rejection', () => {
  it.each(['carol', 'bob', 'alice'])('by %s wins over an approval', (by) => {
    const { request, refusal } = rejectRequest(approvedBy(['bob']), { by, time: T + 2 });
    expect(refusal).toBeUndefined();
    expect(requestStatus(request, T + 2)).toBe('rejected');
    expect(claim(request).refusal).toBe('REJECTED');
  });

  it('cannot be outvoted, nor outlived', () => {
    const { request } = rejectRequest(opened(), { by: 'carol', time: T });
    expect(approveRequest(request, { by: 'bob', payload, time: T + 1 }).refusal).toBe('REJECTED');
    expect(requestStatus(request, T + 60_000)).toBe('rejected');
  });

  it('is remembered with all who said no, each once', () => {
    let { request } = rejectRequest(opened(), { by: 'carol', time: T });
    for (const by of ['bob', 'carol']) request = rejectRequest(request, { by, time: T }).request;
    expect(request.rejectedBy).toEqual(['carol', 'bob']);
  });

  it('of what has expired changes nothing', () => {
    expect(rejectRequest(opened(), { by: 'carol', time: T + 60_000 })).toEqual({
      request: opened(),
      refusal: 'EXPIRED',
    });
  });
});

describe('no sequence of answers', () => {
  const person = fc.constantFrom('alice', 'bob', 'carol', 'dave');
  const shown = fc.constantFrom<unknown>(payload, payload, payload, { ...payload, policy: 'other' });
  const action = fc.record({
    what: fc.constantFrom('approve', 'approve', 'approve', 'reject', 'claim', 'claim'),
    by: person,
    shown,
    wait: fc.integer({ min: 0, max: 12_000 }),
  });

  it('lets a request pass without so many distinct others in time, with a no, or twice', () => {
    let passed = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), fc.array(action, { maxLength: 14 }), (need, actions) => {
        // What an observer with a notebook would say, without the code under test.
        const yes = new Set<string>();
        let no = false;
        let uses = 0;
        let time = T;
        let request = opened(need);
        for (const { what, by, shown, wait } of actions) {
          time += wait;
          const inTime = time < T + 60_000;
          const same = shown === payload;
          if (what === 'approve') {
            request = approveRequest(request, { by, payload: shown, time }).request;
            if (inTime && same && by !== 'alice' && !no && uses === 0) yes.add(by);
          } else if (what === 'reject') {
            request = rejectRequest(request, { by, time }).request;
            if (inTime && uses === 0) no = true;
          } else {
            const step = claimRequest(request, { payload: shown, time });
            const may = inTime && same && !no && yes.size >= need && uses === 0;
            expect(step.refusal === undefined).toBe(may);
            request = step.request;
            if (may) uses++;
          }
        }
        passed += uses;
      }),
      { numRuns: 3_000 },
    );
    // The property would also hold of a gate that is always shut.
    expect(passed).toBeGreaterThan(50);
  });
});
