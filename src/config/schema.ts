// Everything a configuration file may say, each option with the sentence that documents it.
import * as z from 'zod/mini';
import { metrics, sources } from './catalogue.ts';
import { named, option, section } from './option.ts';
import { parseExtends } from './reference.ts';
import { RULES, type RuleName } from './rules.ts';
import { date, duration, globs, list, matching, number, oneOf, refined, text, yesOrNo } from './values.ts';

const logins = list(text('a login', 100), 'a list of logins');
const labelName = text('a label’s name', 50);
const labels = list(labelName, 'a list of labels');
const money = number(0, 'an amount a month, 0 or more, in the currency of the cost report');
const factor = number(1, 'a factor, 1 or more');

const EXTENDS = '`owner/repo`, `owner/repo:path@ref`, or a path of this repository that ends in .yml';

const scope = section({
  labels: option(labels, 'Labels that bring a pull request into scope.', ['infrastructure', 'scaling']),
  paths: option(globs, 'Gitignore-style globs; a changed file that matches brings the pull request into scope.', ['terraform/**']),
  'cost-increase': option(
    z.union([money, z.literal('never')], { error: 'an amount a month, or `never`' }),
    'A monthly cost increase from which a pull request is in scope; `never`: not by cost.',
    50,
  ),
  'non-production': option(globs, 'Globs of paths that are not production, beside those whose names say so (`dev/`, `orders-staging/`, `values-test.yaml` …): what they scale asks nothing.', ['**/staging/**']),
  production: option(globs, 'Globs of paths that are production although `non-production` matches them, or although their names say otherwise.', ['clusters/test-eu/**']),
});

const exempt = section({
  authors: option(logins, 'Logins whose pull requests are never asked.', ['release-bot']),
  bots: option(logins, 'Dependency bots, by the login GitHub authenticates. A bot that promotes releases is none: what it scales counts.', ['renovate[bot]']),
  labels: option(labels, 'Labels that take a pull request out of scope.', ['no-hypothesis']),
  paths: option(globs, 'Globs of files that never count, such as documentation.', ['docs/**']),
});

const tier = section({
  factor: option(factor, 'Up to this factor (4 replicas → 8 is 2) where the cost is not known.', 2),
  'monthly-cost': option(money, 'Below this cost a month where it is known.', 50),
});

const tiers = section({
  'auto-bet': option(tier, 'What asks nothing and is measured silently.', { factor: 2, 'monthly-cost': 50 }),
  light: option(tier, 'What asks for one sentence and one criterion; everything above also asks for guardrails.', { factor: 4, 'monthly-cost': 500 }),
});

const cost = section({
  expected: option(oneOf(['file', 'artifact', 'comment', 'none']), 'Where a cost report is waited for; `none`: none is, but one that is there is read.', 'comment'),
  file: option(text('a path', 400), 'Path of an Infracost JSON report in the workspace.', 'infracost.json'),
  artifact: option(text('an artefact’s name', 200), 'Name of the workflow artefact that holds it.', 'infracost'),
  bot: option(text('a login', 100), 'The login whose comment holds the estimate.', 'infracost[bot]'),
});

const gateLabels = section({
  needed: option(labelName, 'Put on a pull request that needs a hypothesis.', 'hypothesis: needed'),
  linked: option(labelName, 'Put on a pull request whose hypothesis is sound.', 'hypothesis: linked'),
  waived: option(labelName, 'Put on a pull request that was waived.', 'hypothesis: waived'),
  'outcome-prefix': option(text('the beginning of a label’s name', 35), 'What the labels of the measured outcome begin with, such as `outcome: pending` and `outcome: refuted`.', 'outcome: '),
});

const waivers = section({
  allow: option(
    list(matching(/^(?:write|maintain|admin|@?[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:\[bot\]|\/[A-Za-z0-9._-]{1,100})?)$/, 'a permission (`write`, `maintain`, `admin`), a login or `@org/team`'), 'a list of permissions, logins and teams'),
    'Who may waive, and set an incident label: permissions (`write`, `maintain`, `admin`), logins, or `@org/team` (read with an App’s token that has `members: read`).',
    ['maintain', '@acme/platform'],
  ),
  'by-author': option(yesOrNo, 'Whether authors may waive their own pull requests.', false),
});

