// Names of environments: which of them speak of production, and which of another place.

const OTHER = new Set([
  'dev', 'develop', 'development', 'devel', 'staging', 'stage', 'stg', 'test', 'tests', 'testing', 'tst', 'sandbox', 'sbx', 'qa', 'uat', 'preview', 'previews',
  'demo', 'playground', 'nonprod', 'nonproduction', 'preprod', 'preproduction', 'ephemeral',
]);
/** These count only as a whole name: `ci.example.org` is somebody's production. */
const ALONE = new Set(['ci', 'example', 'examples']);
const PRODUCTION = new Set(['prod', 'production', 'prd', 'live']);

/** What a single word says of the place; null where it speaks of none. */
export function placeOfWord(word: string): 'production' | 'other' | null {
  if (OTHER.has(word)) return 'other';
  return PRODUCTION.has(word) ? 'production' : null;
}

/** A name that is nothing but the environment. */
export function placeOfName(name: string): 'production' | 'other' | null {
  const word = name.toLowerCase();
  return ALONE.has(word) ? 'other' : placeOfWord(word);
}

/**
 * What a path says by a folder or a file of that name, or by the end of one: `dev/…`, `orders-dev/…`, `dev.tfvars`, `values-dev.yaml`.
 * Not `dev-tools/…`, which may well be production. The innermost name that speaks counts.
 */
export function placeOfPath(path: string): 'production' | 'other' | null {
  return path.split('/').reduceRight<'production' | 'other' | null>((said, name) => said ?? placeOfEnding(name), null);
}

const EXTENSIONS = /(?:\.(?:ya?ml|json|tf|tfvars|hcl|auto|gotmpl|tpl|tmpl|j2|env|toml|properties|jsonnet|libsonnet|template)){1,3}$/;

function placeOfEnding(name: string): 'production' | 'other' | null {
  const bare = name.toLowerCase().replace(EXTENSIONS, '');
  if (/(?:^|[-_.])(?:non|pre)[-_.]prod(?:uction)?$/.test(bare)) return 'other';
  const words = bare.split(/[-_.]/);
  const last = words.at(-1) ?? '';
  // `local.tf` holds Terraform's locals; `docker-compose.local.yml` is somebody's laptop.
  if (last === 'local' && words.length > 1) return 'other';
  return placeOfName(bare) ?? placeOfWord(last);
}
