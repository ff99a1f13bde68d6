import { MikroBotError } from '@mikrobot/core';

/** What TWS answered instead of a result. */
export class TwsError extends MikroBotError {
  override readonly name = 'TwsError';
  /** The code of TWS, such as 200 or 321. */
  readonly twsCode: number;
  /** The words of TWS. */
  readonly text: string;

  /** @param where - what was asked */
  constructor(where: string, twsCode: number, text: string) {
    super('PREFLIGHT_FAILED', `TWS says ${twsCode}: ${withoutDot(text)}.`, { where, hint: hintOf(twsCode) });
    this.twsCode = twsCode;
    this.text = text;
  }
}

/** The line to TWS ended or is down, so that an answer will never come. */
export class LineEndedError extends MikroBotError {
  override readonly name = 'LineEndedError';

  constructor(where: string, why: string) {
    super('TIMED_OUT', `the line to TWS is down: ${withoutDot(why)}.`, { where });
  }
}

const withoutDot = (text: string): string => text.trim().replace(/\.$/, '');

// The tables below follow the TWS API documentation, "Message Codes" (interactivebrokers.github.io/tws-api/message_codes.html) and IBKR
// Campus, "TWS API Documentation, Error Codes"; what neither of them has is marked with its own source.

/**
 * What TWS says about the connection between itself and IB's servers.
 * 1100 lost, 1101 back but subscriptions are lost, 1102 back with subscriptions kept, 2110 lost already when we connected.
 */
export const connectivity = {
  lost: new Set<number>([1100, 2110]),
  restoredWithoutData: 1101,
  restored: 1102,
  /** The socket's port was changed; the text ends with the new one. */
  newPort: 1300,
} as const;

/** Another client, or an old socket of ours, holds the client id. */
export const CLIENT_ID_IN_USE = 326;

/** Warnings whose code is outside of 2100 to 2199. */
const warnings: ReadonlySet<number> = new Set([
  // "Order Message": the order waits for its market to open, and the like. The order lives.
  399,
  // The shares must be located first. The order is held, and lives.
  404,
  // The order's time in force or quantity was set by a preset. Source: ib_async, issues 191 and 217; it is in no table of IB.
  10_349,
  // Delayed or partly subscribed market data is shown instead of live data.
  10_090, 10_167,
]);

/** Whether it is information only: what it concerns goes on. 2102 (it cannot be modified now) is a refusal among the warnings. */
export const isWarning = (code: number): boolean =>
  warnings.has(code) || (code >= 2_100 && code < 2_200 && code !== 2_102);

/** Refusals to take or to change an order, after which the order, or its change, does not exist. */
const rejections: ReadonlySet<number> = new Set([
  // Ids and transmission: duplicate id, filled or different order modified, cannot be transmitted, incomplete.
  103,
  104, 105, 106, 107,
  // Price, time in force, order type and routing that do not fit the contract.
  109, 110, 111, 113, 114, 115, 116, 117, 118, 119, 120, 121, 125, 126, 129, 132, 133, 134, 140, 141, 144,
  146, 147, 148, 151, 152, 153, 154, 155, 157, 158, 159, 160, 163, 164, 167, 168, 169, 200,
  // Rejected by IB, and not allowed for this account.
  201, 203,
  // The request could not be read or does not pass the check of TWS, which in read-only mode says so here, too.
  320,
  321, 324, 325, 327, 328, 329, 331, 334, 335, 336, 337, 338, 339, 340, 341, 342, 343, 344, 345, 346, 347,
  348, 349, 350, 351, 352, 353, 355, 356, 358, 359, 360, 361, 362, 363, 364, 367, 368, 369, 370, 371, 372,
  373, 374, 375, 376, 377, 378, 379, 380, 382, 383, 384, 385, 387, 388, 389, 391, 392, 393, 394, 395, 396,
  397, 398, 400, 401, 402, 403, 405, 406, 407, 408, 409, 410, 411, 412, 413, 414, 415, 416, 417, 418, 419,
  422, 423, 424, 425, 426, 427, 428, 429, 433, 434, 435, 436, 437, 438, 439, 440, 441, 442, 443, 444, 445,
  446, 447, 448, 449, 451, 452, 453, 454, 455, 460, 461, 478,
  // It cannot be modified while it is being processed: the old order lives, the change does not.
  2_102,
  // Missing parent, time in force, allocation, algorithm, price cap and quantity rules.
  10_005, 10_006, 10_007, 10_008, 10_009, 10_010, 10_011, 10_012, 10_013, 10_014, 10_015, 10_016, 10_017,
  10_018, 10_019, 10_020, 10_021, 10_022, 10_023, 10_024, 10_025, 10_026, 10_027, 10_041, 10_043, 10_052,
  10_067,
  // Told by the client library, which sends nothing that this version of TWS does not know (`CommonErrors`, UPDATE_TWS).
  503,
  // The group of an order that works cannot be changed. Source: nautilus_trader, issue 2978.
  10_326,
  // Attributes and fractions that are not supported any more, and precautions that need a person. Source: IBKR Campus.
  10_243,
  10_244, 10_268, 10_269, 10_270, 10_311, 10_318, 10_329,
]);

/** What an error with the id of an order says of it. */
export type OrderVerdict = 'warning' | 'rejected' | 'cancelled' | 'not found' | 'ended' | 'unclear';

/**
 * Reads an error that came with the id of an order.
 * `rejected`: the new order, or the change that was asked for, does not exist; an order that worked before works on. `not found`: there is
 * nothing to cancel under this id, which says nothing of what became of it. `ended`: it cannot be cancelled as it has ended or is about
 * to. `unclear`: ask for the order.
 */
export const orderVerdict = (code: number): OrderVerdict => {
  if (isWarning(code)) return 'warning';
  if (rejections.has(code)) return 'rejected';
  switch (code) {
    case 202:
      return 'cancelled';
    case 135:
    case 10_147:
      return 'not found';
    case 161:
    case 10_148:
      return 'ended';
    default:
      return 'unclear';
  }
};

/** Whether TWS refuses for the rate of requests. 162 is also the code of any other error of the history service, so that its words count. */
export const isPacing = (code: number, text: string): boolean =>
  code === 100 || code === 420 || (code === 162 && /pacing/i.test(text));

/** Whether market data is missing for want of a subscription or of a permission; live data, or even delayed. */
export const isNotSubscribed = (code: number): boolean =>
  code === 354 ||
  code === 10_089 ||
  code === 10_090 ||
  code === 10_167 ||
  code === 10_168 ||
  code === 10_186 ||
  code === 10_189;

const hints: ReadonlyMap<number, string> = new Map([
  [200, 'Check the contract: symbol, exchange, currency and expiry must name exactly one.'],
  [321, 'If it says read-only, clear "Read-Only API" in the settings of TWS or Gateway.'],
  [
    326,
    'Give each program a client id of its own; the old one is free again when TWS has noticed that its socket is gone.',
  ],
  [354, 'Subscribe to the market data in Client Portal, or set `delayedData: true`.'],
  [460, 'Ask for the trading permission in Client Portal.'],
  [
    502,
    'Start TWS or IB Gateway, enable "ActiveX and Socket Clients" in its API settings, and compare the port.',
  ],
  [10_089, 'Subscribe to the market data in Client Portal, or set `delayedData: true`.'],
  [10_168, 'Subscribe to the market data in Client Portal, or set `delayedData: true`.'],
  [10_197, 'Another session, such as TWS on another machine, uses the market data of this user.'],
]);

/** What people can do about a code of TWS. */
export const hintOf = (code: number): string | undefined => hints.get(code);
