import { tell } from './peer-server.js';
import type { StepName } from './steps.js';

/** Kills the own process at a step: nothing after it is executed, nothing is flushed. */
export class Trap {
  #step: StepName | undefined;
  #left = 0;

  /** @param times - the step is passed so often before it kills */
  arm(step: StepName, times: number): void {
    this.#step = step;
    this.#left = times;
  }

  /** The process is at a step. Returns unless it was to end here. */
  at(step: StepName): void {
    if (step !== this.#step) return;
    if (this.#left-- > 0) return;
    tell({ tell: 'dying', step });
    process.kill(process.pid, 'SIGKILL');
    // The signal arrives at the latest on the way back from a system call.
    for (;;) tell({ tell: 'dying' });
  }
}
