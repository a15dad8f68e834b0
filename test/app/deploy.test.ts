// compose.yaml and the Kubernetes manifests: their parts name each other rightly, and what they ask of the App it answers.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { load, loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { App } from '../../app/app.ts';
import { parseOffers } from '../../src/config/offers.ts';
import { useStage } from '../e2e/stage.ts';
import { readDockerfile } from './image.ts';
import { removeFolder, runApp, settingsFor } from './running-app.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
/** A stop takes up to 25 s. */
const STOP_SECONDS = 25;
/** The door waits 5 s for the desk before it says that it hangs. */
const PROBE_SECONDS = 6;

interface Probe {
  readonly httpGet: { readonly path: string; readonly port: string };
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

interface Container {
  readonly image: string;
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly envFrom: readonly [{ readonly secretRef: { readonly name: string } }];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly resources: { readonly requests: Readonly<Record<string, string>>; readonly limits: Readonly<Record<string, string>> };
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly ports: readonly [{ readonly name: string; readonly containerPort: number }];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}

interface Pods {
  readonly terminationGracePeriodSeconds: number;
  readonly topologySpreadConstraints: readonly { readonly topologyKey: string; readonly whenUnsatisfiable: string; readonly labelSelector: Chosen }[];
  readonly containers: readonly [Container];
  readonly volumes: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

interface Chosen {
  readonly matchLabels: Readonly<Record<string, string>>;
}

/** What is looked at of any kind. */
interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly data: Readonly<Record<string, string>>;
  readonly spec: {
    readonly replicas: number;
    readonly minAvailable: number;
    readonly template: { readonly metadata: { readonly labels: Readonly<Record<string, string>> }; readonly spec: Pods };
    readonly selector: Chosen & Readonly<Record<string, string>>;
    readonly podSelector: Chosen;
    readonly ingress: readonly [{ readonly ports: readonly [{ readonly port: string }] }];
    readonly ports: readonly [{ readonly name: string; readonly targetPort: string }];
    readonly jobLabel: string;
    readonly podMetricsEndpoints: readonly [{ readonly port: string; readonly path: string }];
    readonly rules: readonly [{ readonly http: { readonly paths: readonly { readonly path: string; readonly pathType: string; readonly backend: { readonly service: { readonly name: string; readonly port: { readonly name: string } } } }[] } }];
  };
}

const FOLDER = 'deploy/kubernetes';
const manifests = ['yardstick', 'ingress', 'monitoring'].flatMap((file) => loadAll(read(`${FOLDER}/${file}.yaml`)) as unknown as readonly Manifest[]);
function only(kind: string): Manifest {
  const [found, ...more] = manifests.filter((each) => each.kind === kind);
  if (found === undefined || more.length > 0) throw new Error(`not one ${kind}`);
  return found;
}
const deployment = only('Deployment');
const { metadata: { labels }, spec: pods } = deployment.spec.template;
const [container] = pods.containers;
const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe];
const alerts = load(read('deploy/prometheus/alerts.yml')) as { readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[] };
const expressions = alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));

