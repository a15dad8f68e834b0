// The best guess at the service a fact belongs to, from the configured map, the file's content, then its path.
import ignore, { type Ignore } from 'ignore';

/** Folder names that say what kind of thing lies below, not which. */
const GENERIC = new Set([
  'charts', 'chart', 'apps', 'app', 'services', 'service', 'deployments', 'deployment', 'deploy', 'k8s', 'kubernetes', 'kustomize', 'overlays', 'overlay', 'base', 'bases', 'helm',
  'helmfile', 'values', 'config', 'configs', 'environments', 'environment', 'env', 'envs', 'clusters', 'cluster', 'terraform', 'tf', 'infra', 'infrastructure', 'modules', 'module',
  'stacks', 'manifests', 'templates', 'prod', 'production', 'dev', 'development', 'staging', 'stage', 'test', 'qa', 'live', 'resources', 'patches', 'releases', 'argocd', 'flux',
  'gitops', 'common', 'main', 'src', 'cloudformation', 'namespaces', 'components', 'workloads', 'default', 'compose', 'docker', 'ops', 'iac', 'aws', 'gcp', 'azure',
]);

/** A test by the configured globs: path → service name, or null. */
export function serviceMap(services: ReadonlyMap<string, readonly string[]>): (path: string) => string | null {
  const rules: readonly (readonly [string, Ignore])[] = [...services].map(([name, globs]) => [name, ignore().add([...globs])]);
  return (path) => rules.find(([, globs]) => globs.ignores(path))?.[0] ?? null;
}

/** The nearest folder, or file name, that is a name of its own: `charts/orders/values.yaml` → orders. */
export function serviceOfPath(path: string): string | null {
  const parts = path.split('/');
  const file = (parts.pop() ?? '').split('.')[0] ?? '';
  for (const folder of parts.toReversed()) if (!GENERIC.has(folder.toLowerCase()) && folder !== '.' && folder !== '') return folder;
  const stem = file.replace(/^(?:values|kustomization|docker-compose|compose|main|variables|terraform|serverless|deployment|template|helmrelease|release|hpa)(?:[-_]|$)/i, '');
  return stem === '' || GENERIC.has(stem.toLowerCase()) ? null : stem;
}
