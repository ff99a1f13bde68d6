/** When a step can be reached: while the bot trades, while it starts, while it stops. */
type Phase = 'trade' | 'start' | 'stop';

/** A moment at which the bot can be killed. */
export interface Step {
  readonly when: Phase;
  /** Only where core keeps the brackets itself. */
  readonly emulated?: true;
  /** Only where orders can be changed. */
  readonly amends?: true;
  /** Only where a position can be turned into its opposite. */
  readonly turns?: true;
  /** Seldom reached: the first chance is taken. */
  readonly rare?: true;
  /** Where the bot before must die for this one to come there. */
  readonly after?: string;
  readonly what: string;
}

/** Every moment at which the bot is killed, beside random ones. */
export const steps = {
  'signal-undecided': { when: 'trade', what: 'a signal is on record, its decision is not' },
  'intent-not-appended': { when: 'trade', what: 'an order is approved, its intent is not on record' },
  'intent-not-committed': { when: 'trade', what: 'the intent is appended, not committed' },
  'intent-committed': { when: 'trade', what: 'the intent is committed, nothing is sent' },
  'submit-sent': { when: 'trade', what: 'the order is on the wire, no answer was read' },
  'answer-not-journalled': { when: 'trade', what: 'the answer was read, not journalled' },
  'order-accepted': { when: 'trade', what: 'the acceptance is journalled' },
  'fill-not-journalled': { when: 'trade', what: 'a trade was read, not journalled' },
  'partial-fill': { when: 'trade', rare: true, what: 'a part of an order is filled' },
  'stop-missing': { when: 'trade', emulated: true, what: 'the entry is filled, its stop is not intended' },
  'stop-committed': {
    when: 'trade',
    emulated: true,
    what: "the stop's intent is committed, nothing is sent",
  },
  'stop-sent': { when: 'trade', emulated: true, what: 'the stop is on the wire, no answer was read' },
  'stop-answered': { when: 'trade', emulated: true, what: "the stop's answer was read, not journalled" },
  'amend-not-sent': { when: 'trade', amends: true, what: 'an amendment is intended, not sent' },
  'amend-sent': { when: 'trade', amends: true, what: 'an amendment is on the wire' },
  'amend-answered': { when: 'trade', amends: true, what: "an amendment's answer was read, not journalled" },
  'cancel-not-sent': { when: 'trade', rare: true, what: 'a cancellation is intended, not sent' },
  'cancel-sent': { when: 'trade', rare: true, what: 'a cancellation is on the wire' },
  'reversal-between': {
    when: 'trade',
    rare: true,
    turns: true,
    what: 'the old position is closed, the new one not intended',
  },
  'signal-held': { when: 'trade', rare: true, what: 'a signal waits for a person' },
  'approval-taken': { when: 'trade', rare: true, what: 'a person said yes, the signal is not judged again' },
  checkpoint: { when: 'trade', rare: true, what: 'a checkpoint of the books was appended' },
  'start-books': { when: 'start', after: 'intent-committed', what: 'the journal was read' },
  'start-asking': { when: 'start', after: 'submit-sent', what: 'an order without an end is being asked for' },
  'start-snapshot': { when: 'start', after: 'answer-not-journalled', what: 'the snapshot was asked for' },
  'start-compared': {
    when: 'start',
    after: 'fill-not-journalled',
    what: 'the snapshot was read, nothing is concluded',
  },
  'start-protecting': {
    when: 'start',
    emulated: true,
    after: 'stop-missing',
    what: 'missing protection is being placed',
  },
  'stop-begun': { when: 'stop', what: 'a graceful stop has begun' },
  'stop-draining': { when: 'stop', what: 'a graceful stop waits for what is in flight' },
  'stop-kept': { when: 'stop', what: 'a graceful stop has appended its books, not committed them' },
} as const satisfies Readonly<Record<string, Step>>;

export type StepName = keyof typeof steps;

export const stepNames = Object.keys(steps) as readonly StepName[];

/** As the judge counts kills: a named step, or a random moment. */
export type KillName = StepName | 'random';

export const stepOf = (name: StepName): Step => steps[name];
