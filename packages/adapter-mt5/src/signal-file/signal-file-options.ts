import type { Bot, Clock } from '@mikrobot/core';

/** Options of {@link watchSignalFile}. */
export interface SignalFileOptions {
  /** The bot that the signals are proposed to. */
  readonly bot: Pick<Bot, 'command' | 'decisions$'>;
  /** The terminal's Common folder: `…/MetaQuotes/Terminal/Common/Files`. */
  readonly folder: string;
  /** Default `mikrobot_4phase_signal.json`. What was taken is kept beside it, in the file of this name and `.seen`. */
  readonly signalFile?: string;
  /** Default `mikrobot_4phase_response.json`. */
  readonly responseFile?: string;
  /** Ms between two looks. A signal counts when two looks find it the same. Default 10. */
  readonly every?: number;
  /** Ms by which a signal may be old when it is found. Default 60,000. */
  readonly maxAge?: number;
  /** Ms that the response waits for the decision. Default 1,000. */
  readonly waitForDecision?: number;
  /** Told of files that are no signal, and of what could not be written. */
  readonly onProblem?: (problem: SignalFileProblem) => void;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** Why a file was not taken, or not answered. */
export interface SignalFileProblem {
  readonly what: 'invalid' | 'too-old' | 'not-read' | 'not-written' | 'not-taken';
  readonly detail: string;
}

/** What a reader has met. */
export interface SignalFileCounts {
  readonly looks: number;
  /** Looks that met half a file, or one that was being changed. */
  readonly torn: number;
  /** Signals proposed. */
  readonly signals: number;
  /** Files that were whole and no signal. */
  readonly invalid: number;
  /** Signals that were too old. */
  readonly old: number;
}

/** A reader at work. */
export interface SignalFileReader {
  readonly counts: SignalFileCounts;
  /** Ends it. The file stays as it is. */
  close(): void;
}
