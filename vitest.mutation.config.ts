import { defineConfig } from 'vitest/config';

// Mutation testing runs the quick tests of one package, again and again.
export default defineConfig({
  ssr: { resolve: { conditions: ['@mikrobot/source'] } },
  test: {
    include: ['packages/risk/src/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.slow.test.ts'],
  },
});
