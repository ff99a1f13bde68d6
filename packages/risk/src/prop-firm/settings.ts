import * as z from 'zod';
import { sharedCodes } from '../checks.js';
import { openRiskCodes } from '../exposure/open-risk.js';
import { programmeSchema } from './programme.js';
import { carriedSchema } from './progress.js';

/** Two hours and five minutes: foreign exchange closes for the weekend up to two hours before midnight in Prague. */
const BEFORE_ROLL = 7_500_000;

/** What {@link propFirm} takes. */
export const propFirmSettings = z.strictObject({
  programme: programmeSchema.describe("the firm's rules as data: one of `programmes`, or your own"),
  phase: z.string().optional().describe('name of the phase; the first of the programme when left out'),
  initial: z
    .number()
    .positive()
    .optional()
    .describe('initial balance of the account, account currency; needed unless the programme has one size'),
  buffer: z
    .number()
    .min(0)
    .lt(1)
    .default(0.1)
    .describe('part of each loss allowance that entries leave unused, 0 to 1: for slippage, costs and gaps'),
  closeAt: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe(
      'positions are closed when so much of the buffer is left, 0 to 1; 0 leaves them to their stops',
    ),
  overnight: z
    .boolean()
    .default(true)
    .describe(
      'whether positions may live over the roll of the day: entries then keep the floors after it, too',
    ),
  beforeRoll: z
    .number()
    .nonnegative()
    .default(BEFORE_ROLL)
    .describe('how long before the roll a floating loss that would break the next floor is closed, ms'),
  onBreach: z
    .enum(['kill', 'flatten', 'none'])
    .default('kill')
    .describe('what is done when a rule was broken: halt and close all, close all, or only refuse entries'),
  stopAt: z
    .enum(['passed', 'target', 'never'])
    .default('passed')
    .describe('when entries end: all objectives are met, the profit target is reached, or never'),
  carried: carriedSchema
    .prefault({})
    .describe('where the account stood when the bot took it over; left out for a new account'),
});

/** See {@link propFirmSettings}; with the defaults filled in. */
export type PropFirmSettings = z.output<typeof propFirmSettings>;

/** The findings of {@link propFirm}. */
export const propFirmCodes = {
  DAILY_LOSS: "The daily loss limit was broken, or nothing of the day's loss may be risked any more.",
  TOTAL_LOSS: 'The total loss limit was broken, or nothing of the total loss may be risked any more.',
  OVERNIGHT_LOSS: 'The loss would break the limits that hold after the next roll of the day.',
  DAY_LOCKED: 'The soft daily limit was reached: the account is locked until the day rolls.',
  TARGET_REACHED: 'The phase is passed, or its target is reached, as `stopAt` says.',
  BAD_ACCOUNT: sharedCodes.BAD_ACCOUNT,
  NO_STOP: sharedCodes.NO_STOP,
  STOP_DISTANCE: sharedCodes.STOP_DISTANCE,
  UNPRICED: sharedCodes.UNPRICED,
  ...openRiskCodes,
};
