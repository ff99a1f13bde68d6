import { defineConfig } from 'vitest/config';

const slow = '**/*.slow.test.ts';

// `vitest run` takes the quick tests, `vitest run --mode slow` the slow ones.
export default defineConfig(({ mode }) => ({
  ssr: { resolve: { conditions: ['@mikrobot/source'] } },
  test: {
    include: mode === 'slow' ? [slow] : ['{packages/*/src,mql5,tests,tools}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.stryker-tmp*/**', ...(mode === 'slow' ? [] : [slow])],
    setupFiles: ['tools/property-seed.ts'],
    // No module holds state, so test files may share them: loading them anew for each took three quarters of the time.
    isolate: false,
    // Most of their time is waiting for sockets and processes: one worker, the default on two cores, leaves the machine idle.
    maxWorkers: 2,
    testTimeout: mode === 'slow' ? 120_000 : 10_000,
    passWithNoTests: mode === 'slow',
    coverage: { include: ['packages/*/src/**/*.ts'], exclude: ['**/*.test.ts'] },
  },
}));
