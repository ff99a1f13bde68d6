import { type Capabilities, orderTypes, timesInForce } from '@mikrobot/core';
import type { AdapterCard, CapabilityNeed } from './card.js';
import type { VenueUnderTest } from './venue.js';

const isDeclared = (need: CapabilityNeed, capabilities: Capabilities): boolean => {
  if (need === 'bracket') return capabilities.bracket !== 'none';
  if (need === 'kept bracket') return capabilities.bracket === 'native';
  if (need === 'attached bracket') return capabilities.bracket === 'attached';
  if (need === 'no bracket') return capabilities.bracket === 'none';
  // The cards amend limit orders.
  if (need === 'amend') return capabilities.amend !== 'none';
  if (need === 'amended quantity') return capabilities.amend !== 'none' && capabilities.amend !== 'prices';
  if (need === 'shorting') return capabilities.shorting !== 'none';
  if (need === 'something undeclared') return undeclared(capabilities).length > 0;
  const table: Readonly<Record<string, unknown>> = {
    ...capabilities.orderTypes,
    ...capabilities.timeInForce,
    ...capabilities,
  };
  return table[need] === 'native';
};

const reasons: Partial<Record<CapabilityNeed, string>> = {
  'amended quantity': 'the venue amends no quantities',
  'no bracket': 'the venue takes brackets with their entries',
  'kept bracket': 'the venue does not keep brackets by itself',
  'attached bracket': 'no legs sleep at the venue',
  shorting: 'the venue sells only what is held',
  'something undeclared': 'every order type and time in force is declared',
};

/** Order types and times in force that an adapter declares not to have. A trailing stop is never an entry. */
export const undeclared = ({ orderTypes: types, timeInForce }: Capabilities): readonly string[] => [
  ...orderTypes.filter((type) => type !== 'trailing-stop' && types[type] === 'none'),
  ...timesInForce.filter((time) => timeInForce[time] === 'none'),
];

/** Why a card cannot be run on a venue; undefined when it can. */
export const reasonToSkip = (card: AdapterCard, venue: VenueUnderTest): string | undefined => {
  const { capabilities } = venue.adapter;
  const need = card.needs.find((one) => !isDeclared(one, capabilities));
  if (need !== undefined) return reasons[need] ?? `the adapter declares no ${need}`;
  const missing = card.controls.filter((name) => venue.controls?.[name] === undefined);
  if (missing.length > 0) return `the venue has no control ${missing.map((name) => `'${name}'`).join(', ')}`;
  if (card.id.startsWith('H') && venue.past === undefined) return 'no span of past bars was given (`past`)';
  return undefined;
};
