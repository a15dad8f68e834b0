// `npm run setup`: makes the App on GitHub by Probot's manifest flow, with the permissions of app.yml, and keeps its credentials.
import { run } from 'probot';
import { writeCredentials } from './credentials.ts';

// No relay of somebody else's between GitHub and us, unless the operator names one.
process.env['NO_SMEE_SETUP'] ??= 'true';

await run(() => undefined, {
  updateEnv: (given) => {
    const all = writeCredentials('.env', given);
    process.stdout.write('The credentials are in .env, readable by you alone. Stop this and run `npm start`.\n');
    return all;
  },
});
