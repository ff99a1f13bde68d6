import type { Contract } from '@stoqey/ib';

/** How a contract that is not configured is named in snapshots: by its id at IB, and for people by its symbol. */
export const foreignSymbol = ({ conId, localSymbol, symbol }: Contract): string =>
  `#${conId ?? 0} ${localSymbol !== undefined && localSymbol !== '' ? localSymbol : (symbol ?? '')}`.trim();
