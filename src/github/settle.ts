// What an answer to a write means: done, with what was made, or refused, with the reason and the missing permission.
import { SetupError } from '../errors.ts';
import type { EffectOutcome } from '../model/effect.ts';
import { message, missingPermission, refusal, succeeded } from './answers.ts';
import { at, count, text } from './json.ts';
import type { ApiResponse } from './transport.ts';

/** What is written, in words, and the permission that it takes. */
export interface Written {
  readonly subject: string;
  readonly permission: string;
  /** Whether a thing that is gone already is as good as done. */
  readonly goneIsDone?: 'yes';
  /** By which field of the answer the new thing is known; unset where nothing is made. */
  readonly made?: 'id' | 'number';
}

type Made = (EffectOutcome & { readonly kind: 'done' })['made'];

/** A refusal is told with its reason; a locked conversation is no missing permission. A bad token and faults are thrown. */
export function settle(response: ApiResponse, { subject, permission, goneIsDone, made }: Written): EffectOutcome {
  if (succeeded(response)) return { kind: 'done', made: made === undefined ? null : parseMade(response, made) };
  if (goneIsDone && (response.status === 404 || response.status === 410)) return { kind: 'done', made: null };
  const error = refusal(response, subject);
  if (!(error instanceof SetupError) || response.status === 401) throw error;
  const said = message(response);
  const refuse = (why: string, missing: string | null = null): EffectOutcome => ({ kind: 'refused', reason: `${subject} could not be written${why}`, permission: missing });
  if (/\blocked\b/i.test(said)) return refuse(': the conversation is locked');
  if (/\barchived\b/i.test(said)) return refuse(': the repository is archived');
  if (response.status !== 403) return refuse(` (${response.status}: ${said})`);
  const missing = missingPermission(response) ?? permission;
  return refuse(`: the token lacks \`${missing}\``, missing);
}

/** 201: it is new; 200: it was there already, as of a reaction GitHub makes one only. */
function parseMade({ status, body }: ApiResponse, known: 'id' | 'number'): Made {
  const id = count(at(body, known));
  return id === null ? null : { id, nodeId: text(at(body, 'node_id')) ?? '', at: text(at(body, 'created_at')) ?? '', fresh: status === 201 };
}
