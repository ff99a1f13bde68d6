import { costPresets } from '@mikrobot/matching';
import { adapterCards } from '@mikrobot/testkit';
import { describe, it } from 'vitest';
import type { PaperOptions } from './options.js';
import { handVenue, playedVenue, remoteVenue } from './testing/paper-bench.js';

/** Cards that need a line between the bot and the venue: a simulated one has none of its own. */
const needsLine = /^[LU]|^(A-05|C-06|D-06|R-01|S-02|S-07|T-02|T-03|X-03)$/;

const venues: readonly {
  readonly name: string;
  readonly options: Partial<PaperOptions>;
  readonly allowedSkips: readonly string[];
}[] = [
  // R-02 asks what becomes of what is not declared: everything is.
  { name: 'native brackets', options: {}, allowedSkips: ['B-07', 'B-08', 'B-11', 'R-02'] },
  {
    name: 'brackets kept by core, answers by promises',
    options: { brackets: 'none', replies: 'async' },
    allowedSkips: ['B-01', 'B-02', 'B-03', 'B-04', 'B-05', 'B-06', 'B-11', 'R-02'],
  },
  {
    name: 'orders that take 150 ms to arrive',
    // Its cost model has no end of depth: the depth of a tick is gone when an order arrives after it.
    options: { costs: { ...costPresets.none, latency: { kind: 'fixed', ms: 150 } } },
    allowedSkips: [
      'B-07',
      'B-08',
      'B-11',
      'R-02',
      'O-25',
      'O-26',
      'B-05',
      'P-01',
      'P-02',
      'P-03',
      'P-04',
      'L-06',
    ],
  },
  { name: 'a hedging account', options: { mode: 'hedging' }, allowedSkips: ['B-07', 'B-08', 'B-11', 'R-02'] },
];

describe.each(venues)('The paper venue with $name', ({ options, allowedSkips }) => {
  const create = ({ id }: { readonly id: string }) => {
    if (id.startsWith('H')) return playedVenue();
    return needsLine.test(id) ? remoteVenue(options) : handVenue(options);
  };
  for (const card of adapterCards({ create, allowedSkips })) it(card.title, card.run);
});