const defaults = section({
  window: option(duration, 'How long is measured where the hypothesis doesn’t say.', '7d'),
  settle: option(duration, 'How long after the effect measuring starts.', '1h'),
  environment: option(text('a deployment environment', 100), 'The environment whose deployment starts the clock.', 'production'),
});

const rollout = section({
  mode: option(oneOf(['enforce', 'advise', 'observe', 'off']), 'The rule’s own mode.', 'advise'),
  from: option(date, 'The first day (UTC) on which it holds; before that day the general `mode` does.', '2026-09-01'),
});

const ruleEntries = Object.fromEntries(Object.entries(RULES).map(([name, sentence]) => [name, option(rollout, sentence, { mode: 'advise' })]));
const rules = section(ruleEntries as Record<RuleName, z.ZodMiniExactOptional<typeof rollout>>);

/** A configuration file. Strict: an unknown key is an error. */
export const configSchema = section({
  version: option(z.literal(1, { error: 'the number 1' }), 'Version of this format.', 1),
  extends: option(
    refined(text(EXTENDS, 600), (value) => (parseExtends(value) === null ? EXTENDS : null)),
    'Another configuration whose options hold where this file is silent: `owner/repo`, `owner/repo:path@ref`, or a path. That file may extend no other.',
    'acme/.github:yardstick/base.yml@v1',
  ),
  mode: option(oneOf(['enforce', 'advise', 'observe']), '`enforce`: the check fails. `advise`: it says the same and stays neutral. `observe`: it only records.', 'enforce'),
  presets: option(
    list(oneOf(['terraform', 'kubernetes', 'helm', 'cloudformation', 'pulumi', 'serverless', 'compose']), 'a list of presets'),
    'The kinds of file whose diffs are read for scaling.',
    ['terraform', 'helm'],
  ),
  scope: option(scope, 'What makes a pull request infrastructure or scaling work.', { paths: ['terraform/**'] }),
  exempt: option(exempt, 'What is never asked, and named in the answer.', { paths: ['docs/**'] }),
  'incident-labels': option(labels, 'Labels that mark the repair of an incident, where somebody set them who may waive, or an App: nothing is asked before the merge.', ['incident']),
  tiers: option(tiers, 'How much is asked, by impact.', { 'auto-bet': { factor: 2, 'monthly-cost': 50 } }),
  cost: option(cost, 'Where the cost of a change is told.', { expected: 'comment' }),
  labels: option(gateLabels, 'Names of the labels that are set.', { needed: 'hypothesis: needed' }),
  waivers: option(waivers, 'Who may let a pull request through without a hypothesis.', { allow: ['maintain'] }),
  defaults: option(defaults, 'What holds where a hypothesis is silent about its measurement.', { window: '7d' }),
  rules: option(rules, 'Roll-out by rule and by date.', { diff: { mode: 'observe' } }),
  'hypothesis-files': option(globs, 'Where hypothesis files live.', ['hypotheses/**']),
  'evidence-hosts': option(
    list(matching(/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/, 'a host name, such as `ci.example.com`'), 'a list of host names'),
    'Hosts from which `evidence:` addresses are fetched; others are shown, and the owner gives the value.',
    ['ci.example.com'],
  ),
  services: option(
    named(globs, 'a mapping from service names to lists of globs'),
    'Service → globs of the files that belong to it; for metric templates and the draft.',
    { checkout: ['services/checkout/**'] },
  ),
  sources: option(sources, 'Where metrics come from, by name.', { prom: { type: 'prometheus', url: 'https://prometheus.example.com' } }),
  metrics: option(metrics, 'The metric catalogue: what a criterion may name.', { checkout_p95: { unit: 'ms', better: 'lower', source: 'prom', query: 'job:checkout:p95' } }),
});

/** What one file says, checked; nothing filled in. */
export type ConfigText = z.infer<typeof configSchema>;
