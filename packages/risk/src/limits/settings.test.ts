import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import type { PolicyDefinition } from '../policy-definition.js';
import { cooldown } from './cooldown.js';
import { liquidityFilter } from './liquidity-filter.js';
import { lowProfitSymbols } from './low-profit-symbols.js';
import { maxOrderValue } from './max-order-value.js';
import { maxOrderVolume } from './max-order-volume.js';
import { monitorOnly } from './monitor-only.js';
import { newsWindow } from './news-window.js';
import { noDuplicateOrder } from './no-duplicate-order.js';
import { orderRate } from './order-rate.js';
import { permittedInstruments } from './permitted-instruments.js';
import { priceCollar } from './price-collar.js';
import { repeatedExecution } from './repeated-execution.js';
import { sessionHours } from './session-hours.js';
import { spreadLimit } from './spread-limit.js';
import { stoplossGuard } from './stoploss-guard.js';
import { tradesPerDay } from './trades-per-day.js';

const limits: Readonly<Record<string, { readonly definition: PolicyDefinition }>> = {
  cooldown,
  liquidityFilter,
  lowProfitSymbols,
  maxOrderValue,
  maxOrderVolume,
  monitorOnly,
  newsWindow,
  noDuplicateOrder,
  orderRate,
  permittedInstruments,
  priceCollar,
  repeatedExecution,
  sessionHours,
  spreadLimit,
  stoplossGuard,
  tradesPerDay,
};

describe.each(Object.entries(limits))('the definition of %s', (name, { definition }) => {
  it('has the name under which it is imported', () => {
    expect(definition.name).toBe(name);
  });

  it('describes every setting and code', () => {
    const fields = Object.values(definition.settings.shape) as readonly z.ZodType[];
    for (const field of fields) expect(field.description ?? '').not.toBe('');
    for (const [code, meaning] of Object.entries(definition.codes)) {
      expect(code).toMatch(/^[A-Z][A-Z_]+$/);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
    }
    expect(Object.keys(definition.codes).length).toBeGreaterThan(0);
    expect(definition.about).toMatch(/^[A-Z].*\.$/);
  });

  it('takes no setting that it does not know', () => {
    expect(definition.settings.safeParse({ misspelt: 1 }).error?.issues[0]?.code).toBeDefined();
  });
});
