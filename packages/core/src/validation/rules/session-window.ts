import type { Session } from '../../market/session.js';
import type { Rule } from '../rule.js';

/** Refuses entries outside all of the given sessions. Local times in IANA zones, so summer time is right. */
export const sessionWindow = (...sessions: readonly Session[]): Rule => {
  const limit = sessions.map((s) => s.name).join(', ');
  return {
    name: 'sessionWindow',
    check: (signal) =>
      sessions.some((s) => s.isOpen(signal.time))
        ? undefined
        : { code: 'SESSION_CLOSED', limit, actual: new Date(signal.time).toISOString() },
  };
};
