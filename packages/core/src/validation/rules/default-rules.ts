import type { Rule } from '../rule.js';
import { confidence } from './confidence.js';
import { fresh } from './fresh.js';
import { noDuplicate } from './no-duplicate.js';
import { wellFormed } from './well-formed.js';

/** What a bot validates when nothing else is configured: form, freshness, duplicates, confidence. Fresh rules at each call. */
export const defaultRules = (): readonly Rule[] => [wellFormed(), fresh(), noDuplicate(), confidence()];
