// The Apps of the sandbox: GitHub Actions, the bots whose pull requests and comments occur, and Yardstick itself, with what app.yml asks for and nothing more.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { AppSeed } from './upstream.ts';

const EVERYTHING = ['actions', 'checks', 'contents', 'deployments', 'issues', 'metadata', 'pull_requests', 'statuses'];
const ALL_WRITE = Object.fromEntries(EVERYTHING.map((name) => [name, name === 'metadata' ? 'read' : 'write']));

interface Manifest {
  readonly default_permissions: Readonly<Record<string, string>>;
  readonly default_events: readonly string[];
}

const manifest = load(readFileSync(join(import.meta.dirname, '../../app.yml'), 'utf8')) as Manifest;

export const ACTIONS_APP = 15368;
export const YARDSTICK_APP = 424242;

export const APPS: readonly AppSeed[] = [
  { id: ACTIONS_APP, slug: 'github-actions', name: 'GitHub Actions', permissions: ALL_WRITE, events: [] },
  { id: 29110, slug: 'dependabot', name: 'Dependabot', permissions: ALL_WRITE, events: [] },
  { id: 18732, slug: 'renovate', name: 'Renovate', permissions: ALL_WRITE, events: [] },
  { id: 42701, slug: 'infracost', name: 'Infracost', permissions: ALL_WRITE, events: [] },
  // The organisation's own, whose token a workflow may use instead of GITHUB_TOKEN: it sees teams.
  { id: 61803, slug: 'harbour-ci', name: 'Harbour CI', permissions: { ...ALL_WRITE, members: 'read' }, events: [] },
  { id: YARDSTICK_APP, slug: 'yardstick', name: 'Yardstick', permissions: manifest.default_permissions, events: manifest.default_events },
];

/** Told to every App, whatever it subscribes to. */
const UNASKED = ['installation', 'installation_repositories', 'ping'];

/** Whether GitHub tells an App of an event. */
export function subscribes(app: number, event: string): boolean {
  return UNASKED.includes(event) || (APPS.find(({ id }) => id === app)?.events.includes(event) ?? false);
}
