// Translates an event's payload into a trigger. Pure; a payload is foreign text, and any shape of it gets an answer.
import type { Trigger } from '../model/trigger.ts';
import { parseRepo, parseWhy } from './event-parts.ts';
import type { EventParts, Why } from './event-parts.ts';
import { onCheck, onMergeGroup } from './events-checks.ts';
import { onIssue, onIssueComment, onPull } from './events-conversation.ts';
import { onDeploymentStatus, onRelease } from './events-outcome.ts';
import { onDispatch, onPush, onSchedule } from './events-repository.ts';

/** What a host received. */
export interface ReceivedEvent {
  /** As GitHub names it: `pull_request`, `issue_comment` … */
  readonly name: string;
  /** Parsed JSON, not checked. */
  readonly payload: unknown;
  /** The instant of the run, ISO 8601 in UTC. */
  readonly at: string;
  /** The webhook's delivery id; null in a workflow. */
  readonly delivery: string | null;
}

/** One row an event. Whatever is not here is no concern of ours. */
const EVENTS: Readonly<Record<string, (parts: EventParts) => Why>> = {
  pull_request: onPull,
  pull_request_target: onPull,
  pull_request_review: onPull,
  pull_request_review_comment: onPull,
  issues: onIssue,
  issue_comment: onIssueComment,
  merge_group: onMergeGroup,
  check_run: onCheck,
  check_suite: onCheck,
  push: onPush,
  deployment_status: onDeploymentStatus,
  release: onRelease,
  schedule: onSchedule,
  workflow_dispatch: onDispatch,
};

/** Translates one event. Never throws. */
export function parseEvent({ name, payload, at, delivery }: ReceivedEvent): Trigger {
  const event = parseWhy(name, 60);
  const stamp = { event, delivery, at };
  const ignored = (reason: string): Trigger => ({ kind: 'ignored', reason, ...stamp });
  const translate = Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  if (translate === undefined) return ignored(`the event ${event || 'without a name'} is none of those that are worked on`);
  const repo = parseRepo(payload);
  if (repo === null) return ignored(`the payload of ${event} names no repository`);
  const why = translate({ payload, repo });
  return typeof why === 'string' ? ignored(why) : { ...why, ...stamp };
}
