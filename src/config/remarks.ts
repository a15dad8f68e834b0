// What is worth saying about a sound configuration, and blocks nothing.
import type { Note } from '../model/problem.ts';
import type { ConfigText } from './schema.ts';

/** Sources whose values don't come from a query. */
const ANSWERED_OTHERWISE = new Set(['manual', 'evidence', 'csv']);

/** Metrics that a criterion may name, but that nothing can measure yet. */
export function remarkOn(config: ConfigText): readonly Note[] {
  const names = Object.entries(config.metrics ?? {})
    .filter(([, metric]) => metric.query === undefined && metric.bad === undefined && !answeredOtherwise(metric.source, config))
    .map(([name]) => `\`${name}\``);
  if (names.length === 0) return [];
  const shown = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  return [{ code: 'metric-without-query', text: `not measurable yet, since no query is given: ${shown}` }];
}

function answeredOtherwise(source: string | undefined, config: ConfigText): boolean {
  if (source === undefined) return false;
  return ANSWERED_OTHERWISE.has(config.sources?.[source]?.type ?? source);
}
