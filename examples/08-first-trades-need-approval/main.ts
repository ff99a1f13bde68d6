// The first ten trades of a strategy need a person. Each entry is held until somebody entitled says yes with a one-time code of an
// authenticator app; whoever has no code, or a wrong one, is refused, and every attempt is in an audit log that shows tampering.
//
//   npx tsx examples/08-first-trades-need-approval/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, explain } from '@mikrobot/core';
import { AuditLog, fixedLots, fromBase32, humanGate, PersonGuard, totp, verifyAudit } from '@mikrobot/risk';
import { smaCross } from '@mikrobot/strategies';

// A real secret comes from a vault, and its QR code from otpauthUri().
const demoSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const log: string[] = [];
const guard = new PersonGuard(
  { people: { ann: { roles: ['approver'], secret: 'TOTP_ANN' }, tom: { roles: ['trader'] } } },
  { secrets: () => demoSecret, audit: new AuditLog((line) => log.push(line)) },
);
const bot = createBot({
  adapter: paper({
    feed: syntheticMarket({ seed: 3, from: Date.UTC(2024, 0, 8), days: 2 }),
    costs: 'retail-fx',
    balance: { USD: '10000' },
  }),
  run: [{ strategy: smaCross, symbol: 'EURUSD', params: { fast: 5, slow: 20, stopPips: 15 } }],
  risk: [fixedLots({ lots: 0.1 }), humanGate({ trades: 10 })],
  guard,
});

/** Ann's phone: what her app shows at the bot's time. */
const phone = () => totp(fromBase32(demoSecret), bot.book.now());
const answers = new Map<string, number>();
const note = (receipt: ReturnType<typeof bot.command>) => {
  const answer = receipt.taken ? 'taken' : receipt.finding.code;
  answers.set(answer, (answers.get(answer) ?? 0) + 1);
};

let free = 0;
bot.decisions$.subscribe((decision) => {
  const { signal, outcome } = decision;
  if (outcome === 'executed' && signal.intent === 'enter' && signal.approval === undefined) free++;
  if (outcome !== 'held') return;
  console.log(explain(decision));
  const yes = { do: 'approve', signal: signal.id } as const;
  note(bot.command({ ...yes, by: 'tom' }, { code: phone() }));
  note(bot.command({ ...yes, by: 'ann' }));
  note(bot.command({ ...yes, by: 'ann' }, { code: '000000' }));
  note(bot.command({ ...yes, by: 'ann' }, { code: phone() }));
});
await bot.run();

console.log(answers, `${free} entries needed nobody any more; ${log.length} lines in the audit log`);
assert.equal(answers.get('taken'), 10, 'ten trades were approved');
assert.equal(answers.get('NEEDS_CODE'), 10, 'and none without a code');
assert.ok(free > 0, 'after that the strategy trades alone');
assert.ok(verifyAudit(log).ok && !verifyAudit(log.toSpliced(5, 1)).ok, 'a missing line is noticed');
