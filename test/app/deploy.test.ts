// compose.yaml and the Kubernetes manifests: what keeps the App alive, private and small is said in them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { readDockerfile } from './image.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
/** A stop takes up to 25 s. */
const STOP_SECONDS = 25;

interface Container {
  readonly env?: readonly unknown[];
  readonly envFrom: readonly unknown[];
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly resources: { readonly requests: Readonly<Record<string, string>>; readonly limits: Readonly<Record<string, string>> };
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly ports: readonly { readonly containerPort: number }[];
}

interface Manifest {
  readonly kind: string;
  readonly spec: unknown;
}

interface Deployed extends Manifest {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: { readonly terminationGracePeriodSeconds: number; readonly containers: readonly [Container] };
    };
  };
}

describe('the manifests', () => {
  const [deployment, service, budget] = loadAll(read('deploy/kubernetes/yardstick.yaml')) as unknown as readonly [Deployed, Manifest, Manifest];
  const { replicas, template } = deployment.spec;
  const [container] = template.spec.containers;

  test('are a deployment, its service and its disruption budget, which choose the same pods', () => {
    expect([deployment, service, budget].map(({ kind }) => kind)).toEqual(['Deployment', 'Service', 'PodDisruptionBudget']);
    const { labels } = template.metadata;
    expect(deployment.spec).toMatchObject({ selector: { matchLabels: labels }, strategy: { rollingUpdate: { maxUnavailable: 0 } } });
    expect(service.spec).toMatchObject({ selector: labels });
    expect(budget.spec).toMatchObject({ selector: { matchLabels: labels }, minAvailable: 1 });
    expect(replicas).toBeGreaterThanOrEqual(2);
  });

  test('give a pod the time to finish or give back', () => {
    expect(template.spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(STOP_SECONDS + container.lifecycle.preStop.sleep.seconds);
  });

  test('ask the probes that the App answers', () => {
    expect(container).toMatchObject({ startupProbe: { httpGet: { path: '/healthz' } }, livenessProbe: { httpGet: { path: '/healthz' } }, readinessProbe: { httpGet: { path: '/readyz?queue=told' } } });
  });

  test('leave it no right and a root that it cannot write', () => {
    expect(template.spec).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } } });
    expect(container.securityContext).toEqual({ readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  });

  test('ask for what the App takes, and take secrets from a Secret alone', () => {
    expect(container.resources).toMatchObject({ requests: { cpu: expect.any(String) as unknown, memory: '256Mi' }, limits: { memory: '512Mi' } });
    expect(container.envFrom).toEqual([{ secretRef: { name: 'yardstick' } }]);
    expect(container.env).toBeUndefined();
  });

  test('name the port on which the image listens', () => {
    const port = /\bPORT=(\d+)/.exec(readDockerfile().at(-1)?.find(({ word }) => word === 'ENV')?.rest ?? '')?.[1];
    expect(container.ports).toMatchObject([{ containerPort: Number(port) }]);
    expect(read('deploy/prometheus/prometheus.yml')).toContain(`port: ${port}`);
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
