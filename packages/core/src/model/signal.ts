import * as z from 'zod';
import type { Side } from './side.js';
import type { Quote } from './tick.js';

/** What a signal wants. All intents pass the pipeline; those that only reduce risk pass even when halted. */
export const intents = ['enter', 'exit', 'reverse', 'adjust'] as const;
/** See {@link intents}. */
export type Intent = (typeof intents)[number];

/** How urgent a signal is; see {@link priorities} for the order. */
export const priorities = ['critical', 'high', 'normal', 'low'] as const;
/** See {@link priorities}. */
export type Priority = (typeof priorities)[number];

/** How an order works at the venue. */
export const orderTypes = ['market', 'limit', 'stop', 'stop-limit', 'trailing-stop'] as const;
/** See {@link orderTypes}. */
export type OrderType = (typeof orderTypes)[number];

/**
 * How long an order works: good till cancelled, till the day's end, till a time; immediate or cancel; fill or kill; `CLS`, at the close:
 * a market or limit order that trades in the session's closing auction only.
 */
export const timesInForce = ['GTC', 'DAY', 'GTD', 'IOC', 'FOK', 'CLS'] as const;
/** See {@link timesInForce}. */
export type TimeInForce = (typeof timesInForce)[number];

/** How an entry is to be placed. Left out of a draft, it is a market order. */
export interface EntryOrder {
  readonly type: Exclude<OrderType, 'trailing-stop'>;
  /** The limit's price, or the stop's trigger. */
  readonly price?: number | undefined;
  /** Stop-limit only: the limit once triggered. */
  readonly limitPrice?: number | undefined;
  readonly timeInForce?: TimeInForce | undefined;
  /** GTD only: epoch ms. */
  readonly goodTill?: number | undefined;
}

/**
 * What a strategy, a person or a webhook writes. Core stamps the rest, so that nobody can forge an id, a time or an approval.
 * What is missing for a decision is refused by name, never filled in silently; an enricher may complete it.
 */
export interface Draft {
  readonly symbol: string;
  readonly intent: Intent;
  /** The side of the position wanted: needed to enter or reverse. */
  readonly side?: Side | undefined;
  /** Lots. Entering: at most this much (risk may shrink it). Exiting: how much to close; all when left out. */
  readonly quantity?: number | undefined;
  readonly order?: EntryOrder | undefined;
  /** Price of the protective stop. */
  readonly stop?: number | undefined;
  /** Price of the target, or a multiple of the stop's distance. */
  readonly target?: number | { readonly r: number } | undefined;
  /** Distance in price at which the stop trails the market. */
  readonly trail?: number | undefined;
  /** 0 to 1. */
  readonly confidence?: number | undefined;
  /** For people: why. */
  readonly reason?: string | undefined;
  readonly priority?: Priority | undefined;
  /** Free facts that reports group by (regime, setup, score). */
  readonly tags?: Readonly<Record<string, string | number>> | undefined;
}

/** Fields of a {@link Draft}: another one is a slip of the pen, and a misspelt stop must not be traded without a stop. */
export const draftFields: ReadonlySet<string> = new Set<keyof Draft>([
  'symbol',
  'intent',
  'side',
  'quantity',
  'order',
  'stop',
  'target',
  'trail',
  'confidence',
  'reason',
  'priority',
  'tags',
]);

const number = z.number().finite();

/** For drafts from outside (webhooks, files). */
export const draftSchema = z.strictObject({
  symbol: z.string().min(1),
  intent: z.enum(intents).default('enter'),
  side: z.enum(['buy', 'sell']).optional(),
  quantity: number.positive().optional(),
  order: z
    .strictObject({
      type: z.enum(['market', 'limit', 'stop', 'stop-limit']),
      price: number.positive().optional(),
      limitPrice: number.positive().optional(),
      timeInForce: z.enum(timesInForce).optional(),
      goodTill: number.positive().optional(),
    })
    .optional(),
  stop: number.positive().optional(),
  target: z.union([number.positive(), z.strictObject({ r: number.positive() })]).optional(),
  trail: number.positive().optional(),
  confidence: number.min(0).max(1).optional(),
  reason: z.string().max(500).optional(),
  priority: z.enum(priorities).optional(),
  tags: z.record(z.string(), z.union([z.string(), number])).optional(),
});

/** A person's word on a held signal: which one, who, and until when the answer counted (epoch ms). */
export interface Approval {
  readonly of: string;
  readonly by: string;
  readonly until: number;
}

/** What the bot knew of the account when a signal arose. Amounts in the account's currency. */
export interface AccountStamp {
  readonly currency: string;
  readonly balance: number;
  readonly equity: number;
}

/**
 * Who raised a signal: a strategy, a person by a command, another program (a webhook, a file) by a command, or core itself to close
 * what must not stay open.
 */
export type SignalOrigin = 'strategy' | 'person' | 'program' | 'core';

/**
 * A stamped intent: the unit that the pipeline judges. It carries the quote, conversion rate and account figures of its
 * moment, so that a decision can be explained and replayed from the signal alone. Frozen in shape: absent values are `undefined`.
 */
export interface Signal {
  readonly kind: 'signal';
  /** Unique across restarts of one journal. */
  readonly id: string;
  /** The run (strategy on a symbol) or person it comes from; also the ledger that its position belongs to. */
  readonly source: string;
  readonly origin: SignalOrigin;
  /** Epoch ms, UTC. */
  readonly time: number;
  readonly symbol: string;
  readonly intent: Intent;
  readonly side: Side | undefined;
  readonly quantity: number | undefined;
  readonly order: EntryOrder | undefined;
  readonly stop: number | undefined;
  readonly target: number | undefined;
  readonly trail: number | undefined;
  readonly confidence: number | undefined;
  readonly reason: string;
  readonly priority: Priority;
  readonly tags: Readonly<Record<string, string | number>> | undefined;
  readonly quote: Quote;
  /** Account currency for one unit of the instrument's currency; undefined when no rate is known. */
  readonly rate: number | undefined;
  readonly account: AccountStamp;
  readonly approval: Approval | undefined;
}

/** A signal that passed validation. */
export interface ValidSignal {
  readonly kind: 'valid';
  readonly signal: Signal;
}
