// The environment as it is meant: what is empty is not set, and quotes that nobody took off are told.

export type Environment = Readonly<Record<string, string | undefined>>;

/** Who makes these by a shell or by compose has the quotes taken off; `docker run --env-file` and kubectl leave them on, and a secret with its quotes fits nothing. */
const BARE = /^(APP_ID|PRIVATE_KEY|PRIVATE_KEY_PATH|WEBHOOK_SECRET|WEBHOOK_SECRET_OLD|DATABASE_URL|YARDSTICK_(?!SOURCES)\w+)$/;
const QUOTED = /^\s*(["'])(.*)\1\s*$/s;

/** Adds to `problems` what stands in quotes, and reads on without them, so that nothing else is said of it. Values are never shown. */
export function readEnvironment(given: Environment, problems: string[]): Environment {
  // Compose and Kubernetes hand on variables that nobody gave, as empty ones.
  const set = Object.entries(given).filter(([, value]) => value?.trim());
  return Object.fromEntries(set.map(([name, value = '']) => {
    const inside = BARE.test(name) ? QUOTED.exec(value)?.[2] : undefined;
    if (inside !== undefined) problems.push(`${name} stands in quotes, which are taken as a part of it: write it without (\`docker run --env-file\` and \`kubectl create secret --from-env-file\` keep them)`);
    return [name, inside ?? value];
  }));
}

/**
 * What the environment holds for others than the App, and must never be told: the values that sources are given, and the headers of a collector.
 * @param variables names that sources use as `${NAME}`
 */
export function secretsFor(variables: readonly string[], env: Environment): readonly string[] {
  const sources = variables.map((name) => env[name] ?? '');
  const headers = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'].flatMap((name) => (env[name] ?? '').split(',')).map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  // A header is secret as it is written and as it is sent, whole and without its `Bearer`.
  return [...sources, ...headers, ...headers.map(decoded)].flatMap((value) => [value, value.slice(value.indexOf(' ') + 1)]);
}

/** Also of what is no encoding. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