describe('the manifests', () => {
  const schema = JSON.parse(read('test/app/kubernetes.json')) as { readonly kinds: Readonly<Record<string, object>>; readonly $defs: object };
  const ours = manifests.filter(({ kind }) => kind !== 'PodMonitor');

  test.each(ours.map((manifest) => [manifest.kind, manifest]))('say nothing that Kubernetes does not know: %s', (kind, manifest) => {
    const validate = new Ajv({ strict: false, allErrors: true }).compile({ ...schema.kinds[kind], $defs: schema.$defs });
    validate(manifest);
    expect((validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)).toEqual([]);
    expect(validate({ ...manifest, spek: {} })).toBe(false);
  });

  test('choose the same pods, all of them', () => {
    const chosen = [deployment.spec.selector.matchLabels, only('Service').spec.selector, ...[only('PodDisruptionBudget'), only('PodMonitor')].map(({ spec }) => spec.selector.matchLabels), only('NetworkPolicy').spec.podSelector.matchLabels, ...pods.topologySpreadConstraints.map(({ labelSelector }) => labelSelector.matchLabels)];
    for (const each of chosen) expect(each).toEqual(labels);
    expect(deployment.spec.replicas).toBeGreaterThan(only('PodDisruptionBudget').spec.minAvailable);
    // Two replicas on one node must be possible: else a small cluster runs none during an update.
    for (const { whenUnsatisfiable } of pods.topologySpreadConstraints) expect(whenUnsatisfiable).toBe('ScheduleAnyway');
  });

  test('name one port, on which the image listens', () => {
    const [{ name, containerPort }] = container.ports;
    const port = /\bPORT=(\d+)/.exec(readDockerfile().at(-1)?.find(({ word }) => word === 'ENV')?.rest ?? '')?.[1];
    expect(containerPort).toBe(Number(port));
    expect(read('deploy/prometheus/prometheus.yml')).toContain(`port: ${port}`);
    const named = [...probes.map(({ httpGet }) => httpGet.port), only('Service').spec.ports[0].targetPort, only('NetworkPolicy').spec.ingress[0].ports[0].port, only('PodMonitor').spec.podMetricsEndpoints[0].port];
    expect(new Set(named)).toEqual(new Set([name]));
    const { backend } = only('Ingress').spec.rules[0].http.paths[0] ?? {};
    expect(backend?.service).toEqual({ name: only('Service').metadata.name, port: { name: only('Service').spec.ports[0].name } });
  });

  test('mount the sources where they are looked for, and these can be read', () => {
    const { metadata: { name }, data } = only('ConfigMap');
    expect(container.volumeMounts.map((mount) => mount.name)).toEqual(pods.volumes.map((volume) => volume.name));
    const mount = container.volumeMounts.find((each) => each.name === pods.volumes.find(({ configMap }) => configMap?.name === name)?.name);
    const [file = ''] = Object.keys(data);
    expect(container.env).toEqual([{ name: 'YARDSTICK_SOURCES', value: `${mount?.mountPath}/${file}` }]);
    expect(parseOffers(data[file] ?? '', file)).toMatchObject({ ok: true });
  });

  test('take secrets from the Secret that the command in their comment makes', () => {
    expect(read(`${FOLDER}/yardstick.yaml`)).toContain(`kubectl create secret generic ${container.envFrom[0].secretRef.name} --from-env-file=.env\n`);
  });

  test('run this version, by a name that says which', () => {
    const { version } = JSON.parse(read('package.json')) as { readonly version: string };
    expect(container.image.split(':')[1]).toBe(version);
  });

  test('give a pod the time to migrate, to answer a probe, and to finish or give back', () => {
    expect(container.startupProbe.periodSeconds * container.startupProbe.failureThreshold).toBeGreaterThanOrEqual(600);
    for (const { timeoutSeconds } of probes) expect(timeoutSeconds).toBeGreaterThanOrEqual(PROBE_SECONDS);
    expect(pods.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(STOP_SECONDS + container.lifecycle.preStop.sleep.seconds);
  });

  test('leave room for a backup where the image says that data lies', () => {
    expect(readDockerfile().at(-1)?.find(({ word }) => word === 'ENV')?.rest).toContain(` DATA_FOLDER=${container.volumeMounts.find(({ name }) => name === 'data')?.mountPath} `);
  });

  test('leave it no right and a root that it cannot write', () => {
    expect(pods).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
    expect(container.securityContext).toEqual({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  });
});

describe('what watches the App', () => {
  test('calls its job as the alerts do, in a cluster and beside compose', () => {
    const [, job] = /up\{job="(\w+)"\}/.exec(expressions.join()) ?? [];
    expect(labels[only('PodMonitor').spec.jobLabel]).toBe(job);
    expect(read('deploy/prometheus/prometheus.yml')).toContain(`job_name: ${job}\n`);
  });

  test('gets the alerts as they are by the command that is told', () => {
    const command = /^#   (\{ printf .*\}) \| kubectl apply -f -$/m.exec(read(`${FOLDER}/monitoring.yaml`))?.[1] ?? 'false';
    expect(load(execFileSync('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8' }))).toEqual({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'yardstick' }, spec: alerts });
  });
});

describe('an App', () => {
  const stage = useStage();
  const settings = () => settingsFor(stage.github(), null);
  let app: App;
  let remove: () => void;
  beforeAll(async () => {
    const own = settings();
    app = await runApp(stage.github(), own);
    remove = () => removeFolder(own);
  });
  afterAll(async () => {
    await app.stop();
    remove();
  });

  test('answers every path that is asked for, and takes webhooks on the one that is open to the internet', async () => {
    for (const { httpGet } of probes) expect((await fetch(app.url + httpGet.path)).status).toBe(200);
    const { paths } = only('Ingress').spec.rules[0].http;
    expect(paths.map(({ pathType }) => pathType)).toEqual(['Exact']);
    // No webhook, but heard as one.
    for (const { path } of paths) expect((await fetch(app.url + path, { method: 'POST', body: '{}' })).status).toBe(400);
  });

  test('tells every metric that an alert is about', async () => {
    const text = await (await fetch(app.url + only('PodMonitor').spec.podMetricsEndpoints[0].path)).text();
    const told = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name));
    const named = expressions.flatMap((expr) => [...expr.matchAll(/\byardstick_[a-z_]+/g)].map(([name]) => name.replace(/_bucket$/, '')));
    expect(named.filter((name) => !told.has(name))).toEqual([]);
    // What an alert counts by its outcome is there before the first one.
    for (const [, metric, outcome] of expressions.join('\n').matchAll(/(yardstick_\w+)\{outcome="(\w+)"\}/g)) expect(text).toContain(`${metric}{outcome="${outcome}"} `);
  });
});

describe('compose.yaml', () => {
  const { services, volumes } = load(read('compose.yaml')) as { readonly services: Record<string, Record<string, unknown>>; readonly volumes: Record<string, unknown> };

  test('is the App, its database and Prometheus, and starts them in this order', () => {
    expect(Object.keys(services)).toEqual(['app', 'database', 'prometheus']);
    expect(services['app']).toMatchObject({ build: '.', env_file: '.env', depends_on: { database: { condition: 'service_healthy' } } });
    expect(services['database']).toHaveProperty('healthcheck');
  });

  test('closes the App in, and lets it finish', () => {
    expect(services['app']).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(Number.parseInt(String(services['app']?.['stop_grace_period']), 10)).toBeGreaterThanOrEqual(STOP_SECONDS);
  });

  test('opens nothing to the network, and knows no password', () => {
    for (const { ports = [] } of Object.values(services) as readonly { readonly ports?: readonly string[] }[]) for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(read('compose.yaml')).toContain('${POSTGRES_PASSWORD:?choose one}');
  });

  test('mounts only what is there', () => {
    for (const mount of Object.values(services).flatMap((each) => (each['volumes'] as readonly string[] | undefined) ?? [])) {
      const [from = ''] = mount.split(':');
      expect(from.startsWith('.') ? existsSync(join(ROOT, from)) : Object.hasOwn(volumes, from)).toBe(true);
    }
  });
});
