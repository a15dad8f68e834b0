// Workflow runs and artefacts by the toolkit's Octokit: loaded only by the few runs that need them.
import { getOctokit } from '@actions/github';
import { TransientError } from '../src/errors.ts';
import type { ApiRequest, ApiResponse, Transport } from '../src/github/transport.ts';

/** An error that still is an answer of GitHub's. */
interface Refusal {
  readonly status?: number;
  readonly response?: { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown };
}

/** A transport over the toolkit's Octokit, which follows an archive to wherever it is stored. */
export function createToolkitTransport({ token, apiUrl }: { readonly token: string; readonly apiUrl: string }): Transport {
  const octokit = getOctokit(token, { baseUrl: apiUrl.replace(/\/+$/, '') });
  return async (request) => {
    try {
      const { status, headers, data } = await octokit.request(`${request.method} ${request.path}`, parametersOf(request));
      return toResponse(status, headers, data);
    } catch (error) {
      const { status = 0, response } = error as Refusal;
      if (response === undefined) throw new TransientError(`GitHub could not be reached (${error instanceof Error ? error.message.slice(0, 200) : 'no answer'})`);
      return toResponse(status, response.headers, response.data);
    }
  };
}

function parametersOf({ query, body }: ApiRequest): Record<string, unknown> {
  return { ...query, ...(body === undefined ? {} : { data: body }) };
}

function toResponse(status: number, headers: Readonly<Record<string, unknown>>, data: unknown): ApiResponse {
  const flat = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
  return { status, headers: flat, body: data instanceof ArrayBuffer ? new Uint8Array(data) : data };
}
