import type { OrderEvent, OrderReport } from '../model/order.js';
import type { OrderRecord } from './order-record.js';

/** What must have happened for the venue to report an order like this, beside its trades. @param time - epoch ms */
export const eventsOf = (record: OrderRecord, report: OrderReport, time: number): readonly OrderEvent[] => {
  const { id, symbol } = record.request;
  const base = { id, symbol, time, venueId: report.venueId };
  const found = `found ${report.state}`;
  switch (report.state) {
    case 'accepted':
      return record.state === 'unknown' ? [{ ...base, type: 'accepted' }] : [];
    case 'filled':
      // Its trades are told by themselves. Where they are all on record and it has not ended, it was changed to what had filled.
      return record.filled < report.filled ? [] : [{ ...base, type: 'cancelled', reason: found }];
    case 'cancelled':
      return [{ ...base, type: 'cancelled', reason: found }];
    case 'expired':
      return [{ ...base, type: 'expired' }];
    case 'rejected':
      return [{ ...base, type: 'rejected', code: 'REJECTED', detail: found }];
    default:
      return [];
  }
};
