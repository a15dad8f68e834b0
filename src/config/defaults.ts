// What holds where no configuration says anything, written as a configuration file would say it.
import type { ConfigText } from './schema.ts';

type Complete<Section> = { readonly [Key in keyof Section]-?: Exclude<Section[Key], undefined> };

/** Every option with a default; sections whose entries the author names are empty. */
export const DEFAULTS = {
  mode: 'enforce',
  presets: ['terraform', 'kubernetes', 'helm', 'cloudformation', 'pulumi', 'serverless', 'compose'],
  scope: {
    labels: ['infrastructure', 'scaling'],
    paths: [],
    'cost-increase': 50,
    'non-production': [],
    production: [],
  },
  exempt: {
    authors: [],
    // Dependency bots only: a bot that promotes releases (GitOps) scales production, and counts.
    bots: [
      'dependabot[bot]', 'dependabot-preview[bot]', 'renovate[bot]', 'renovate-bot', 'depfu[bot]', 'greenkeeper[bot]',
      'snyk-bot', 'pyup-bot', 'scala-steward', 'pre-commit-ci[bot]',
    ],
    labels: [],
    paths: ['docs/**', '**/*.md', '**/*.mdx', '**/*.rst', '**/*.adoc', 'LICENSE*', '.github/CODEOWNERS', 'CODEOWNERS'],
  },
  'incident-labels': ['incident'],
  tiers: {
    'auto-bet': { factor: 2, 'monthly-cost': 50 },
    light: { factor: 4, 'monthly-cost': 500 },
  },
  cost: { expected: 'none', file: 'infracost.json', artifact: 'infracost', bot: 'infracost[bot]' },
  labels: { needed: 'hypothesis: needed', linked: 'hypothesis: linked', waived: 'hypothesis: waived', 'outcome-prefix': 'outcome: ' },
  waivers: { allow: ['write'], 'by-author': true },
  defaults: { window: '7d', settle: '1h', environment: 'production' },
  'hypothesis-files': ['hypotheses/**', 'docs/hypotheses/**', '.github/hypotheses/**'],
  'evidence-hosts': [],
} as const satisfies Partial<Complete<ConfigText>>;
