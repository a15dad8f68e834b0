// The text of a configuration file → what it says, or every problem with its place.
import type { Offer } from '../model/config.ts';
import type { Parsed } from '../model/problem.ts';
import type { Elsewhere } from './check-metrics.ts';
import { parseChecked } from './check-text.ts';
import { checkTogether } from './checks.ts';
import { describeFound, type Located } from './issues.ts';
import { nodeAt, offsetOfKey, type Node } from './node.ts';
import { remarkOn } from './remarks.ts';
import { configSchema, type ConfigText } from './schema.ts';

/** Reads a configuration, in which metrics may name the sources of an offer too. An empty file says nothing, so that every default holds. */
export function parseConfig(text: string, file: string, offer: Offer | null = null): Parsed<ConfigText> {
  return remarked(parseChecked(text, file, { schema: configSchema, check: (root) => checkTogether(root, elsewhere(offer)) }));
}

/** Reads a configuration that another one extends: it may not extend a third. */
export function parseBaseline(text: string, file: string, offer: Offer | null = null): Parsed<ConfigText> {
  return remarked(parseChecked(text, file, { schema: configSchema, check: (root) => [...checkTogether(root, elsewhere(offer)), ...checkNesting(root)] }));
}

function elsewhere(offer: Offer | null): Elsewhere {
  return { sources: [...(offer?.sources.keys() ?? [])], definedBy: offer === null ? 'file' : 'operator' };
}

function checkNesting(root: Node): readonly Located[] {
  const node = nodeAt(root, ['extends']);
  if (node === null) return [];
  const problem = { code: 'nested-extends', found: describeFound(node), expected: 'no `extends` in a file that is extended itself (one level)', remedy: 'remove it, and bring what it said into this file' };
  return [{ path: ['extends'], offset: offsetOfKey(root, ['extends']), kind: 'check', explain: () => problem }];
}

function remarked(parsed: Parsed<ConfigText>): Parsed<ConfigText> {
  return parsed.ok ? { ...parsed, notes: remarkOn(parsed.value) } : parsed;
}
