/** The tests for special causes that a chart can apply. The names are those of the field. */
export const ruleNames = [
  'we1',
  'we2',
  'we3',
  'we4',
  'nelson1',
  'nelson2',
  'nelson3',
  'nelson4',
  'nelson5',
  'nelson6',
  'nelson7',
  'nelson8',
  'beyondLimits',
  'cusumUpper',
  'cusumLower',
  'ewma',
  't2',
  'spread',
] as const;

/** One of {@link ruleNames}. */
export type RuleName = (typeof ruleNames)[number];

/** The rules that {@link RuleEngine} knows: they judge a statistic by its zones, whatever the chart. */
export type ZoneRule = Exclude<RuleName, 'cusumUpper' | 'cusumLower' | 'ewma' | 't2' | 'spread'>;

/** Rules to apply together; their order does not matter. */
export type RuleSet = readonly ZoneRule[];
