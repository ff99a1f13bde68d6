import { MikroBotError } from '@mikrobot/core';
import { isLiveAccount } from './account-values.js';

/** The account that is traded. */
export interface ChosenAccount {
  readonly id: string;
  /** Real money. */
  readonly live: boolean;
}

/**
 * Which of the login's accounts is meant.
 * @param named - by the options
 * @throws `MikroBotError` `BAD_CONFIG` where it is none of them, or none is named of several
 */
export const chooseAccount = (accounts: readonly string[], named: string | undefined): ChosenAccount => {
  const ids = accounts.filter((id) => id !== '');
  const where = 'interactiveBrokers, account';
  if (named !== undefined && !ids.includes(named))
    throw new MikroBotError('BAD_CONFIG', `${named} is not among the accounts of this login.`, {
      where,
      hint: `They are ${ids.join(', ')}.`,
    });
  const id = named ?? (ids.length === 1 ? ids[0] : undefined);
  if (id === undefined)
    throw new MikroBotError('BAD_CONFIG', 'the login has several accounts, and none is named.', {
      where,
      hint: `Name one of ${ids.join(', ')}.`,
    });
  return { id, live: isLiveAccount(id) };
};
