// Minified and gzipped. Peer dependencies, siblings and zod are not counted: an application has them once,
// however many packages use them. adapter-ib is half the client library of TWS, and simulators are three venues. The last row
// counts zod, so that its share of core stays visible.
const budgets = {
  core: '58 kB',
  matching: '20 kB',
  'adapter-binance': '60 kB',
  'adapter-ib': '92 kB',
  'adapter-mt5': '40 kB',
  'adapter-paper': '20 kB',
  backtest: '40 kB',
  gateway: '20 kB',
  'journal-sqlite': '20 kB',
  quality: '84 kB',
  risk: '48 kB',
  simulators: '120 kB',
  strategies: '20 kB',
  testkit: '40 kB',
  cli: '40 kB',
};

const measure = (name, limit, ignore) => ({
  name,
  limit,
  ignore: ['rxjs', '@mikrobot/*', ...ignore],
  gzip: true,
  path: `packages/${name.split(' ')[0]}/dist/index.js`,
  modifyEsbuildConfig: (config) => ({ ...config, platform: 'node' }),
});

export default [
  ...Object.entries(budgets).map(([name, limit]) => measure(name, limit, ['zod'])),
  // What a bot that only wants to be stopped in time takes of the toolbox.
  { ...measure('quality', '40 kB', ['zod']), name: 'quality, the gate alone', import: '{ qualityGate }' },
  measure('core with zod', '87 kB', []),
];
