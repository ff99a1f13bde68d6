import type { OrderEvent, Purpose } from '@mikrobot/core';

/** Calls of the adapter port that can go wrong. */
export const faultyCalls = [
  'connect',
  'instruments',
  'subscribe',
  'snapshot',
  'submit',
  'amend',
  'cancel',
  'query',
] as const;

/** Events of the adapter port that can go wrong. */
export const faultyEvents = ['tick', 'order', 'account', 'connection', 'heartbeat'] as const;

/** Kinds of order event, each a target of its own beside `order`, which means all of them. */
export const orderEventTypes = [
  'accepted',
  'triggered',
  'fill',
  'replaced',
  'cancelled',
  'expired',
  'rejected',
] as const satisfies readonly OrderEvent['type'][];

/** See {@link faultyCalls}. */
export type FaultyCall = (typeof faultyCalls)[number];

/** See {@link faultyEvents}. */
export type FaultyEvent = (typeof faultyEvents)[number];

/** What a rule is about: a call, an event, or one type of order event, as in `order:fill`. */
export type FaultTarget = FaultyCall | FaultyEvent | `order:${(typeof orderEventTypes)[number]}`;

/** What can happen to a call. */
export const callFaults = [
  'lose-request',
  'lose-answer',
  'delay-request',
  'delay-answer',
  'duplicate',
  'refuse',
  'throw',
  'incomplete',
  'cut',
  'sever',
] as const;

/** What can happen to an event. */
export const eventFaults = ['drop', 'delay', 'duplicate', 'reorder', 'cut', 'sever'] as const;

/**
 * What goes wrong.
 *
 * Calls: `lose-request` (the venue never hears of it), `lose-answer` (the venue did it), `delay-request`, `delay-answer`, `duplicate`
 * (the venue hears it twice, the caller gets the first answer), `refuse` (rejected before it is sent; submit, amend and cancel
 * only), `throw` (an exception before it is sent), `incomplete` (snapshot only).
 *
 * Events: `drop`, `delay`, `duplicate`, `reorder` (the next event of its kind goes first).
 *
 * Both: `cut` (the line breaks), `sever` (as when the bot's process dies).
 */
export type FaultKind = (typeof callFaults)[number] | (typeof eventFaults)[number];

/** How a line is cut. */
export interface CutOptions {
  /** Order and account events meanwhile: lost, or kept and told in order after the restore. Default lost. */
  readonly events?: 'lost' | 'kept';
  /**
   * What commands get meanwhile: `unknown`, a rejection (`NOT_CONNECTED`: it surely never left), or no answer for ever. A query
   * gets `unknown` instead of a rejection; other calls are rejected promises. Default unknown.
   */
  readonly calls?: 'unknown' | 'refused' | 'silence';
  /** A half-open line: nobody is told that it is down. Default false. */
  readonly silent?: boolean;
  /** Restores itself after so long, ms. Default never. */
  readonly ms?: number;
  /** What that restore says. Default: whether order or account events were lost. */
  readonly dataLost?: boolean;
}

/** One line of a script. Plain data, so that it can be kept as JSON. */
export interface FaultRule {
  readonly on: FaultTarget;
  readonly do: FaultKind;
  /** Which of those that match, counted from 1. */
  readonly nth?: number | readonly number[];
  /** Part of those that match, 0 to 1, by the script's seed. Without `nth` and `rate`: all. */
  readonly rate?: number;
  /** Fires at most so often. */
  readonly most?: number;
  /** Only those of this symbol. */
  readonly symbol?: string;
  /** Only orders of this purpose; submit and amend only. */
  readonly purpose?: Purpose;
  /** Only this client order id; with a leading `*`, only ids that end like this, as in `*-es`. */
  readonly id?: string;
  /** Ms, or a range to draw from: of a delay, until a loss is told, or until a cut line is restored. */
  readonly ms?: number | readonly [number, number];
  /**
   * How a loss looks to the caller: outcome `unknown`, a rejected promise, or no answer for ever. Default unknown for submit, amend,
   * cancel and query, error for others, which have no such outcome.
   */
  readonly as?: 'unknown' | 'error' | 'silence';
  /** `cut` and `sever` on a call: before the venue hears of it, or after it did it. Default before. */
  readonly when?: 'before' | 'after';
  /** `cut` only: how. */
  readonly line?: Omit<CutOptions, 'ms'>;
}

/** What goes wrong, as data: the same script on the same run does the same. */
export interface FaultScript {
  /** Of rates and ranges. Default 1. */
  readonly seed?: number;
  /** The first that fires wins. */
  readonly rules?: readonly FaultRule[];
}

/** A fault that happened. */
export interface Fault {
  /** Epoch ms. */
  readonly at: number;
  /** `line`: by hand, or a restore. Order events by their type, as in `order:fill`. */
  readonly on: FaultTarget | 'line';
  readonly do: FaultKind | 'restore';
  /** Which of all of this target since the script began, counted from 1; 0 for the line. */
  readonly nth: number;
  /** Client order id. */
  readonly id: string | undefined;
  /** Drawn or given, ms. */
  readonly ms: number | undefined;
  /** The rule that fired; undefined for the line. */
  readonly rule: FaultRule | undefined;
}

/**
 * Faults that happened as a script without chance, so that a failing run can be printed, run again exactly, and made smaller rule by
 * rule. What was done by hand is left out.
 */
export const scriptOf = (faults: readonly Fault[]): FaultScript => ({
  rules: faults.flatMap(({ on, nth, ms, rule }) => {
    if (rule === undefined || on === 'line') return [];
    const { do: kind, as, when, line } = rule;
    return [
      {
        on,
        do: kind,
        nth,
        ...(ms === undefined ? {} : { ms }),
        ...(as === undefined ? {} : { as }),
        ...(when === undefined ? {} : { when }),
        ...(line === undefined ? {} : { line }),
      },
    ];
  }),
});
