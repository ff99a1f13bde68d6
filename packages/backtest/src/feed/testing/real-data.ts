import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TestContext } from 'vitest';

/** Path of a file of real market data beside the repository; skips the test, saying so, where it is not there. */
export const realData = (name: string, context: TestContext): string => {
  const path = fileURLToPath(new URL(`../../../../../../shared/data/${name}.csv.gz`, import.meta.url));
  if (!existsSync(path)) {
    const reason = `../shared/data/${name}.csv.gz is not there`;
    console.info(`skipped: ${reason}`);
    context.skip(reason);
  }
  return path;
};
