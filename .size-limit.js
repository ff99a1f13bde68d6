// Minified and compressed, without peer dependencies and without the siblings a package stands on.
const packages = {
  core: '40 kB',
  matching: '20 kB',
  'adapter-paper': '20 kB',
  backtest: '40 kB',
  strategies: '40 kB',
  cli: '40 kB',
};

export default Object.entries(packages).map(([name, limit]) => ({
  name,
  limit,
  gzip: true,
  path: `packages/${name}/dist/index.js`,
  ignore: ['rxjs', '@mikrobot/*'],
  modifyEsbuildConfig: (config) => ({ ...config, platform: 'node' }),
}));
