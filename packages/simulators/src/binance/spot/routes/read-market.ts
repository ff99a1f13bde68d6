import { spotErrors } from '../errors.js';
import type { SpotMarket } from '../market.js';
import type { ParamReader } from '../param-reader.js';
import type { SpotVenue } from '../venue.js';

/** What the name of a symbol may consist of: no small letters. */
const SYMBOL = '^[\\w\\-._&&[^a-z]]{1,50}$';

/**
 * The market that a request names by `symbol`.
 * @throws VenueError -1102, -1100 for small letters and the like, -1121
 */
export const readMarket = (venue: SpotVenue, reader: ParamReader): SpotMarket => {
  const symbol = reader.mandatory('symbol');
  if (/[a-z\s]/.test(symbol)) throw spotErrors.illegal('symbol', SYMBOL);
  return venue.market(symbol);
};
