// The token of each installation: asked for over the App's own way, kept until shortly before it ends.
import { SetupError, TransientError } from '../../src/errors.ts';
import { at, text } from '../../src/github/json.ts';
import { path } from '../../src/github/transport.ts';
import type { Transport } from '../../src/github/transport.ts';

/** It lives for an hour; a request that is under way, and waits for a limit, must not see its end. */
const SPARE_MS = 2 * 60_000;

/** Of one installation, or what is asked for: whoever comes meanwhile waits for the same answer. */
interface Kept {
  readonly token: Promise<string>;
  endsAt: number;
}

/**
 * @param app GitHub, as the App itself
 * @returns rejects with a SetupError where the installation is suspended or gone, else with a TransientError
 */
export function createInstallationTokens(app: Transport, now: () => number = Date.now): (installation: number) => Promise<string> {
  const kept = new Map<number, Kept>();
  return (installation) => {
    const known = kept.get(installation);
    if (known !== undefined && now() < known.endsAt - SPARE_MS) return known.token;
    const asked = askFor(installation, app);
    const entry: Kept = { endsAt: Infinity, token: asked.then(({ token }) => token) };
    kept.set(installation, entry);
    asked.then(({ endsAt }) => void (entry.endsAt = endsAt), () => void kept.delete(installation));
    return entry.token;
  };
}

async function askFor(installation: number, app: Transport): Promise<{ readonly token: string; readonly endsAt: number }> {
  const { status, body } = await app({ method: 'POST', path: path`/app/installations/${installation}/access_tokens` });
  const [token, endsAt] = [text(at(body, 'token')), Date.parse(text(at(body, 'expires_at')) ?? '')];
  if (status === 201 && token !== null && !Number.isNaN(endsAt)) return { token, endsAt };
  const message = text(at(body, 'message')) ?? '';
  if (status === 404 || (status === 403 && /suspended/i.test(message))) throw new SetupError(`installation ${installation} is suspended or gone (${status})`, 'Nothing is to be done: what was open there is let go.');
  throw new TransientError(`no token for installation ${installation} (${status}: ${message.slice(0, 160)})`);
}
