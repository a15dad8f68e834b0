// Lets the engine speak through Probot's Octokit, which holds the installation's token.
import type { ProbotOctokit } from 'probot';
import { TransientError } from '../src/errors.ts';
import type { ApiRequest, ApiResponse, Transport } from '../src/github/transport.ts';

type Octokit = Pick<InstanceType<typeof ProbotOctokit>, 'request'>;

/** An error that still is an answer of GitHub's. */
interface Refusal {
  readonly status: number;
  readonly response?: { readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown };
}

/** A transport over one installation's client. */
export function createOctokitTransport(octokit: Octokit): Transport {
  return async (request) => {
    try {
      const { status, headers, data } = await octokit.request(`${request.method} ${urlOf(octokit, request)}`, parametersOf(request));
      return answer({ status, headers, data });
    } catch (error) {
      const { response, status } = error as Refusal;
      if (response === undefined) throw new TransientError(`GitHub could not be reached (${error instanceof Error ? error.message.slice(0, 200) : 'no answer'})`);
      return answer({ status, headers: response.headers, data: response.data });
    }
  };
}

/** GraphQL of an Enterprise Server lies beside `/api/v3`, not below it. */
function urlOf(octokit: Octokit, { path }: ApiRequest): string {
  const base = octokit.request.endpoint.DEFAULTS.baseUrl;
  return path === '/graphql' ? `${base.replace(/\/v3\/?$/, '')}/graphql` : path;
}

function parametersOf({ query, body, accept, expects }: ApiRequest): Record<string, unknown> {
  return {
    ...query,
    ...(body === undefined ? {} : { data: body }),
    ...(accept === undefined ? {} : { headers: { accept } }),
    ...(expects === 'bytes' ? { request: { parseSuccessResponseBody: true } } : {}),
  };
}

function answer({ status, headers, data }: { readonly status: number; readonly headers: Readonly<Record<string, unknown>>; readonly data: unknown }): ApiResponse {
  const texts = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name.toLowerCase(), String(value)] as const]));
  return { status, headers: Object.fromEntries(texts), body: data instanceof ArrayBuffer ? new Uint8Array(data) : data };
}
