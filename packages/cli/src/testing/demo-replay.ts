import { type Bot, createBot, type ReplayParts } from '@mikrobot/core';
import { demoConfig } from '../demo/setting.js';

/** The demo's bot as it was. */
export const makeBot = (parts: ReplayParts): Bot => createBot({ ...demoConfig(['EURUSD']), ...parts });
