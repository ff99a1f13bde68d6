// Adapters

export { allCards } from './adapter/all-cards.js';
export { type AdapterCard, type CapabilityNeed, type CardGroup, cardGroups } from './adapter/card.js';
export { formatReport } from './adapter/report.js';
export type { AdapterSuiteOptions, CardResult } from './adapter/run-card.js';
export { type AdapterReport, adapterCards, type CardTest, testAdapter } from './adapter/test-adapter.js';
export type { ControlName, VenueControls, VenueUnderTest } from './adapter/venue.js';

// Faults
export { type CutOptions, FaultyAdapter, type FaultyOptions, faulty } from './faults/faulty.js';
export {
  type CutOptions,
  type Fault,
  type FaultKind,
  type FaultRule,
  type FaultScript,
  type FaultTarget,
  scriptOf,
} from './faults/script.js';
