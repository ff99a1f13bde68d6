import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hotp, totp, verifyTotp } from './totp.js';

/** The secrets of RFC 4226 and RFC 6238 (with erratum 2866: longer ones for the longer hashes). */
const seed = '1234567890';
const secret = Buffer.from(seed.repeat(2));
const secrets = {
  sha1: secret,
  sha256: Buffer.from(seed.repeat(4).slice(0, 32)),
  sha512: Buffer.from(seed.repeat(7).slice(0, 64)),
};

const S = 1_000;
const bytes = fc.uint8Array({ minLength: 16, maxLength: 32 });
const moment = fc.integer({ min: 0, max: 4_000_000_000_000 });

describe('hotp', () => {
  it('gives the codes of RFC 4226 appendix D', () => {
    const codes = Array.from({ length: 10 }, (_, counter) => hotp(secret, counter));
    expect(codes.join(' ')).toBe('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489');
  });

  it('keeps leading zeros', () => {
    expect(totp(secret, 1_111_111_109 * S, { digits: 8 })).toBe('07081804');
    expect(totp(secret, 1_234_567_890 * S)).toBe('005924');
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 53])('refuses the counter %d', (counter) => {
    expect(() => hotp(secret, counter)).toThrowError(`${counter} is not a counter.`);
  });

  it.each([5, 9, 6.5])('refuses codes of %d digits', (digits) => {
    expect(() => hotp(secret, 0, { digits })).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('totp', () => {
  // RFC 6238 appendix B.
  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('gives at %d s the codes of RFC 6238', (seconds, sha1, sha256, sha512) => {
    const at = (algorithm: keyof typeof secrets) =>
      totp(secrets[algorithm], seconds * S, { algorithm, digits: 8 });
    expect([at('sha1'), at('sha256'), at('sha512')]).toEqual([sha1, sha256, sha512]);
    expect(totp(secret, seconds * S)).toBe(sha1.slice(2));
  });

  it('changes with the step, not before', () => {
    expect([0, 29_999, 30_000].map((t) => totp(secret, t))).toEqual(['755224', '755224', '287082']);
    expect(totp(secret, 119_999, { step: 60_000 })).toBe('287082');
  });

  it.each([0, -30_000, Number.NaN, Number.POSITIVE_INFINITY])('refuses a step of %d ms', (step) => {
    expect(() => totp(secret, 0, { step })).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('verifyTotp', () => {
  const at59 = { secret, time: 59 * S, last: undefined };

  it('takes the codes of this step, the one before and the one after', () => {
    const outcomes = [29, 59, 89, 119, 149].map((s) => verifyTotp(totp(secret, s * S), at59).outcome);
    expect(outcomes).toEqual(['valid', 'valid', 'valid', 'wrong', 'wrong']);
    expect(verifyTotp(totp(secret, 29 * S), { ...at59, time: 89 * S }).outcome).toBe('wrong');
  });

  it('names the step of the code', () => {
    expect(verifyTotp('755224', at59)).toEqual({ outcome: 'valid', step: 0 });
    expect(verifyTotp('287082', at59)).toEqual({ outcome: 'valid', step: 1 });
    expect(verifyTotp('359152', at59)).toEqual({ outcome: 'valid', step: 2 });
  });

  it('takes no code twice, and none that is older than the last', () => {
    expect(verifyTotp('287082', { ...at59, last: 1 })).toEqual({ outcome: 'used' });
    expect(verifyTotp('755224', { ...at59, last: 1 })).toEqual({ outcome: 'used' });
    expect(verifyTotp('359152', { ...at59, last: 1 }).outcome).toBe('valid');
    expect(verifyTotp('755224', { ...at59, last: 0 })).toEqual({ outcome: 'used' });
  });

  it('takes only the present code when the window is 0', () => {
    const codes = ['755224', '287082', '359152'];
    expect(codes.map((code) => verifyTotp(code, { ...at59, window: 0 }).outcome)).toEqual([
      'wrong',
      'valid',
      'wrong',
    ]);
  });

  it.each(['', '28708', '2870820', '28708２', ' 287082', '-87082', '２８７０８２'])(
    'takes no "%s"',
    (code) => {
      expect(verifyTotp(code, at59).outcome).toBe('wrong');
    },
  );

  it('has no steps before the first', () => {
    expect(verifyTotp('755224', { secret, time: 0, last: undefined })).toEqual({ outcome: 'valid', step: 0 });
  });

  it.each([-1, 0.5, 11, Number.NaN])('refuses a window of %d', (window) => {
    expect(() => verifyTotp('', { ...at59, window })).toThrowError(`window is ${window}`);
  });

  it('takes what the app of the same secret shows, whatever the options, and no other code', () => {
    const options = fc.record({
      algorithm: fc.constantFrom('sha1' as const, 'sha256' as const, 'sha512' as const),
      digits: fc.integer({ min: 6, max: 8 }),
      step: fc.constantFrom(1_000, 30_000, 60_000),
    });
    fc.assert(
      fc.property(bytes, moment, options, fc.integer({ min: 1, max: 9 }), (key, time, how, turn) => {
        const code = totp(key, time, how);
        const check = { secret: key, time, last: undefined, window: 0, ...how };
        expect(verifyTotp(code, check)).toEqual({ outcome: 'valid', step: Math.floor(time / how.step) });
        const other = code.slice(0, -1) + ((Number(code.at(-1)) + turn) % 10);
        expect(verifyTotp(other, check)).toEqual({ outcome: 'wrong' });
      }),
    );
  });

  it('never takes a code a second time, in whatever order codes are tried', () => {
    const tries = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.integer({ min: 0, max: 40_000 })), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(bytes, moment, tries, (key, start, attempts) => {
        let time = start + 300_000;
        let last: number | undefined;
        const taken: number[] = [];
        for (const [offset, wait] of attempts) {
          time += wait;
          const result = verifyTotp(totp(key, time + offset * 30_000), { secret: key, time, last });
          if (result.outcome !== 'valid') continue;
          last = result.step;
          taken.push(result.step);
        }
        expect(taken).toEqual([...new Set(taken)].sort((a, b) => a - b));
      }),
    );
  });
});
