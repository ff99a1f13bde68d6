import { it } from 'vitest';
import { expectNonsenseToBreakNothing } from './testing/nonsense.js';

it.each([176, 193] as const)(
  'A simulated TWS at version %i takes any nonsense for long: nothing breaks inside, and the next client is served',
  (serverVersion) => expectNonsenseToBreakNothing(serverVersion, 5_000),
);
