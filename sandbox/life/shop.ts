// The shop: a private repository whose bets are followed to their end, and what its services did meanwhile.
import type { PullSeed } from '../seed/pull.ts';
import type { SeriesSeed } from './series.ts';
import type { Source } from './source.ts';

/** The story's instants. A success of an earlier deployment shows that the repository has such an environment. */
export const CALENDAR = {
  before: '2026-02-26T14:00:00Z',
  opened: '2026-03-02T10:00:00Z',
  drafted: '2026-03-02T10:20:00Z',
  merged: '2026-03-03T09:30:00Z',
  deployed: '2026-03-03T14:00:00Z',
  due: '2026-03-10T15:17:00Z',
  later: '2026-03-10T16:17:00Z',
  decided: '2026-03-11T08:40:00Z',
} as const;

export const EFFECT_AT = Date.parse(CALENDAR.deployed) / 1000;

const latency = { metric: 'p95', level: 420, swing: 0.6, noise: 0.04, days: 0.02 };
const errors = { metric: 'error_rate', level: 0.2, swing: 0.3, noise: 0.1, days: 0.03, effect: 1 };

export const SERIES: readonly SeriesSeed[] = [
  { ...latency, service: 'checkout', effect: 0.66 }, { ...errors, service: 'checkout' },
  { ...latency, service: 'search', level: 180, effect: 1.01 }, { ...errors, service: 'search' },
  // Its days differ so much that a fall by a few per cent can't be told from chance.
  { ...latency, service: 'mailer', level: 900, days: 0.22, effect: 0.9 }, { ...errors, service: 'mailer' },
  { ...latency, service: 'catalog', level: 95, effect: 0.8 }, { ...errors, service: 'catalog' },
];

export const SERVICES = ['checkout', 'search', 'mailer', 'catalog'];

function configFor({ yaml, query }: Source): string {
  const service = `parameters: { service: { values: [${SERVICES.join(', ')}] } }`;
  return `version: 1
mode: enforce
services:
${SERVICES.map((name) => `  ${name}: [charts/${name}/**]`).join('\n')}
sources:
  ops: ${yaml}
metrics:
  p95: { unit: ms, better: lower, kind: gauge, source: ops, query: '${query('p95')}', ${service} }
  error_rate: { unit: '%', better: lower, kind: gauge, source: ops, query: '${query('error_rate')}', ${service} }
`;
}

/** What an operator writes who lets the shop ask its own queries there. */
export function allowShop(repository: string, { yaml }: Source): string {
  return `allow:\n  - repositories: [${repository}]\n    sources: { ops: ${yaml.replace(/ }$/, ', queries: repository }')} }\n`;
}

function valuesOf(service: string, replicas: number): string {
  return `# The ${service} service\nimage:\n  repository: registry.harbour.example/${service}\n  tag: 2.4.0\nreplicaCount: ${replicas}\n`;
}

/** Path → text on `main`. */
export function shopFiles(source: Source): Readonly<Record<string, string>> {
  return {
    '.github/yardstick.yml': configFor(source),
    ...Object.fromEntries(SERVICES.map((name) => [`charts/${name}/values.yaml`, valuesOf(name, 4)])),
    ...source.files,
  };
}

/** A bet: its pull request, and how it turns out. */
export interface Bet {
  readonly pull: Omit<PullSeed, 'expects'>;
  /** The labels at the end; none: it is measured silently. */
  readonly outcome: 'validated' | 'refuted' | 'inconclusive' | null;
}

function scale(service: string, replicas: number, pull: Pick<PullSeed, 'story' | 'title' | 'body' | 'author'>): Bet['pull'] {
  return { ...pull, slug: `${service}-${replicas}`, labels: [], comments: [], files: { [`charts/${service}/values.yaml`]: valuesOf(service, replicas) } };
}

/** Opened without a hypothesis; its author takes the draft. */
export const DRAFTED: Bet = {
  pull: scale('checkout', 12, { story: 'Nothing is promised yet: the gate gives a draft, and ana takes it.', title: 'Scale checkout to 12 replicas', body: 'The checkout is slow in the evening.', author: 'ana' }),
  outcome: 'validated',
};

export const REFUTED: Bet = {
  pull: scale('search', 10, {
    story: 'A promise that will not come true.', title: 'Scale search to 10 replicas', author: 'ben',
    body: '## Hypothesis\nTen pods make search faster, because four of them wait for CPU.\n\n- p95(search) falls by 25%\n- guardrail: error_rate(search) stays below 0.5%\n',
  }),
  outcome: 'refuted',
};

export const UNCLEAR: Bet = {
  pull: scale('mailer', 10, {
    story: 'A promise smaller than what its metric does by itself.', title: 'Scale mailer to 10 replicas', author: 'ana',
    body: '## Hypothesis\nMore pods send a newsletter sooner, because the queue is served by more of them.\n\n- p95(mailer) falls by 8%\n',
  }),
  outcome: 'inconclusive',
};

export const SILENT: Bet = {
  pull: scale('catalog', 6, { story: 'Small and easily undone: nothing is asked, and it is measured silently.', title: 'catalog: 6 replicas', body: 'One more of each zone.', author: 'ben' }),
  outcome: null,
};
