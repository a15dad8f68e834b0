// The Apps of the sandbox: GitHub Actions, the bots whose pull requests and comments occur, and Yardstick itself.
import type { AppSeed } from './upstream.ts';

const EVERYTHING = ['actions', 'checks', 'contents', 'deployments', 'issues', 'metadata', 'pull_requests', 'statuses'];
const ALL_WRITE = Object.fromEntries(EVERYTHING.map((name) => [name, name === 'metadata' ? 'read' : 'write']));

/** What the App asks for, and nothing more. */
export const YARDSTICK_PERMISSIONS = {
  checks: 'write', pull_requests: 'write', contents: 'read', issues: 'write', deployments: 'read', merge_queues: 'read', metadata: 'read', actions: 'read', members: 'read', statuses: 'write',
};

export const ACTIONS_APP = 15368;
export const YARDSTICK_APP = 424242;

export const APPS: readonly AppSeed[] = [
  { id: ACTIONS_APP, slug: 'github-actions', name: 'GitHub Actions', permissions: ALL_WRITE, events: [] },
  { id: 29110, slug: 'dependabot', name: 'Dependabot', permissions: ALL_WRITE, events: [] },
  { id: 18732, slug: 'renovate', name: 'Renovate', permissions: ALL_WRITE, events: [] },
  { id: 42701, slug: 'infracost', name: 'Infracost', permissions: ALL_WRITE, events: [] },
  { id: YARDSTICK_APP, slug: 'yardstick', name: 'Yardstick', permissions: YARDSTICK_PERMISSIONS, events: ['*'] },
];
