// The doctor at GitHub: who the App is there, what it may, where its webhooks go, and whether they arrive.
import { expectOk, succeeded } from '../../src/github/answers.ts';
import { at, count, list, text } from '../../src/github/json.ts';
import type { ApiResponse, Transport } from '../../src/github/transport.ts';
import { EVENTS, PERMISSIONS } from '../github/asked.ts';
import { fine, missing, unknown } from './finding.ts';
import type { Finding } from './finding.ts';

/** GitHub takes a token of the App for ten minutes, and one from the future not at all. */
const CLOCK_MAX_S = 30;
const LOCAL = /^(localhost|127\.|0\.0\.0\.0|\[::1?\])/;

/** @param app GitHub, as the App itself */
export async function examineGitHub(app: Transport): Promise<readonly Finding[]> {
  let whoAmI: ApiResponse;
  try {
    whoAmI = await app({ method: 'GET', path: '/app' });
  } catch (error) {
    return [missing('GitHub', error instanceof Error ? error.message.slice(0, 200) : 'does not answer', 'Correct GITHUB_API_URL or GHE_HOST, or let this machine out to it (HTTPS_PROXY is obeyed).')];
  }
  const clock = examineClock(whoAmI);
  if (!succeeded(whoAmI)) {
    return [...clock, missing('credentials', `GitHub does not know the App by this key (${whoAmI.status})`, 'APP_ID and PRIVATE_KEY have to be of the same App: both stand on its settings page, where a new key can be made.')];
  }
  const { body } = whoAmI;
  const name = fine('credentials', `the App is ${text(at(body, 'slug')) ?? 'there'}, of ${text(at(body, 'owner', 'login')) ?? 'somebody'}`);
  return [...clock, name, examinePermissions(body), examineEvents(body), await tried('installations', () => examineInstallations(app)), await tried('webhook', () => examineHook(app)), await tried('deliveries', () => examineDeliveries(app))];
}

async function tried(what: string, examine: () => Promise<Finding>): Promise<Finding> {
  try {
    return await examine();
  } catch (error) {
    return unknown(what, error instanceof Error ? error.message.slice(0, 200) : 'could not be read', 'Ask again in a minute.');
  }
}

function examineClock({ headers }: ApiResponse): readonly Finding[] {
  const off = Math.round((Date.now() - Date.parse(headers['date'] ?? '')) / 1000);
  return Math.abs(off) > CLOCK_MAX_S ? [missing('clock', `this machine is ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} GitHub`, 'Set its clock: GitHub refuses tokens of another time.')] : [];
}

function lacking(granted: unknown): readonly string[] {
  return Object.entries(PERMISSIONS).filter(([name, level]) => ![level, 'write', 'admin'].includes(text(at(granted, name)) ?? '')).map(([name, level]) => `${name}: ${level}`);
}

function examinePermissions(app: unknown): Finding {
  const lacks = lacking(at(app, 'permissions'));
  const more = Object.entries((at(app, 'permissions') ?? {}) as object).filter(([name, level]) => level !== 'read' && PERMISSIONS[name] !== 'write').map(([name]) => name);
  if (lacks.length > 0) return missing('permissions', `the App does not ask for ${lacks.join(', ')}`, "Add them on the App's settings page, under Permissions; each owner then has to accept them.");
  return more.length === 0 ? fine('permissions', 'three writes, as app.yml has it') : unknown('permissions', `it may also write ${more.join(', ')}, which is not used`, "Take them back on the App's settings page.");
}

function examineEvents(app: unknown): Finding {
  const subscribed = list(at(app, 'events')).map(String);
  const lacks = EVENTS.filter((event) => !subscribed.includes(event));
  return lacks.length === 0 ? fine('events', `all ${EVENTS.length} that are worked on`) : missing('events', `the App does not hear ${lacks.join(', ')}`, "Subscribe to them on the App's settings page, under Permissions & events.");
}

async function examineInstallations(app: Transport): Promise<Finding> {
  const all = list(expectOk(await app({ method: 'GET', path: '/app/installations', query: { per_page: 100 } }), 'the installations'));
  const ownerOf = (installation: unknown): string => text(at(installation, 'account', 'login')) ?? '?';
  const suspended = all.filter((each) => at(each, 'suspended_at')).map(ownerOf);
  const waiting = all.filter((each) => lacking(at(each, 'permissions')).length > 0).map(ownerOf);
  if (all.length === 0) return missing('installations', 'the App is installed nowhere', "Install it from its page on GitHub: Install App.");
  if (waiting.length > 0) return missing('installations', `${waiting.join(', ')} granted less than the App asks for`, 'Their owners find the request under Settings, GitHub Apps.');
  return suspended.length > 0 ? unknown('installations', `suspended by ${suspended.join(', ')}`, 'Nothing is done there until its owner lifts it.') : fine('installations', `${all.length}: ${all.slice(0, 5).map(ownerOf).join(', ')}`);
}

async function examineHook(app: Transport): Promise<Finding> {
  const config = expectOk(await app({ method: 'GET', path: '/app/hook/config' }), 'the webhook of the App');
  const address = text(at(config, 'url')) ?? '';
  const url = URL.parse(address);
  const settings = "Set it on the App's settings page: https://your.host/api/github/webhooks, content type application/json.";
  if (url === null) return missing('webhook', 'no address is set', settings);
  if (LOCAL.test(url.host)) return missing('webhook', `${address} is this machine only`, settings);
  if (!['/', '/api/github/webhooks'].includes(url.pathname)) return unknown('webhook', `${address}: the App listens on /api/github/webhooks, unless something in between leads there`, settings);
  if (text(at(config, 'content_type')) === 'form') return missing('webhook', 'it sends forms', settings);
  if (String(at(config, 'insecure_ssl')) === '1' || url.protocol === 'http:') return unknown('webhook', `${address} is not proven by a certificate`, 'Serve it by https, and have GitHub verify the certificate.');
  return fine('webhook', address);
}

/** What GitHub met at our door, and what that means. */
function remedyFor(status: number | null): string {
  if (status === 401) return "WEBHOOK_SECRET is not the secret of the App's settings page.";
  if (status === 404) return 'The address of the webhook leads elsewhere: it ends in /api/github/webhooks.';
  if (status === 500 || status === 503) return 'The App could not store them: see `request failed` in its log, and the database.';
  return 'GitHub does not reach the App: see its address, name service, certificate and firewall.';
}

async function examineDeliveries(app: Transport): Promise<Finding> {
  const sent = list(expectOk(await app({ method: 'GET', path: '/app/hook/deliveries', query: { per_page: 100 } }), 'the deliveries of the App'));
  const arrived = new Set(sent.filter((each) => at(each, 'status') === 'OK').map((each) => text(at(each, 'guid'))));
  const lost = sent.filter((each) => !arrived.has(text(at(each, 'guid'))));
  const [last] = lost;
  if (last === undefined) return fine('deliveries', sent.length === 0 ? 'none yet' : `the last ${sent.length} arrived`);
  const finding = sent[0] === last ? missing : unknown;
  return finding('deliveries', `${lost.length} of the last ${sent.length} did not arrive, the newest at ${text(at(last, 'delivered_at')) ?? '?'} (${text(at(last, 'status')) ?? '?'}, ${count(at(last, 'status_code')) ?? 0})`, `${remedyFor(count(at(last, 'status_code')))} Those of three days are sent again by themselves.`);
}
