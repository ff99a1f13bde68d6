import { describe, expect, it } from 'vitest';
import { anExecution, anOrder, aRefusal, aSignal } from '../test-support/events.js';
import { DecisionsHash, decisionText } from './decisions-hash.js';

const refused = aRefusal(aSignal({ time: 1_709_647_200_000.5, stop: 1.08, target: 1e-7 }));
const bracket = { stop: 1.08, target: 1.1, trail: undefined };
const executed = anExecution(
  aSignal({ id: 's-2', time: 1_709_647_200_000 }),
  anOrder({ id: 's-2-e', bracket }),
);

const refusedText =
  '["s-1","breakout:EURUSD",1709647200000.5,"EURUSD","enter","buy",null,1.08,1e-7,null,1709647200000.5,"refused",' +
  '"assess","max-positions","TOO_MANY",2,3,null,' +
  'null,null,null,null,null,null,null,null,null,null,null,null,null,null,null]';
const executedText =
  '["s-2","breakout:EURUSD",1709647200000,"EURUSD","enter","buy",null,null,null,null,1709647200000,"executed",' +
  'null,null,null,null,null,null,' +
  '"s-2-e","breakout:EURUSD","enter","buy",1,"market",null,null,null,"GTC",null,1.08,1.1,null,false]';

describe('the hash of decisions', () => {
  it('reads every decision as one line of canonical text', () => {
    expect(decisionText(refused)).toBe(refusedText);
    expect(decisionText(executed)).toBe(executedText);
  });

  it('is the SHA-256 that sha256sum gives of those lines', () => {
    const hash = new DecisionsHash();
    hash.add(refused);
    hash.add(executed);
    expect(hash.digest()).toBe('d708a7a9d664957be2d4f6d1f90c347f28b082d1b563e099a3556877571f6e21');
  });

  it('is the SHA-256 of nothing when nothing was decided', () => {
    expect(new DecisionsHash().digest()).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });

  it('changes with the order of decisions and with any figure of one', () => {
    const digest = (...decisions: Parameters<typeof decisionText>[0][]): string => {
      const hash = new DecisionsHash();
      for (const decision of decisions) hash.add(decision);
      return hash.digest();
    };
    expect(digest(refused, executed)).not.toBe(digest(executed, refused));
    expect(digest(aRefusal(aSignal(), { actual: 3.0000000001 }))).not.toBe(digest(aRefusal(aSignal())));
  });

  it('does not see free text', () => {
    expect(decisionText(aRefusal(aSignal({ reason: 'because' })))).toBe(decisionText(aRefusal(aSignal())));
  });
});
