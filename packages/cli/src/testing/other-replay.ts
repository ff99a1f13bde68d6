import { type Bot, createBot, fixedQuantity, type ReplayParts } from '@mikrobot/core';
import { demoConfig } from '../demo/setting.js';

/** The demo's bot with another idea of risk: it cannot decide as it was decided. */
export const makeBot = (parts: ReplayParts): Bot =>
  createBot({ ...demoConfig(['EURUSD']), risk: fixedQuantity({ lots: 0.1 }), ...parts });
