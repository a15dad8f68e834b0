// Who the App is to GitHub: its JSON web token.
import { createAppAuth } from '@octokit/auth-app';
import type { Settings } from '../settings.ts';

/** A token of the App itself, for some minutes. */
export function createAppTokens({ appId, privateKey }: Pick<Settings, 'appId' | 'privateKey'>): () => Promise<string> {
  const auth = createAppAuth({ appId, privateKey });
  return async () => (await auth({ type: 'app' })).token;
}
