import type { SavedPolicies } from '@mikrobot/core';
import { fromStoredText, type LocalStore, toStoredText } from './stored-text.js';

/** A store in memory: for tests, and for what may be forgotten when the process ends. It keeps copies, as a file does. */
export const memoryStore = (saved?: SavedPolicies): LocalStore => {
  let text = saved === undefined ? undefined : toStoredText(saved);
  return {
    load: () => (text === undefined ? undefined : fromStoredText(text, 'memory')),
    save(policies) {
      text = toStoredText(policies);
    },
  };
};
