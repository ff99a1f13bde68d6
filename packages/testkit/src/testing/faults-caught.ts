import type { brokenAdapters } from './broken-adapters.js';

/** Fault → the cards that fail on it, the one that names it first, and what that one says. */
export const caught: Readonly<
  Record<keyof typeof brokenAdapters, { readonly cards: string; readonly says: RegExp }>
> = {
  'sends each order twice': {
    cards:
      'D-01 O-01 O-02 O-03 O-05 O-06 O-07 O-09 O-12 O-13 O-25 B-07 B-08 B-10 C-01 C-03 C-05 C-06 P-01 P-02 P-03 D-02 D-03 D-04 ' +
      'D-05 R-01 L-03 L-04 L-05 L-06 L-07 L-11 U-01 U-02 S-02 S-03 S-04 S-05 S-07 T-04 X-03',
    says: /orders that work: expected \["[\w-]+e"\]; got \["[\w-]+e2","[\w-]+e"\]/,
  },
  'sends again when no answer comes': {
    cards: 'U-01 L-03 U-02 U-03',
    says: /the answer: expected unknown; got .*accepted/,
  },
  'calls an unknown outcome rejected': {
    cards: 'U-01 L-03 U-02',
    says: /the answer: expected unknown; got .*rejected/,
  },
  'throws what the venue said': { cards: 'R-01 R-02', says: /the answer: expected rejected; got .*unknown/ },
  'keeps an order and sends it after the reconnect': {
    cards: 'L-02',
    says: /orders that work at the venue: expected \[\]; got \["/,
  },
  'loses a fill': {
    cards: 'P-02 O-03 O-09 B-08 P-04 D-05 T-01',
    says: /expected that two parts have filled/,
  },
  'loses what happened while the line was down': {
    cards: 'L-05 L-06',
    says: /lots of its trades: expected 1; got 0/,
  },
  'answers empty on a timeout': { cards: 'S-02 L-11', says: /no snapshot, or an incomplete one/ },
  'answers absent on a timeout': {
    cards: 'U-04 L-11',
    says: /asking in the dark: expected unknown or found; got .*absent/,
  },
  'leaves a bracket naked': {
    cards: 'B-07 O-16 B-08 B-10 L-08',
    says: /the leg [\w-]+es protects 1 lots|the snapshot has [\w-]+es working/,
  },
  'declares brackets that it does not keep': {
    cards: 'B-01 B-02 B-03 B-05 B-06 B-10 L-08',
    says: /the snapshot has [\w-]+es working/,
  },
  'amends by a second order': {
    cards: 'A-01 B-10 A-02 A-03 A-04 A-05',
    says: /expected that the new price works/,
  },
  'fires after it was closed': { cards: 'X-01', says: /events after the close: expected 0; got \d/ },
  'cancels everything when it is closed': {
    cards: 'X-03 X-01',
    says: /orders that work at the venue: expected \["[\w-]+e"\]; got \[\]/,
  },
  'reuses a trade id': { cards: 'D-05 P-02 P-04', says: /different trade ids: expected 3; got 1/ },
  'gives a trade another id each time it is told': {
    cards: 'D-06',
    says: /lots of different trades: expected 1; got 2/,
  },
  'tells the sum of fills as the fill': {
    cards: 'P-02 P-04 D-06',
    says: /expected that two parts have filled|lots that a fill leaves open/,
  },
  'tells seconds for milliseconds': {
    cards: 'T-01 O-01 O-02 O-05 O-06 O-07 O-12 P-01 P-02 T-02',
    says: /expected that the time is epoch ms; got \d{10}$/m,
  },
  'tells its own time for the venue’s': { cards: 'T-02', says: /the trade has the venue’s time/ },
  'tells no profit': { cards: 'O-09', says: /expected that the exit has a profit; got 0/ },
  'rounds a price wrongly': {
    cards: 'O-04 O-11 B-07 B-08 B-10 L-08',
    says: /expected \["buy","limit",1,1\.09455,0\]; got \["buy","limit",1,1\.095,0\]/,
  },
  'rounds a quantity wrongly': { cards: 'O-08', says: /its quantity: expected 0\.01; got 0|O-08 works/ },
  'shortens ids': { cards: 'O-16', says: /the snapshot has [\w-]{26} working/ },
  'turns an order type into another': {
    cards: 'R-02',
    says: /a stop-limit order: expected rejected; got .*accepted/,
  },
  'tells of a cancel that did not happen': {
    cards: 'C-03 B-08 C-01 C-02 C-04 C-05 C-06 P-03 R-03 L-07 S-03',
    says: /the answer: expected rejected; got .*accepted/,
  },
  'hides that the line is down': {
    cards: 'L-01 L-02 L-03 L-04 L-05 L-06 L-07 L-08 L-09 L-10 L-11',
    says: /the adapter tells that the line is down/,
  },
  'forgets its streams when it reconnects': { cards: 'L-09', says: /expected that the quote is told/ },
  'leaves connections behind when it reconnects': {
    cards: 'L-10',
    says: /lots filled: expected 1; got [23]/,
  },
  'knows only orders of its own life': { cards: 'S-07', says: /query\([\w-]+\): expected found; got absent/ },
  'never stops a stream': { cards: 'M-04', says: /ticks after the end: expected 0; got 1/ },
  'takes a symbol that does not exist': { cards: 'M-06', says: /the subscription is refused/ },
};
