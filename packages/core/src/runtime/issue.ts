/** How bad something is: `critical` stops the bot by default, `error` needs a person soon, `warning` now and then, `info` never. */
export type Severity = 'info' | 'warning' | 'error' | 'critical';

/** Something that a person should know of, and that stops nothing by itself. */
export interface Issue {
  /** See {@link issueCodes}. */
  readonly code: IssueCode;
  /** See {@link severityOf}. */
  readonly severity: Severity;
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
  CANCEL_FAILED: 'An order that was to be cancelled still works after several tries. It is cancelled on.',
  COMMAND_FAILED: 'A command could not be obeyed.',
  CONNECTION: 'The line to the venue changed its state.',
  CROSSED_QUOTE: 'A tick had its ask below its bid. It was dropped.',
  DUPLICATE_FILL: 'The venue told the same trade twice. It was booked once.',
  FOREIGN_ORDER:
    'An order works in the account that no bot of this journal placed. What is done is said by the option `foreign`.',
  GAP: 'No tick came for longer than expected in trading hours.',
  JOURNAL_FAILED:
    'The journal cannot be written. Nothing new is entered; what closes or protects still goes out.',
  LATE_EVENT:
    'The venue told something of an order that ended long ago. What it holds is compared with the books.',
  ODD_ORDER_EVENT:
    'The venue told something of an order that cannot follow its state. Trades are booked all the same.',
  ORDER_STILL_UNKNOWN: 'An order is still unknown after several questions. It is asked for on.',
  ORDER_UNKNOWN: 'Nobody knows whether the venue has an order. It is being asked.',
  ORPHAN_ORDER:
    'An order of this journal works at the venue that the journal does not know. It is cancelled, unless it guards a position.',
  OVERCLOSED: 'Several orders closed the same position and turned it round. What is too much is closed.',
  OVERFLOW: 'A queue was full and work was dropped.',
  POLICY_ALERT: 'A risk policy found something that a person must hear of.',
  POLICY_FAILED:
    'The memory of a risk policy threw an exception. The policy refuses every entry from now on.',
  POLICY_NOTICE: 'What the owner of the bot should know of a risk policy that is in force.',
  POSITION_GONE:
    'A ledger held what the venue no longer has: somebody else closed it. It is booked as closed.',
  POSITION_NOT_OURS:
    'The account holds a position that no ledger of this bot accounts for. What is done is said by the option `foreign`.',
  RECONCILE_STALLED:
    'The venue has not told in full what it holds. Entries stay refused, and it is asked on.',
  RECONCILED: 'The books agree with the venue again, and entries pass.',
  RECONCILING: 'The books are compared with the venue; entries are refused meanwhile.',
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

const severities: Readonly<Record<'info' | 'warning' | 'critical', ReadonlySet<IssueCode>>> = {
  info: new Set(['CONNECTION', 'POLICY_NOTICE', 'RECONCILED', 'RECONCILING', 'DUPLICATE_FILL']),
  warning: new Set([
    'AMEND_FAILED',
    'BAD_PRICE',
    'CROSSED_QUOTE',
    'GAP',
    'LATE_EVENT',
    'ORDER_UNKNOWN',
    'STALE',
    'TARGET_REJECTED',
    'TIME_BACKWARDS',
    'UNKNOWN_TICK',
  ]),
  critical: new Set(['JOURNAL_FAILED', 'ORPHAN_ORDER', 'STORE_FAILED']),
};

/** How bad an issue of a code is. */
export const severityOf = (code: IssueCode): Severity =>
  severities.critical.has(code)
    ? 'critical'
    : severities.warning.has(code)
      ? 'warning'
      : severities.info.has(code)
        ? 'info'
        : 'error';
