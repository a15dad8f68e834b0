// Who the App is to GitHub: its JSON web token, and each installation's token, kept until it ends.
import { createAppAuth } from '@octokit/auth-app';
import { request } from '@octokit/request';
import { SetupError, TransientError } from '../../src/errors.ts';
import type { Settings } from '../settings.ts';

export interface AppAuth {
  readonly appToken: () => Promise<string>;
  readonly installationToken: (installation: number) => Promise<string>;
}

export function createAuth({ appId, privateKey, apiUrl }: Pick<Settings, 'appId' | 'privateKey' | 'apiUrl'>): AppAuth {
  const auth = createAppAuth({ appId, privateKey, request: request.defaults({ baseUrl: apiUrl }) });
  return {
    appToken: async () => (await auth({ type: 'app' })).token,
    installationToken: async (installationId) => {
      try {
        return (await auth({ type: 'installation', installationId })).token;
      } catch (error) {
        const { status, message } = error as { readonly status?: number; readonly message: string };
        if (status === 404 || (status === 403 && /suspended/i.test(message))) throw new SetupError(`installation ${installationId} is suspended or gone (${status})`, 'Nothing is to be done: what was open there is let go.');
        throw new TransientError(`no token for installation ${installationId} (${status ?? 'unreachable'}: ${message.slice(0, 160)})`);
      }
    },
  };
}
