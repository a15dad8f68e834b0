// Which files may hold knobs, which reader reads them, and which preset they belong to.
import type { Preset } from '../model/config.ts';
import type { FileDiff } from '../model/change.ts';

export type Reader = 'hcl' | 'yaml' | 'json' | 'jsonnet' | 'assignments';

export interface Format {
  readonly reader: Reader;
  /** Any of these presets turns it on. */
  readonly presets: readonly Preset[];
  /** A new entry below one of these keys is a new thing: `services` of Compose, `functions` of Serverless. */
  readonly entries: readonly string[];
}

/** Paths that only look like infrastructure: CI, tests, documentation, dashboards, schemas, lock files, vendored code. */
const NEVER = [
  /(?:^|\/)\.(?:github|circleci|gitlab|buildkite|azure-pipelines|vscode|idea|terraform)\//,
  /(?:^|\/)(?:\.gitlab-ci|\.travis|azure-pipelines|bitbucket-pipelines|\.drone|cloudbuild|appveyor|\.pre-commit-config|mkdocs|renovate|dependabot)[\w.-]{0,40}\.(?:ya?ml|json)$/,
  /(?:^|\/)(?:tests?|__tests__|testdata|test-data|fixtures?|spec|e2e|docs?|vendor|node_modules|dashboards?|grafana-dashboards?|crds?)\//i,
  /(?:^|\/)(?:package|package-lock|tsconfig|composer|values\.schema|renovate|openapi|swagger)[\w.-]{0,20}\.json$/,
  /(?:dashboard|\.schema)[\w.-]{0,40}\.json$|-lock\.\w{3,5}$|\.lock(?:\.hcl)?$|\.tftest\.hcl$|(?:^|\/)Chart\.ya?ml$/i,
  /(?:alert|alerts|rules|prometheusrule)[\w-]{0,20}\.ya?ml$/i,
];

const SHARED: readonly Preset[] = ['kubernetes', 'helm'];

/** The format of a file by its path, and by its patch where several write `.yaml`; null where it can hold no knob. */
export function formatOf(file: FileDiff): Format | null {
  const path = file.path;
  const dot = path.lastIndexOf('.');
  const reader = dot < 0 ? null : readerOf(path.slice(dot + 1).toLowerCase(), path);
  if (reader === null || NEVER.some((never) => never.test(path))) return null;
  if (reader === 'hcl' || /\.(?:tf|tfvars)\.json$/.test(path)) return { reader, presets: ['terraform'], entries: [] };
  if (reader === 'assignments') return { reader, presets: ['compose', ...SHARED], entries: [] };
  if (reader === 'jsonnet') return { reader, presets: SHARED, entries: [] };
  return documentFormat(reader, path, file.patch ?? '');
}

function readerOf(extension: string, path: string): Reader | null {
  switch (extension) {
    case 'tf': case 'tfvars': case 'hcl': case 'tofu': case 'nomad':
      return 'hcl';
    case 'yaml': case 'yml': case 'gotmpl': case 'tpl': case 'j2': case 'template': case 'tmpl':
      return extension.startsWith('y') || /\.(?:ya?ml|gotmpl|tpl|template)(?:\.\w{2,6})?$/.test(path) ? 'yaml' : null;
    case 'json':
      return 'json';
    case 'jsonnet': case 'libsonnet':
      return 'jsonnet';
    case 'env':
      return 'assignments';
    default:
      return null;
  }
}

function documentFormat(reader: Reader, path: string, patch: string): Format {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(?:docker-)?compose|(?:^|[.-])(?:stack|swarm)\.ya?ml$/i.test(name)) return { reader, presets: ['compose'], entries: ['services'] };
  if (/^serverless[\w.-]{0,30}\./i.test(name)) return { reader, presets: ['serverless'], entries: ['functions'] };
  if (/^Pulumi[\w.-]{0,60}\./.test(name)) return { reader, presets: ['pulumi'], entries: ['resources'] };
  if (/AWS::|AWSTemplateFormatVersion|\bProperties"?:/.test(patch) || /cloudformation|\.template$|cfn|(?:^|\/)template\.ya?ml$/i.test(path)) {
    return { reader, presets: ['cloudformation', 'serverless'], entries: ['Resources', 'Parameters'] };
  }
  return { reader, presets: SHARED, entries: [] };
}
