import type { Field } from '../wire/field.js';
import { ascii } from '../wire/message.js';

/** From this version on, an error says in JSON why an order was refused (`ADVANCED_ORDER_REJECT`). */
const ADVANCED_REJECT = 166;

/** An error or a notice (message 4). */
export const errorMessage = (
  serverVersion: number,
  requestId: number,
  code: number,
  text: string,
  advancedReject = '',
): readonly Field[] => [
  ...[4, 2, requestId, code, ascii(text)],
  ...(serverVersion < ADVANCED_REJECT ? [] : [ascii(advancedReject)]),
];

/** The next order id that a client may use (message 9). */
export const nextValidId = (id: number): readonly Field[] => [9, 1, id];

/** The accounts that the login manages (message 15). */
export const managedAccounts = (ids: readonly string[]): readonly Field[] => [15, 1, ids.join(',')];

/** The time of TWS (message 49). @param now - epoch ms */
export const currentTime = (now: number): readonly Field[] => [49, 1, Math.floor(now / 1_000)];
