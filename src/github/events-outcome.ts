// Events by which an effect begins: a deployment, a release.
import { parseWhy, tend } from './event-parts.ts';
import type { EventParts, Why } from './event-parts.ts';
import { at } from './json.ts';

/** A hint only: what was deployed is read, never believed. Nothing begins before a deployment has succeeded. */
export function onDeploymentStatus({ payload, repo }: EventParts): Why {
  const state = parseWhy(at(payload, 'deployment_status', 'state'), 40);
  const environment = parseWhy(at(payload, 'deployment', 'environment') ?? at(payload, 'deployment_status', 'environment'), 60);
  return state === 'success' ? tend(repo, `deployment to ${environment || 'an environment'}`) : `a deployment that is "${state}" starts nothing`;
}

export function onRelease({ payload, repo }: EventParts): Why {
  const action = parseWhy(at(payload, 'action'), 40);
  return action === 'published' ? tend(repo, `release ${parseWhy(at(payload, 'release', 'tag_name'), 60)}`) : `a release that is "${action}" starts nothing`;
}
