import type { Secrets } from '@mikrobot/core';

/** The key that simulated venues know. */
export const botKey = { apiKey: 'key-of-the-bot', secret: 'secret-of-the-bot' };

/** The same, as a bot gives it. */
export const secrets: Secrets = {
  get: (name) => ({ BINANCE_API_KEY: botKey.apiKey, BINANCE_SECRET: botKey.secret })[name],
};
