// Adapters

export { allCards } from './adapter/all-cards.js';
export { type AdapterCard, type CapabilityNeed, type CardGroup, cardGroups } from './adapter/card.js';
export type { AdapterSuiteOptions } from './adapter/run-card.js';
export { type AdapterReport, adapterCards, testAdapter } from './adapter/test-adapter.js';
export type { ControlName, VenueControls, VenueUnderTest } from './adapter/venue.js';

// Faults
export { FaultyAdapter, type FaultyOptions, faulty } from './faults/faulty.js';
export {
  type CutOptions,
  type Fault,
  type FaultKind,
  type FaultRule,
  type FaultScript,
  type FaultTarget,
  scriptOf,
} from './faults/script.js';

// Journals
export type { JournalCard, JournalNeed, JournalUnderTest } from './journal/card.js';
export {
  allJournalCards,
  type JournalSuiteOptions,
  journalCards,
  testJournal,
} from './journal/test-journal.js';

// Both
export { formatReport } from './suite/report.js';
export type { CardHead, CardResult, CardTest, SuiteReport } from './suite/result.js';
export type { SuiteOptions } from './suite/suite.js';

// A venue to practise on
export { type ToyLine, type ToyOrder, ToyServer, type ToyTrade } from './toy/toy-server.js';
