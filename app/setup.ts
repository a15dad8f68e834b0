// `npm run setup -- https://your.host`: makes the App on GitHub by Probot's manifest flow, with the permissions of app.yml, and keeps its credentials.
import { run } from 'probot';
import { writeCredentials } from './credentials.ts';
import { requireEnvFile } from './env-file.ts';

const FILE = '.env';
/** Where the door takes webhooks. */
const WEBHOOKS = '/api/github/webhooks';

/** Nothing but a way that GitHub can reach: it refuses to make an App whose webhooks go to localhost. */
function hookAddress(given: string | undefined): string | null {
  const url = URL.parse(given ?? '');
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  return url.pathname === '/' ? new URL(WEBHOOKS, url).href : url.href;
}

/** The pages are Probot's and GitHub's, and say nothing of Yardstick: without this one would think to be lost. */
function guide(address: string, hook: string): string {
  return [
    `Open ${address} in a browser: it leads to GitHub's form and back. Webhooks will go to ${hook}`,
    '  1. The page says "Welcome to" and a name, and speaks of Probot, whose set-up this is: it is the right page. Press "Register GitHub App".',
    '  2. GitHub asks for a name that nobody else has taken, and makes the App with the permissions of app.yml.',
    '  3. GitHub asks where to install it. By then its credentials are here.',
    '',
  ].join('\n');
}

async function setUp(hook: string): Promise<void> {
  // No relay of somebody else's between GitHub and us.
  process.env['NO_SMEE_SETUP'] = 'true';
  // What it logs is for its own developers.
  process.env['LOG_LEVEL'] ||= 'warn';
  // Probot would follow either on its own: the one to a relay, the other out of the set-up.
  delete process.env['WEBHOOK_PROXY_URL'];
  delete process.env['NODE_ENV'];
  const server = await run(() => undefined, {
    updateEnv: ({ APP_ID, PRIVATE_KEY, WEBHOOK_SECRET }) => {
      const all = writeCredentials(FILE, { APP_ID, PRIVATE_KEY, WEBHOOK_SECRET, GHE_HOST: process.env['GHE_HOST'] });
      process.stdout.write(`The credentials are in ${FILE}, readable by you alone. Install the App on the page that opens, then stop this and run \`npm start\`.\n`);
      return all;
    },
  });
  // Read when the page is asked for.
  process.env['WEBHOOK_PROXY_URL'] = hook;
  process.stdout.write(guide(`http://${server.host}:${server.port}`, hook));
}

requireEnvFile();
const hook = hookAddress(process.argv[2]);
if (process.env['APP_ID']) {
  process.stderr.write(`There is an App already: APP_ID is ${process.env['APP_ID']}.\nTo make another one take APP_ID, PRIVATE_KEY and WEBHOOK_SECRET out of ${FILE} and the environment.\n`);
  process.exitCode = 2;
} else if (hook === null) {
  process.stderr.write('Say where GitHub will reach the App.\nFor example: npm run setup -- https://yardstick.example.com\n');
  process.exitCode = 2;
} else {
  await setUp(hook);
}
