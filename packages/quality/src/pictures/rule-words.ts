import { type RuleName, ruleNames } from '../charts/rules.js';

/** What a point that breaks a rule did, in a few words. */
const ruleWords: Readonly<Record<RuleName, string>> = {
  we1: 'beyond 3 sigma',
  we2: '2 of 3 beyond 2 sigma',
  we3: '4 of 5 beyond 1 sigma',
  we4: '8 in a row on one side',
  nelson1: 'beyond 3 sigma',
  nelson2: '9 in a row on one side',
  nelson3: '6 in a row rising or falling',
  nelson4: '14 in a row alternating',
  nelson5: '2 of 3 beyond 2 sigma',
  nelson6: '4 of 5 beyond 1 sigma',
  nelson7: '15 in a row within 1 sigma',
  nelson8: '8 in a row beyond 1 sigma on both sides',
  beyondLimits: 'beyond the limits',
  cusumUpper: 'upper CUSUM beyond its interval',
  cusumLower: 'lower CUSUM beyond its interval',
  ewma: 'EWMA beyond its limits',
  t2: 'T² beyond its limit',
  spread: 'spread beyond its limits',
};

/** Which rules were broken, with names and words: `we1 (beyond 3 sigma)`. */
export const namedRules = (rules: readonly RuleName[]): string =>
  rules.map((rule) => `${rule} (${ruleWords[rule]})`).join(', ');

/** How often each was broken: `beyond 3 sigma 2, 8 in a row on one side 1`. */
export const countedRules = (broken: readonly (readonly RuleName[])[]): string =>
  ruleNames
    .map((rule) => ({ rule, times: broken.filter((rules) => rules.includes(rule)).length }))
    .filter(({ times }) => times > 0)
    .map(({ rule, times }) => `${ruleWords[rule]} ${times}`)
    .join(', ');
