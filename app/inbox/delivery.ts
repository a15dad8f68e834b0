// A webhook as it was received, and whose turn it is: the key under which its work is done one at a time.
import { DEFAULTS } from '../../src/config/defaults.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import { OURS } from '../../src/report/labels.ts';
import { parseEvent } from '../../src/github/events.ts';
import { at, count, text } from '../../src/github/json.ts';
import { keyOfChange, keyOfHead, keyOfInstallation, keyOfRepo } from '../jobs/work-key.ts';
import { parseNotice } from './notice.ts';

/** A verified webhook. */
export interface Delivery {
  /** GitHub's id, the same when it is sent again. */
  readonly id: string;
  readonly event: string;
  readonly receivedAt: string;
  /** The body as it was signed. */
  readonly payload: Buffer;
}

/** Where a delivery goes. */
export interface Address {
  readonly action: string | null;
  readonly sender: string | null;
  readonly installation: number | null;
  /** null: nothing is to be done. */
  readonly key: string | null;
  /** Why nothing is to be done. */
  readonly ignored: string | null;
  /** People and the merge queue wait for an answer; the rest may wait for them. */
  readonly urgent: boolean;
}

/** A repository's name has at most 140 characters, a reason is a sentence. */
const KEY_MAX = 400;
const IGNORED_MAX = 300;

/** Reads a delivery's payload once, for its address. Foreign text: any shape of it gets one. */
export function addressOf(delivery: Delivery): Address {
  const payload = parseBody(delivery.payload);
  const installation = count(at(payload, 'installation', 'id'));
  const said = (value: unknown, most: number): string | null => storable(text(value) ?? '', most) || null;
  const about = { action: said(at(payload, 'action'), 60), sender: said(at(payload, 'sender', 'login'), 100), installation };
  const nothing = (ignored: string): Address => ({ ...about, key: null, ignored: storable(ignored, IGNORED_MAX), urgent: false });
  if (payload === undefined) return nothing('the body is no JSON');
  if (parseNotice(delivery.event, payload) !== null && installation !== null) return { ...about, key: keyOfInstallation(installation), ignored: null, urgent: false };
  const trigger = translate(delivery, payload);
  if (trigger.kind === 'ignored') return nothing(trigger.reason);
  if (installation === null) return nothing('the payload names no installation of the App');
  return { ...about, key: storable(keyOf(trigger), KEY_MAX), ignored: null, urgent: trigger.kind === 'merge-group' || delivery.event === 'issue_comment' || delivery.event === 'check_run' };
}

/** Text as PostgreSQL takes it: there is none with a NUL, and none of any length in an index. */
function storable(found: string, most: number): string {
  return found.slice(0, most).replaceAll('\0', '');
}

/**
 * The delivery in our own words. State is read live, so a trigger that arrives late or out of order must not count
 * as superseded: `ownCheck` stays with those that ask for one head's check by name.
 */
export function translate({ id, event, receivedAt }: Omit<Delivery, 'payload'>, payload: unknown): Trigger {
  const trigger = parseEvent({ name: event, payload, at: receivedAt, delivery: id });
  if (trigger.kind === 'gate' && isOwnLabel(payload)) return { kind: 'ignored', reason: `the label on #${trigger.change.number} is what was said here`, event, delivery: id, at: receivedAt };
  return trigger.kind === 'gate' && event !== 'check_run' && event !== 'check_suite' ? { ...trigger, ownCheck: false } : trigger;
}

/** The names that labels have where nobody gave them others. A label is told of before it has its description. */
const USUAL = new Set<string>([DEFAULTS.labels.needed, DEFAULTS.labels.linked, DEFAULTS.labels.waived]);

/** What we have just said ourselves: looking again would only wipe what a button was answered. */
function isOwnLabel(payload: unknown): boolean {
  const action = text(at(payload, 'action'));
  if ((action !== 'labeled' && action !== 'unlabeled') || text(at(payload, 'sender', 'type')) !== 'Bot') return false;
  return USUAL.has(text(at(payload, 'label', 'name')) ?? '') || text(at(payload, 'label', 'description'))?.startsWith(OURS) === true;
}

/** undefined where it is no JSON. */
export function parseBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** One pull request, one commit or one repository. */
export function keyOf(trigger: Exclude<Trigger, { readonly kind: 'ignored' }>): string {
  if (trigger.kind === 'merge-group' || trigger.kind === 'head') return keyOfHead(trigger.repo, trigger.headSha);
  if (trigger.kind === 'gate') return keyOfChange(trigger.change);
  // Records share a dashboard: two that look after one repository must never overlap.
  return keyOfRepo(trigger.repo);
}
