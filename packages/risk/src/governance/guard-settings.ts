import * as z from 'zod';
import { looseningCommands, roles } from './roles.js';

const loosening = z.enum(looseningCommands);
const ms = z
  .number()
  .positive()
  .max(30 * 86_400_000);

/** Settings of a {@link PersonGuard}. */
export const guardSettingsSchema = z.strictObject({
  people: z
    .record(
      z.string().min(1).max(100),
      z.strictObject({
        roles: z.array(z.enum(roles)).describe('what the person may do'),
        secret: z
          .string()
          .min(1)
          .optional()
          .describe(
            'name under which `secrets` knows the TOTP secret in base32; without one, no command that needs a code',
          ),
      }),
    )
    .describe('everybody who may give commands, by the name that commands carry in `by`'),
  codeFor: z
    .array(loosening)
    .default([...looseningCommands])
    .describe('commands that need a one-time code'),
  secondPersonFor: z
    .partialRecord(loosening, z.enum(['always', 'outside-hours']))
    .default({ configure: 'outside-hours' })
    .describe('commands that a second entitled person must give too, and when'),
  hours: z
    .strictObject({
      zone: z.string().default('UTC').describe('IANA time zone'),
      from: z.string().default('08:00').describe('local time at which work begins'),
      to: z.string().default('18:00').describe('local time at which work ends'),
      days: z
        .array(z.literal([0, 1, 2, 3, 4, 5, 6]))
        .min(1)
        .default([1, 2, 3, 4, 5])
        .describe('local weekdays on which work begins, 0 is Sunday'),
    })
    .prefault({})
    .describe('working hours'),
  requestLifetime: ms.default(3_600_000).describe('time that a second person has, ms'),
  lockout: z
    .strictObject({
      attempts: z
        .int()
        .min(1)
        .max(100)
        .default(5)
        .describe('wrong codes in a row until a person is locked out'),
      time: ms.default(900_000).describe('how long a person stays locked out, ms'),
    })
    .prefault({})
    .describe('bound on guessing codes: by default 480 guesses a day at one in 333,333'),
  codes: z
    .strictObject({
      algorithm: z.enum(['sha1', 'sha256', 'sha512']).default('sha1').describe('hash of the HMAC'),
      digits: z.int().min(6).max(8).default(6).describe('length of a code'),
      step: z.number().min(1_000).default(30_000).describe('how long a code is shown, ms'),
      window: z.int().min(0).max(10).default(1).describe('steps before and after whose codes are taken too'),
    })
    .prefault({})
    .describe('how codes are made (RFC 6238)'),
});

/** What an author writes; fields with a default may be left out. */
export type GuardSettingsInput = z.input<typeof guardSettingsSchema>;

/** See {@link guardSettingsSchema}. */
export type GuardSettings = Readonly<z.output<typeof guardSettingsSchema>>;

/** Every code with which a {@link PersonGuard} refuses a command, and what it means. */
export const guardCodes = {
  AUDIT_FAILED: 'The audit log could not be written, and what is not written down is not done.',
  BAD_CODE: 'The one-time code is wrong.',
  BAD_COMMAND: 'The command cannot be hashed, because its data is nested too deeply.',
  CODE_USED: 'The one-time code, or a later one, was used already; wait for the next.',
  LOCKED_OUT: 'The person gave too many wrong codes in a row, and must wait.',
  NEEDS_CODE: 'The command needs a one-time code.',
  NEEDS_SECOND_PERSON: 'Another entitled person must give the same command within the time of the hold.',
  NO_SECRET: 'The command needs a one-time code, and no secret is set up for the person.',
  NO_REQUEST: 'No command of that id waits for a second person.',
  NOT_ENTITLED: 'None of the roles of the person may give the command.',
  OWN_SIGNAL: 'A person cannot approve a signal of their own.',
  REQUEST_REJECTED: 'Somebody rejected this command a while ago.',
  SECRET_UNREADABLE: 'The secret of the person is missing, is no base32 or has fewer than 16 bytes.',
  STORE_FAILED: 'The state of the guard could not be saved, and a code could be used twice.',
  TOO_MANY_REQUESTS: 'Too many commands wait for a second person.',
  UNKNOWN_PERSON: 'Nobody of that name may give commands.',
} as const;

/** See {@link guardCodes}. */
export type GuardCode = keyof typeof guardCodes;
