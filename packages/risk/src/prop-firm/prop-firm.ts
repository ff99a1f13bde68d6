import type { Book, OrderDraft, PolicyAnswer, RiskEvent, Signal } from '@mikrobot/core';
import {
  goodBalance,
  goodEquity,
  isFinding,
  knownInstrument,
  signalRate,
  stopDistance,
  unpriced,
} from '../checks.js';
import { openRisk } from '../exposure/open-risk.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { finished, roomFor, standing } from './entry-room.js';
import { commandsFor, keepFloor, newsOf } from './floor-keeper.js';
import { phaseRules } from './phase-rules.js';
import {
  countOpening,
  observeAccount,
  type PropFirmProgress,
  progressSchema,
  resumeAccount,
  startProgress,
} from './progress.js';
import { propFirmCodes, propFirmSettings } from './settings.js';

const NAME = 'propFirm';

/**
 * Keeps an account within a prop firm's programme: refuses entries after a breach or a lockout, caps each order so that its loss
 * at the stop, with all that is at risk already, stays above the floors, and closes positions before a floor is reached.
 *
 * Stops can slip: the `buffer` is for that. A floor that trails floating profit (`intraday`) can rise after the entry, so there
 * a stop alone does not keep it; `closeAt` does. Deposits and payouts look like profit and loss: after one, tell it to `restart`.
 *
 * @example
 * ```ts
 * propFirm({ programme: programmes.ftmoTwoStep, initial: 100_000, phase: 'challenge' });
 * ```
 */
export const propFirm = definePolicy({
  name: NAME,
  about:
    "Keeps an account within a prop firm's programme: caps entries by what may still be lost, and closes before a floor.",
  covers: ['day', 'total'],
  settings: propFirmSettings,
  codes: propFirmCodes,
  tells: {
    restart: 'Begins anew with the account as it is, as after a reset by the firm. Forgets breaches.',
  },
  make: (given): PolicyBody<PropFirmProgress> => {
    const rules = phaseRules(given.programme, given.phase, given.initial);
    const { title, asOf } = given.programme;
    const initial = startProgress(rules, given.carried);
    /** A memory of another account, before the settings were changed, is none of this one. */
    const own = (state: PropFirmProgress): PropFirmProgress =>
      state.programme === rules.programme && state.phase === rules.phase && state.initial === rules.initial
        ? state
        : initial;
    const equityIn = (book: Book, equity: number): number =>
      book.unpriced().length === 0 ? equity : Number.NaN;

    const next = (state: PropFirmProgress, event: RiskEvent, book: Book): PropFirmProgress => {
      const now = book.now();
      const account = book.account();
      const equity = equityIn(book, account.equity);
      const restarts =
        event.type === 'command' &&
        event.command.do === 'tell' &&
        event.command.policy === NAME &&
        event.command.say === 'restart';
      const before = restarts ? startProgress(rules) : own(state);
      const look = event.type === 'start' ? resumeAccount : observeAccount;
      const seen = keepFloor(look(before, rules, now, account.balance, equity), rules, given, equity, now);
      return event.type === 'fill' && event.fill.purpose === 'enter'
        ? countOpening(seen, rules, event.fill.time)
        : seen;
    };

    const judge = (order: OrderDraft, signal: Signal, book: Book, state: PropFirmProgress): PolicyAnswer => {
      const now = book.now();
      const account = book.account();
      const { equity } = account;
      const figures = [
        goodBalance(account),
        goodEquity(account),
        goodBalance(signal.account),
        goodEquity(signal.account),
      ];
      const progress = observeAccount(own(state), rules, now, account.balance, equityIn(book, equity));
      const stops =
        figures.find(isFinding) ??
        standing(progress, now) ??
        unpriced(book) ??
        finished(progress, rules, given, equity);
      if (stops !== undefined) return stops;
      const distance = stopDistance(order);
      if (isFinding(distance)) return distance;
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const rate = signalRate(signal);
      if (isFinding(rate)) return rate;
      const { symbol, source: owner } = signal;
      const atRisk = openRisk(book, signal.intent === 'reverse' ? { symbol, owner } : undefined);
      if (isFinding(atRisk)) return atRisk;
      const room = roomFor(progress, rules, given, equity, atRisk);
      return isFinding(room) ? room : { cap: room / (distance * instrument.contractSize * rate) };
    };

    return {
      notice: `${title}, phase ${rules.phase}: the rules are those of ${asOf}; compare them with your contract.`,
      memory: {
        initial,
        schema: progressSchema,
        watches: 'exposed',
        next,
        commands: (before, after) => commandsFor(newsOf(before, after, rules), given),
        alerts(before, after) {
          const news = newsOf(before, after, rules);
          return news === undefined ? [] : [news.text];
        },
      },
      judge,
    };
  },
});
