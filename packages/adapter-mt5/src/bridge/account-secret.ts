import { createSecretKey, type KeyObject } from 'node:crypto';
import { MikroBotError, type Secrets } from '@mikrobot/core';

/** Below this, whoever records one handshake could try all secrets. */
const SHORTEST = 16;

/**
 * Asks for the secret of an account: `MT5_SECRET_<account>`, else `MT5_SECRET`. What is given back shows it to nobody who prints it.
 * @throws `MikroBotError` `BAD_CONFIG` when there is none, or it is too short
 */
export const accountSecret = async (secrets: Secrets, account: string): Promise<KeyObject> => {
  const own = `MT5_SECRET_${account}`;
  const secret = (await secrets.get(own))?.trim() || (await secrets.get('MT5_SECRET'))?.trim() || '';
  if (secret.length >= SHORTEST) return createSecretKey(secret, 'utf8');
  const what =
    secret === ''
      ? `There is no secret ${own} or MT5_SECRET.`
      : `The secret has less than ${SHORTEST} characters.`;
  throw new MikroBotError('BAD_CONFIG', what, {
    where: `mt5Bridge, account ${account}`,
    hint: 'Make a long random one, and give the same to the EA as InpSecret.',
  });
};
