/** Every code with which core itself refuses or holds a signal, or refuses a command, and what it means. Policies of other packages document their own. */
export const refusalCodes = {
  APPROVAL_EXPIRED: 'The approval was older than its lifetime when the order was about to go out.',
  CONFIDENCE_LOW: 'The confidence is below the threshold at which a person would be asked.',
  CONFIDENCE_REVIEW: 'The confidence is high enough to ask a person, not to act alone.',
  DUPLICATE_SIGNAL: 'The same source wanted the same thing a moment ago.',
  HALTED: 'Trading is halted; only what reduces risk passes.',
  HOLD_EXPIRED: 'A person approved after the time to do so was over.',
  INCOMPLETE: 'A field that the decision needs is missing.',
  INTERRUPTED: 'The process ended before the venue had heard of the order; the next start found that out.',
  INVALID: 'A field has a value that makes no sense.',
  NO_QUOTE: 'No price of the instrument is known.',
  NO_SIZE: 'Neither the signal nor a policy says how much.',
  NOT_A_PERSON: 'A command was given in the name of a policy.',
  NOT_ACTIVE: 'The bot is not active.',
  NOT_RECONCILED: 'The books have not been compared with the venue yet; only what reduces risk passes.',
  NOTHING_HELD: 'No signal of that id waits for a person.',
  NOTHING_TO_REDUCE: 'There is no position of this source to close or adjust.',
  NOTIONAL_TOO_SMALL: 'What risk allows is worth less than the smallest order that the venue takes.',
  OPPOSITE_POSITION:
    'The account is a hedging one, where the entry would stand beside a position of its source on the other side and not close it.',
  ORDER_DEAD: 'The order that this depends on was rejected, cancelled or expired.',
  PAUSED: 'The bot is paused; only what reduces risk passes.',
  POLICY_THREW: 'A risk policy threw an exception or answered nonsense, which refuses the signal.',
  QUANTITY_TOO_LARGE:
    'The position is too large to be left by one order, so it cannot be reversed; exit in parts.',
  QUANTITY_TOO_SMALL: 'What risk allows is less than the smallest quantity of the instrument.',
  QUEUE_FULL: 'Too many orders of the instrument wait.',
  RULE_THREW: 'A validation rule threw an exception or answered nonsense, which refuses the signal.',
  SESSION_CLOSED: 'The signal came outside the hours in which trading is allowed.',
  SPREAD_TOO_WIDE: 'The spread was wider than allowed.',
  STALE_QUOTE: 'The last quote was too old.',
  STALE_SIGNAL: 'The signal was too old when it was judged.',
  STOP_WRONG_SIDE: 'The stop is not on the losing side of the entry.',
  TARGET_WRONG_SIDE: 'The target is not on the winning side of the entry.',
  UNKNOWN_SYMBOL: 'The venue has no such instrument.',
  UNSUPPORTED_ORDER: 'The venue cannot work this type of order or time in force.',
  VENUE_REJECTED: 'The venue rejected the order.',
  WIDER_STOP: 'The new stop is further away than the present one, which would add risk.',
} as const;

/** A code with which core refuses a signal; see {@link refusalCodes}. */
export type RefusalCode = keyof typeof refusalCodes;
