import type { AccountState } from '../model/account.js';
import type { Capabilities } from './broker-adapter.js';

/**
 * Whether the venue keeps the brackets of a symbol. Not where several ledgers share its net: there the venue ends a bracket when
 * the net is closed, though one of the ledgers still holds its part.
 * @param exclusive - symbols that one ledger alone trades; undefined where nobody said
 */
export const keepsBrackets = (
  symbol: string,
  { bracket }: Capabilities,
  { mode }: AccountState,
  exclusive: ReadonlySet<string> | undefined,
): boolean => bracket !== 'none' && (mode === 'hedging' || exclusive?.has(symbol) !== false);
