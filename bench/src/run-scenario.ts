import { scenarios } from './scenarios/index.js';

const scenario = scenarios.find((s) => s.name === process.argv[2]);
if (scenario === undefined) throw new Error(`there is no scenario "${process.argv[2]}"`);
process.stdout.write(`${JSON.stringify(await scenario.run())}\n`);
