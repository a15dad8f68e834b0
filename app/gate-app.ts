// The App's handlers: a delivery becomes a trigger, the engine decides, the check run is posted.
import type { Context, Probot } from 'probot';
import { compose } from '../src/compose.ts';
import { handle } from '../src/flows/handle.ts';
import type { Outcome } from '../src/flows/handle.ts';
import { parseEvent } from '../src/github/events.ts';
import { createOctokitTransport } from './octokit-transport.ts';

const EVENTS = [
  'pull_request.opened', 'pull_request.reopened', 'pull_request.synchronize', 'pull_request.edited', 'pull_request.labeled',
  'pull_request.unlabeled', 'pull_request.ready_for_review', 'pull_request.converted_to_draft',
] as const;

export interface AppOptions {
  readonly configPath: string;
}

/** The Probot app. */
export function gateApp(options: AppOptions): (app: Probot) => void {
  return (app) => {
    app.on([...EVENTS], (context) => serve(context, options));
  };
}

async function serve(context: Context<'pull_request'>, { configPath }: AppOptions): Promise<void> {
  const started = performance.now();
  const trigger = parseEvent({ name: context.name, payload: context.payload, at: new Date().toISOString(), delivery: context.id });
  const transport = createOctokitTransport(context.octokit);
  const host = compose({ transport, home: null, configPath, unconfigured: 'silent', check: 'check-run', intention: 'apply', onError: 'pass' });
  const outcome = await handle(trigger, host);
  context.log.info({ event: trigger.event, delivery: trigger.delivery, ...describe(outcome), ms: Math.round(performance.now() - started) }, 'gate');
}

function describe(outcome: Outcome): Readonly<Record<string, unknown>> {
  if (outcome.kind !== 'gated') return { outcome: outcome.kind };
  const { decision } = outcome.result;
  return { change: `${outcome.change.owner}/${outcome.change.repo}#${outcome.change.number}`, situation: decision.situation, verdict: decision.verdict, effects: outcome.applied.map(({ effect }) => effect.kind) };
}
