import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects garbage, so that a test can tell what is still held. */
export const collectGarbage = async (): Promise<void> => {
  // A WeakRef keeps its object alive until the job that made it has ended.
  await setImmediate();
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};
