// Signs requests to AWS with the standard environment variables, as `aws-actions/configure-aws-credentials` exports them.
import { SetupError } from '../errors.ts';
import type { Source } from '../model/config.ts';
import type { Answer, Dialect, SignedRequest } from './request.ts';
import type { Environment } from './secrets.ts';

export interface Region {
  readonly region: string;
  readonly service: 'monitoring' | 'aps';
}

/** @throws SetupError where neither the source nor the environment names a region */
export function regionOf(source: Source, env: Environment): string {
  const region = source.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? '';
  if (region === '') throw new SetupError(`the source \`${source.name}\` has no region`, 'Add `region: eu-west-1` to it, or set AWS_REGION.');
  return region;
}

/** How AWS is spoken to: signed requests, and refusals that hide in a 400. @throws SetupError without credentials */
export function awsDialect(source: Source, env: Environment, { region, service }: Region): Dialect {
  const credentials = { accessKeyId: env['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: env['AWS_SECRET_ACCESS_KEY'] ?? '', ...(env['AWS_SESSION_TOKEN'] ? { sessionToken: env['AWS_SESSION_TOKEN'] } : {}) };
  if (credentials.accessKeyId === '' || credentials.secretAccessKey === '') throw new SetupError(`the source \`${source.name}\` needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which are not set`, 'In a workflow use `aws-actions/configure-aws-credentials` in a step before; at a desk `eval "$(aws configure export-credentials --format env)"`.');
  const sign = async ({ method, url, headers, body }: SignedRequest): Promise<Readonly<Record<string, string>>> => {
    const { default: aws4 } = await import('aws4');
    const signed = aws4.sign({ host: url.host, path: url.pathname + url.search, method, headers: { ...headers }, body, service, region }, credentials);
    return signed.headers as Readonly<Record<string, string>>;
  };
  return { statusOf, sign, hidden: Object.values(credentials) };
}

/** AWS names its refusals in the body; the status is 400 for most of them. Source: "Common Errors" of the CloudWatch API reference. */
function statusOf({ status, text }: Answer): number {
  const name = /"__type"\s{0,3}:\s{0,3}"(?:[^"#]{0,200}#)?([A-Za-z]{1,80})/.exec(text.slice(0, 2000))?.[1] ?? '';
  if (/^(?:Throttling|RequestLimitExceeded|LimitExceeded|TooManyRequests)/.test(name)) return 429;
  if (/^(?:ExpiredToken|InvalidClientTokenId|UnrecognizedClient|IncompleteSignature|MissingAuthentication|SignatureDoesNotMatch|AccessDenied|NotAuthorized|OptInRequired|RequestExpired)/.test(name)) return 403;
  return /^(?:InternalFailure|InternalService|ServiceUnavailable)/.test(name) ? 503 : status;
}
