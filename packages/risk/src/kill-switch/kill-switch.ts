import type { Command, Finding } from '@mikrobot/core';
import * as z from 'zod';
import { goodEquity, isFinding, sharedCodes, unpriced } from '../checks.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { finished, type Latch, latch, latchesSchema, latchOf, latchOver, obeyed } from './latch.js';
import { EVERYTHING, plainScope, scopeText } from './scope.js';
import { killSwitchSettings } from './settings.js';
import { freshWatch, Triggers, watchSchema } from './watch.js';

const NAME = 'killSwitch';
const BY = `policy:${NAME}`;

/** As long as the reason of a command may be. */
const LONGEST_REASON = 500;

/** Checks a saved state of {@link killSwitch}. */
export const killSwitchStateSchema = z.strictObject({ latched: latchesSchema, watch: watchSchema });

/** What {@link killSwitch} remembers: the scopes that are latched, and what its triggers have seen. */
export type KillSwitchState = z.output<typeof killSwitchStateSchema>;

const said = ({ by, reason }: Latch): string => (reason === '' ? by : `${by}: ${reason}`);

/** What a start finds latched is halted again; and killed again where that was interrupted, for a kill of what is flat does nothing. */
const again = (held: Latch): Command => {
  const { cancel, flatten } = held;
  const reason = `still latched by ${said(held)}`.slice(0, LONGEST_REASON);
  const told = { ...plainScope(held), by: BY, reason };
  return held.finished ? { do: 'halt', ...told } : { do: 'kill', ...told, cancel, flatten };
};

const isIn = (latches: readonly Latch[], { at, by, ...scope }: Latch): boolean => {
  const before = latchOf(latches, scope);
  return before !== undefined && before.at === at && before.by === by;
};

/**
 * An emergency stop that stays pressed, over restarts too when the bot has a store. Every `kill` latches its scope (everything, a
 * symbol, an owner, or an owner's symbol), whoever gives it: a person, quality control, or another policy; so does a person's
 * `halt`. While a scope is latched no entry passes in it; what reduces risk and cancels always pass. Only a person's `release` of
 * exactly that scope ends it; the word of a policy (`by` begins with `policy:`) does not.
 *
 * Its own triggers latch everything and kill with `cancel`, `flatten` and `revoke`. Reaching a limit trips it, but for the ratio of
 * slippage, which must be exceeded. While everything is latched they rest, and a release lets all of them count anew: the day's
 * loss from the equity of that moment, say. A line that is down is judged at the next event or signal, at the latest when it is
 * back.
 *
 * Source: kill functionality, Commission Delegated Regulation (EU) 2017/589 (RTS 6), Article 12.
 */
export const killSwitch = /* @__PURE__ */ definePolicy({
  name: NAME,
  about:
    'Refuses entries in every scope where an emergency stop was given or a trigger tripped, until a person releases it.',
  settings: killSwitchSettings,
  codes: {
    KILL_SWITCH: 'The scope is latched, or a trigger has just tripped; only a person releases it.',
    BAD_ACCOUNT: sharedCodes.BAD_ACCOUNT,
    UNPRICED: sharedCodes.UNPRICED,
  },
  make: (settings): PolicyBody<KillSwitchState> => {
    const { cancel, flatten, revoke, dailyLoss, drawdown, downFor } = settings;
    const triggers = new Triggers(settings);
    const watchesPrices = dailyLoss !== undefined || drawdown !== undefined || downFor !== undefined;

    /** Whether a trigger could add nothing to what is done already. */
    const rests = (all: Latch | undefined): boolean =>
      all !== undefined && (all.cancel || !cancel) && (all.flatten || !flatten);

    return {
      memory: {
        initial: { latched: [], watch: freshWatch },
        schema: killSwitchStateSchema,
        ...(watchesPrices && { watches: 'exposed' }),
        next(state, event, book) {
          let latched = obeyed(state.latched, event, book);
          const all = latchOf(latched, EVERYTHING);
          const isReleased = all === undefined && latchOf(state.latched, EVERYTHING) !== undefined;
          let watch = isReleased ? triggers.anew(state.watch, book) : state.watch;
          watch = triggers.line(watch, event, book);
          if (!rests(all)) {
            const equity = triggers.equityIn(book);
            watch = triggers.heard(watch, event, book, equity);
            // A start may find the saved figures of a line that is open again.
            const trip = event.type === 'start' ? undefined : triggers.tripped(watch, book, equity);
            if (trip !== undefined) {
              const { trigger, reason } = trip;
              latched = latch(latched, { by: BY, reason, trigger, cancel, flatten }, book);
            }
          }
          watch = triggers.lineBack(watch, event);
          latched = finished(latched, book);
          return latched === state.latched && watch === state.watch ? state : { latched, watch };
        },
        wakeAt: ({ watch: { down } }) =>
          downFor === undefined || down === null ? undefined : down + downFor,
        commands(before, after): readonly Command[] {
          if (before === undefined) return after.latched.map(again);
          return after.latched
            .filter((held) => held.trigger !== 'command' && !isIn(before.latched, held))
            .map(({ reason }) => ({ do: 'kill', by: BY, reason, cancel, flatten, revoke }));
        },
        alerts: (before, after) =>
          after.latched
            .filter((held) => before === undefined || !isIn(before.latched, held))
            .map((held) => `${scopeText(held)} is latched by ${said(held)}`),
      },
      judge({ symbol }, { source: owner }, book, { latched, watch }): Finding | undefined {
        const held = latchOver(latched, { symbol, owner });
        if (held !== undefined)
          return { code: 'KILL_SWITCH', limit: 'released by a person', actual: said(held) };
        if (triggers.needsEquity) {
          const equity = unpriced(book) ?? goodEquity(book.account());
          if (isFinding(equity)) return equity;
        }
        // No event may have told of it yet: a line is down in silence.
        const equity = triggers.equityIn(book);
        const trip = triggers.tripped(triggers.withEquity(watch, book, equity), book, equity);
        return trip && { code: 'KILL_SWITCH', limit: trip.limit, actual: trip.reason };
      },
    };
  },
});
