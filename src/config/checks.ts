// What one option says against another: names that have to exist, options that go together.
// They read the text as it was written, sound or not, so that all problems of a file are told at once.
import { checkParameters, checkRates, checkSourcesOfMetrics, checkUnits, type Elsewhere } from './check-metrics.ts';
import { checkHeaders, checkUrls, checkVendors } from './check-sources.ts';
import { entriesAt, textAt, type CheckFinding } from './finding.ts';
import { describeFound, locateFinding, quote, type Located } from './issues.ts';
import { nodeAt, type Node } from './node.ts';
import { checkQueries } from './placeholders.ts';

type Check = (root: Node, elsewhere: Elsewhere) => readonly CheckFinding[];

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,79}$/;

const CHECKS: readonly Check[] = [checkNames, checkUnits, checkSourcesOfMetrics, checkRates, checkParameters, checkQueries, checkUrls, checkHeaders, checkVendors, checkTiers, checkCost];

/** Runs every check; each problem is placed where its key or value is written. */
export function checkTogether(root: Node, elsewhere: Elsewhere): readonly Located[] {
  return CHECKS.flatMap((check) => check(root, elsewhere)).map((finding) => locateFinding(finding, root));
}

function checkNames(root: Node): readonly CheckFinding[] {
  const parents = ['metrics', 'sources', 'services'].map((key) => [key]);
  const parameters = entriesAt(root, ['metrics']).map(([name]) => ['metrics', name, 'parameters']);
  return [...parents, ...parameters].flatMap((parent) =>
    entriesAt(root, parent).filter(([name]) => !NAME.test(name)).map(([name]) => ({
      code: 'invalid-name', at: [...parent, name], found: `the name \`${quote(name)}\``,
      expected: 'letters, digits, `_`, `.` and `-`, a letter first, at most 80', remedy: 'rename it, for example `checkout_p95`',
    })));
}

function checkTiers(root: Node): readonly CheckFinding[] {
  return ['factor', 'monthly-cost'].flatMap((key) => {
    const [low, high] = ['auto-bet', 'light'].map((tier) => nodeAt(root, ['tiers', tier, key]));
    if (low?.kind !== 'scalar' || high?.kind !== 'scalar' || typeof low.value !== 'number' || typeof high.value !== 'number' || low.value <= high.value) return [];
    const at = ['tiers', 'auto-bet', key];
    return [{ code: 'tiers-out-of-order', at, found: describeFound(low), expected: `at most \`tiers.light.${key}\`, which is ${high.value}`, remedy: `lower it to ${high.value}, or raise \`light\`` }];
  });
}

function checkCost(root: Node): readonly CheckFinding[] {
  const expected = textAt(root, ['cost', 'expected']);
  if (expected !== 'file' && expected !== 'artifact') return [];
  if (nodeAt(root, ['cost', expected]) !== null || textAt(root, ['extends']) !== null) return [];
  return [{ code: 'missing-option', at: ['cost', 'expected'], found: `no \`${expected}\``, expected: `\`${expected}\` beside \`expected: ${expected}\``, remedy: expected === 'file' ? 'add `file: infracost.json`' : 'add `artifact: infracost`' }];
}
