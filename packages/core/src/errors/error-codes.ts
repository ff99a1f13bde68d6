/**
 * Every code that a {@link MikroBotError} can carry, with what it means. A refusal is a value, not an error:
 * its codes are in {@link refusalCodes}.
 */
export const errorCodes = {
  ALREADY_RUN: 'A bot, feed or venue that runs once was started a second time.',
  BAD_CONFIG: 'A configuration value is missing, of the wrong type or out of range.',
  BAD_DATA: 'Measurements are not numbers, or contradict what is said of them.',
  BAD_ENTRY: 'Something cannot be written to the journal, because it is no JSON.',
  BAD_JOURNAL:
    'A file is no journal, of a newer version, or not what its chain of hashes says: changed, cut or reordered.',
  BAD_ROW: 'A row of market data cannot be read or contradicts itself.',
  BAD_STORE: 'What policies remember cannot be read from its file, or cannot be saved.',
  BAD_TIMEFRAME: 'A timeframe is unknown, undeclared, or cannot be built from the data given.',
  BULKHEAD_FULL: 'Too many calls of a dependency wait, or one waited for too long. It was not begun.',
  CIRCUIT_OPEN:
    'The last calls of a dependency failed one after the other, so that no more are begun for a while.',
  COSTS_REQUIRED: 'A simulated venue was made without a cost model.',
  DUPLICATE_CORE: 'Two copies of @mikrobot/core are loaded, so approvals of one mean nothing to the other.',
  FILE_MISSING: 'A data file does not exist or cannot be opened.',
  FORGED_APPROVAL: 'Something that is not an ApprovedOrder of this core was submitted.',
  JOURNAL_FAILED:
    'The journal cannot be written or read: the disk is full, the file is read-only or damaged.',
  JOURNAL_LOCKED: 'Another process writes to the journal.',
  LIVE_ACCOUNT: 'The account trades real money and was not named in the configuration.',
  PREFLIGHT_FAILED: 'A check before the start failed, so the bot never became active.',
  REPLAY_DIVERGED: 'A replay concluded something else than the journal says.',
  TIME_BACKWARDS: 'Market data or an input goes back in time.',
  TIMED_OUT: 'A dependency gave no answer in time. Whether the call took effect is unknown.',
  UNKNOWN_COLUMNS: 'The columns of a data file match no known layout.',
  UNKNOWN_INSTRUMENT: 'A symbol has no instrument.',
} as const;

/** A stable error code; see {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;
