import { defineConfig, type Options } from 'tsup';

/** How every package is built: ES modules and one d.ts, from `src/index.ts` unless `more` says otherwise. */
export const library = (more: Options = {}) =>
  defineConfig({
    entry: ['src/index.ts'],
    format: 'esm',
    target: 'es2022', // below it `#private` fields become WeakMaps, 16 times slower
    tsconfig: '../../tsconfig.base.json',
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } }, // tsup sets `baseUrl`, which TypeScript 6 deprecates
    removeNodeProtocol: false,
    sourcemap: true,
    clean: true,
    silent: true,
    ...more,
  });
