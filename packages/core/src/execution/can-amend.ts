import type { LegName } from '../risk/approved-order.js';
import type { Capabilities } from './broker-adapter.js';

/** Whether a venue can change a leg that works. @param sameSize - whether its quantity stays as it is */
export const canAmend = ({ amend }: Capabilities, leg: LegName, sameSize: boolean): boolean => {
  if (amend === 'limits') return leg === 'target';
  if (amend === 'prices') return sameSize;
  return amend === 'native';
};
