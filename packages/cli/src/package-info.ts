import { createRequire } from 'node:module';

// From src/ and from dist/ alike, package.json is one folder up.
const manifest = createRequire(import.meta.url)('../package.json') as { readonly version: string };

/** Version of this package. */
export const { version } = manifest;
