/** Why a connection is closed with a `bye`, or without one where nobody would read it. */
export const refusals = {
  ACCOUNT_TAKEN: 'Another connection of this account is alive.',
  BAD_ENVELOPE: 'A line of JSON that is no message of this protocol.',
  BAD_HELLO: 'The first line is no `hello`, or one with fields that cannot be.',
  BAD_JSON: 'A line that is no JSON.',
  BAD_MAC: 'The proof of the secret is wrong.',
  BAD_UTF8: 'A line that is no UTF-8.',
  BAD_VERSION: 'No version of the protocol is spoken by both sides.',
  CLOSING: 'The bot closes its adapter.',
  HANDSHAKE_TIMEOUT: 'The handshake was not done in time.',
  LINE_TOO_LONG: 'A line that is longer than it may be.',
  NONCE_USED: 'The nonce of the `hello` was used before: a recorded handshake.',
  NOT_READING: 'The other side takes nothing off the line.',
  SILENT: 'Nothing came for longer than it may be.',
  TOO_MANY_CONNECTIONS: 'There are as many connections as may be.',
  UNKNOWN_ACCOUNT: 'No adapter is open for this account.',
} as const;

/** See {@link refusals}. */
export type RefusalReason = keyof typeof refusals;
