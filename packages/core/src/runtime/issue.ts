/** Something that a person should know of, and that stops nothing by itself. */
export interface Issue {
  /** See {@link issueCodes}. */
  readonly code: IssueCode;
  readonly detail: string;
  /** Epoch ms. */
  readonly time: number;
  readonly symbol: string | undefined;
}

/** Every issue that core reports, and what it means. */
export const issueCodes = {
  AMEND_FAILED: 'The venue did not change a protective order; it stays as it was.',
  BAD_DRAFT:
    'A strategy gave something that is no draft, or one with a field that does not exist. It was not traded.',
  BAD_INSTRUMENT: 'The venue listed an instrument with a figure that makes no sense. It cannot be traded.',
  BAD_PRICE: 'A tick had a price that is none. It was dropped.',
  COMMAND_FAILED: 'A command could not be obeyed.',
  CONNECTION: 'The line to the venue changed its state.',
  CROSSED_QUOTE: 'A tick had its ask below its bid. It was dropped.',
  DUPLICATE_FILL: 'The venue told the same trade twice. It was booked once.',
  GAP: 'No tick came for longer than expected in trading hours.',
  ODD_ORDER_EVENT:
    'The venue told something of an order that cannot follow its state. Trades are booked all the same.',
  ORDER_STILL_UNKNOWN: 'An order is still unknown after several questions. It is asked for on.',
  ORDER_UNKNOWN: 'Nobody knows whether the venue has an order. It is being asked.',
  OVERCLOSED: 'Several orders closed the same position and turned it round. What is too much is closed.',
  OVERFLOW: 'A queue was full and work was dropped.',
  POLICY_ALERT: 'A risk policy found something that a person must hear of.',
  POLICY_FAILED:
    'The memory of a risk policy threw an exception. The policy refuses every entry from now on.',
  POLICY_NOTICE: 'What the owner of the bot should know of a risk policy that is in force.',
  POSITION_NOT_OURS: 'The account held a position when the bot started. It is left alone.',
  STALE: 'A stream has been silent for too long.',
  STORE_FAILED: 'What risk policies remember could not be saved. Trading is halted.',
  STRATEGY_FAILED: 'A strategy threw an exception and was ended; its position stays under its protection.',
  TARGET_REJECTED: 'The venue rejected the target of a position. Its stop stands.',
  TIME_BACKWARDS: 'A tick was older than one before it. It was dropped.',
  UNKNOWN_ORDER:
    'The venue told of an order that is not ours; its trades are booked where they close something.',
  UNKNOWN_TICK: 'A tick came for an instrument that nobody subscribed.',
  UNPROTECTED: 'A position had no working stop and was closed.',
} as const;

/** See {@link issueCodes}. */
export type IssueCode = keyof typeof issueCodes;
