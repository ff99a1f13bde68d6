import type { Book, ParsedCommand, PolicyAnswer, RiskEvent, Signal } from '@mikrobot/core';
import * as z from 'zod';
import { withFill } from '../monitors/slippage-window.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { type LadderSettings, ladderSettings, type Stage, stages } from './ladder-settings.js';
import {
  type LadderState,
  ladderStateSchema,
  newRung,
  type Rung,
  rungOf,
  stageFrom,
  withRung,
} from './ladder-state.js';
import { requirementsOf, slippageRatio } from './ladder-status.js';

const NAME = 'promotionLadder';

/** Of a strategy, not of a person, whose own signals are no strategy's performance. */
const isStrategys = ({ origin, approval }: Signal): boolean =>
  origin === 'strategy' || approval !== undefined;

/** Paper time runs on paper accounts only. */
const startOf = (stage: Stage, book: Book): number | null =>
  stage === 'paper' && book.account().live ? null : book.now();

const moved = (rung: Rung, stage: Stage, why: string, book: Book): Rung =>
  newRung(rung.owner, stage, startOf(stage, book), why);

const shown = (value: number): string => String(Number(value.toPrecision(3)));

/** Why a strategy must go down; undefined when it need not. */
const fault = ({ recent, slippage }: Rung, { demotion }: LadderSettings): string | undefined => {
  const { trades } = demotion;
  const rate = recent.filter(Boolean).length / recent.length;
  if (recent.length >= trades && rate < demotion.winRate)
    return `${shown(rate)} of its last ${recent.length} trades won, fewer than ${demotion.winRate}`;
  const fills = slippage.reduce((n, window) => n + window.fills.length, 0);
  const ratio = slippageRatio(slippage) ?? 0;
  if (fills >= trades && ratio > demotion.slippageRatio)
    return `its last ${fills} fills slipped ${shown(ratio)} times as much as modelled, more than ${demotion.slippageRatio}`;
  return undefined;
};

/** Where the strategy belongs, one step at a time. */
const settled = (rung: Rung, settings: LadderSettings, book: Book): Rung => {
  const wrong = fault(rung, settings);
  const down = stageFrom(rung.stage, -1);
  if (wrong !== undefined && down !== undefined) return moved(rung, down, wrong, book);
  const up = stageFrom(rung.stage, 1);
  // What was shown on paper cannot be shown on a live account, where it did not trade.
  if (up === undefined || (rung.stage === 'paper' && book.account().live)) return rung;
  const requirements = requirementsOf(rung, settings, book.now());
  return requirements.every(({ met }) => met)
    ? moved(rung, up, `it met all conditions of ${up}`, book)
    : rung;
};

const seen = (state: LadderState, signal: Signal, settings: LadderSettings, book: Book): LadderState => {
  const enters = signal.intent === 'enter' || signal.intent === 'reverse';
  if (!enters || !isStrategys(signal)) return state;
  const rung = rungOf(state, signal.source, settings);
  if (rung.since !== null) return state;
  const since = startOf(rung.stage, book);
  return since === null ? state : withRung(state, { ...rung, since });
};

const dataSchema = z.object({ owner: z.string().min(1), to: z.enum(stages).optional() });

/** An approval is a person's, counts once a person, and only for the stage that the person meant. */
const told = (
  state: LadderState,
  command: ParsedCommand,
  settings: LadderSettings,
  book: Book,
): LadderState => {
  if (command.do !== 'tell' || command.policy !== NAME) return state;
  const data = dataSchema.safeParse(command.data).data;
  const rung = state.rungs.find(({ owner }) => owner === data?.owner);
  if (data === undefined || rung === undefined) return state;
  const { by, say } = command;
  if (say === 'demote') {
    const down = stageFrom(rung.stage, -1);
    return down === undefined ? state : withRung(state, moved(rung, down, `${by} said so`, book));
  }
  const next = stageFrom(rung.stage, 1);
  if (say !== 'approve' || by.startsWith('policy:')) return state;
  if (next === undefined || next === 'monitor' || (data.to !== undefined && data.to !== next)) return state;
  const { approvals } = rung;
  if (approvals.includes(by) || approvals.length >= settings[next].approvals) return state;
  return withRung(state, settled({ ...rung, approvals: [...approvals, by] }, settings, book));
};

