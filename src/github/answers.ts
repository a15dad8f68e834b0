// What GitHub's refusals mean: what may pass, what a person has to set right, and how.
import { SetupError, TransientError } from '../errors.ts';
import { at, text } from './json.ts';
import type { ApiResponse } from './transport.ts';

/** GitHub asks for at least a minute's pause when it names none. */
const UNTOLD_PAUSE = 60;

export function succeeded({ status }: ApiResponse): boolean {
  return status >= 200 && status < 300;
}

/** The answer's body, or the error its status stands for. `subject` is what was asked for, in words: "pull request acme/shop#7". */
export function expectOk(response: ApiResponse, subject: string): unknown {
  if (succeeded(response)) return response.body;
  throw refusal(response, subject);
}

/** The error that a refusal stands for. */
export function refusal(response: ApiResponse, subject: string): Error {
  const { status } = response;
  const said = message(response);
  const limit = readLimit(response);
  if (limit !== null) {
    const pause = limit.pause ?? UNTOLD_PAUSE;
    return new TransientError(`GitHub's rate limit is used up (${status}) while reading or writing ${subject}; it opens again in ${pause} s`, pause);
  }
  if (status >= 500 || status === 408) return new TransientError(`GitHub answered ${status} for ${subject}`);
  if (status === 401) return new SetupError(`GitHub refuses the token (401: ${said})`, 'Pass a valid token: in a workflow `github-token: ${{ github.token }}`, at a desk a token in GITHUB_TOKEN that has not expired.');
  if (status === 403) return new SetupError(`GitHub does not permit ${subject} (403: ${said})`, permissionRemedy(missingPermission(response)));
  if (status === 404) return new SetupError(`GitHub does not find ${subject} (404)`, 'Check owner, name and number. GitHub answers the same where the token may not read a private repository: then pass a token that can.');
  return new SetupError(`GitHub rejects ${subject} (${status}: ${said})`, 'Check what was asked for; if it is right, please report this with the line above.');
}

/** The words of GitHub's answer, cut short. */
export function message({ body }: ApiResponse): string {
  return (text(at(body, 'message')) ?? (typeof body === 'string' ? body : '')).replace(/\s+/g, ' ').slice(0, 160) || 'no reason given';
}

/** The rate limit that an answer tells of: seconds until it opens, null where GitHub doesn't say; null if it is none. The secondary limit often says nothing. */
export function readLimit(response: ApiResponse, now: number = Date.now()): { readonly pause: number | null } | null {
  const { status, headers } = response;
  if (status !== 403 && status !== 429) return null;
  const named = Number(headers['retry-after']);
  if (headers['retry-after'] !== undefined && Number.isFinite(named)) return { pause: Math.max(0, Math.ceil(named)) };
  const opens = Math.ceil(Number(headers['x-ratelimit-reset']) - now / 1000);
  if (headers['x-ratelimit-remaining'] === '0') return { pause: Number.isFinite(opens) ? Math.max(1, opens) : null };
  return status === 429 || /rate limit|abuse detection/i.test(message(response)) ? { pause: null } : null;
}

/**
 * The permission that was missing, as a workflow writes it (`pull-requests: write`); null if GitHub doesn't say.
 * Source: header `x-accepted-github-permissions`, alternatives parted by ";", all of a group needed, parted by ",".
 */
export function missingPermission({ headers }: ApiResponse): string | null {
  const groups = (headers['x-accepted-github-permissions'] ?? '').split(';').map((group) => group.trim()).filter(Boolean);
  const preferred = groups.find((group) => group.startsWith('pull_requests=')) ?? groups[0];
  if (preferred === undefined) return null;
  return preferred.split(',').map((entry) => entry.trim().replaceAll('_', '-').replace('=', ': ')).join(', ');
}

function permissionRemedy(permission: string | null): string {
  if (permission === null) return 'Give the token the permission for it: in a workflow under `permissions:`; an organisation with single sign-on also has to authorise the token.';
  return `Give the token the permission \`${permission}\`: in a workflow under \`permissions:\`.`;
}