const heard = (state: LadderState, event: RiskEvent, settings: LadderSettings, book: Book): LadderState => {
  if (event.type === 'command') return told(state, event.command, settings, book);
  if (event.type === 'sent') return seen(state, event.signal, settings, book);
  if (event.type === 'decision') {
    const { signal, verdicts } = event.decision;
    const known = seen(state, signal, settings, book);
    const rung = known.rungs.find(({ owner }) => owner === signal.source);
    if (rung === undefined) return known;
    const monitored = verdicts.some(({ code }) => code === 'MONITOR_ONLY');
    const after = settled(monitored ? { ...rung, signals: rung.signals + 1 } : rung, settings, book);
    return after === rung ? known : withRung(known, after);
  }
  if (event.type !== 'fill' && event.type !== 'trade') return state;
  const { owner } = event.type === 'fill' ? event.fill : event.trade;
  const rung = state.rungs.find((r) => r.owner === owner);
  // What is left of a position on a live account says nothing of paper.
  if (rung === undefined || (rung.stage === 'paper' && book.account().live)) return state;
  const { trades: most } = settings.demotion;
  if (event.type === 'fill') {
    const model = {
      pips: settings.slippage.pips,
      spreadFraction: settings.slippage.spreadFraction,
      fills: most,
    };
    const slippage = withFill(rung.slippage, event.fill, event.expected, model, book);
    return slippage === rung.slippage
      ? state
      : withRung(state, settled({ ...rung, slippage }, settings, book));
  }
  const won = event.trade.profit > 0;
  const counted = {
    ...rung,
    trades: rung.trades + 1,
    wins: rung.wins + (won ? 1 : 0),
    recent: [...rung.recent, won].slice(-most),
  };
  return withRung(state, settled(counted, settings, book));
};

/**
 * Lets each strategy climb from being watched to trading in full: `monitor` (nothing is traded, but what it wants is counted),
 * `paper` (only on accounts without real money), `smallest` (the instrument's smallest quantity), `full` (no cap). A stage is entered
 * when all its conditions are met, counted since the stage before was entered: days, signals or trades, win rate, slippage against
 * the model, and approvals of different people. It goes one stage down at once when its last trades win too rarely or its last fills
 * slip too much, and must then earn the way up again. The conditions of `smallest` can only be met on a paper account; to go live,
 * start the bot on the live account with the same store. A person's own signals pass: they are no strategy. {@link ladderStatus}
 * says what a strategy lacks.
 */
export const promotionLadder = /* @__PURE__ */ definePolicy({
  name: NAME,
  about:
    'Lets strategies trade on paper, then the smallest quantity, then in full, as they prove themselves.',
  settings: ladderSettings,
  codes: {
    MONITOR_ONLY: 'The strategy is only watched: nothing of it is traded.',
    PAPER_ONLY: 'The strategy may trade on paper only, and this is a live account.',
    UNKNOWN_SYMBOL: 'The venue has no such instrument, so its smallest quantity is not known.',
  },
  tells: {
    approve:
      'A person approves the next stage of the strategy `data.owner`; `data.to` names that stage, so that no other is meant. Counts once a person.',
    demote: 'The strategy `data.owner` goes one stage down.',
  },
  make: (settings): PolicyBody<LadderState> => ({
    memory: {
      initial: { rungs: [] },
      schema: ladderStateSchema,
      next: (state, event, book) => heard(state, event, settings, book),
      alerts: (before, after) =>
        after.rungs.flatMap(({ owner, stage, why }) => {
          const from = before === undefined ? stage : rungOf(before, owner, settings).stage;
          return from === stage ? [] : [`${owner} went from ${from} to ${stage}: ${why}`];
        }),
    },
    judge({ symbol }, signal, book, state): PolicyAnswer {
      if (!isStrategys(signal)) return undefined;
      const { stage } = rungOf(state, signal.source, settings);
      if (stage === 'monitor') return { code: 'MONITOR_ONLY', limit: 'paper', actual: stage };
      if (stage === 'paper')
        return book.account().live
          ? { code: 'PAPER_ONLY', limit: 'a paper account', actual: 'a live account' }
          : undefined;
      if (stage === 'full') return undefined;
      const instrument = book.instrument(symbol);
      return instrument === undefined
        ? { code: 'UNKNOWN_SYMBOL', limit: 'an instrument of the venue', actual: symbol }
        : { cap: instrument.minQuantity };
    },
  }),
});
