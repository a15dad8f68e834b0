// The Action: reads what the runner says, starts reading from GitHub, loads the engine meanwhile, tells the answer, exits.
import { compose } from '../src/compose.ts';
import { SetupError, TransientError } from '../src/errors.ts';
import { readAhead } from '../src/flows/read-ahead.ts';
import type { Answer } from './answer.ts';
import { obey } from './command.ts';
import { parseInputs, parseOnError } from './inputs.ts';
import { readRunContext } from './run-context.ts';
import { openWire } from './wire.ts';

const { env } = process;
const at = new Date().toISOString();
/** A secondary limit of GitHub's lasts minutes: two pauses are waited for, rather than to fail a gate. The hourly one ends the run at once. */
const PATIENCE = 180;

/** One run. The order is the speed: requests first, then the code that reads their answers, the toolkit while the writes are under way. */
async function run(): Promise<Answer> {
  const inputs = parseInputs(env);
  const { trigger: event, home, apiUrl, graphqlUrl } = readRunContext(env, at);
  const trigger = obey(event, inputs.command, home);
  if (trigger.kind === 'ignored' && inputs.command !== 'export') return (await import('./engine.ts')).oneLine(trigger.reason);
  const wire = openWire({ apiUrl, graphqlUrl, token: inputs.token, proxyEnv: env, patience: PATIENCE, onLimit: tellPause, onWrite: () => void import('./tell.ts') });
  const host = compose({ transport: wire.transport, home, configPath: inputs.configPath, unconfigured: 'defaults-apply', offer: null, check: 'job', intention: inputs.intention, onError: inputs.onError, sources: { env, repo: home }, signingKey: env['YARDSTICK_SIGNING_KEY'] || null });
  if (inputs.command === 'export') return (await import('./export.ts')).exportBets(host, { repo: home, at, folder: env['GITHUB_WORKSPACE'] || '.' });
  const ahead = trigger.kind === 'gate' ? readAhead(host.reader, trigger.change, { configPath: inputs.configPath, hint: trigger.hint }) : null;
  await wire.flushed();
  const { serve } = await import('./engine.ts');
  return serve(trigger, host, { inputs, ahead });
}

function tellPause(seconds: number): void {
  process.stdout.write(`GitHub's rate limit is used up: going on in ${seconds} s\n`);
}

/** A fault that a person has to mend ends red and says how; any other is ours, and ends as `on-error` says. */
async function answerError(error: unknown): Promise<Answer> {
  if (error instanceof SetupError) {
    return { outputs: {}, summary: `**Yardstick is not set up yet.** ${error.message}\n\n${error.remedy}\n`, annotations: [], remarks: [{ level: 'error', text: `${error.message}. ${error.remedy}` }], log: [], exitCode: 1 };
  }
  const { answerFault } = await import('./engine.ts');
  const message = error instanceof Error ? error.message : String(error);
  const answer = answerFault(message, { onError: parseOnError(env), at });
  return error instanceof TransientError || !(error instanceof Error) ? answer : { ...answer, log: [error.stack ?? message] };
}

/** Writes what came of the run; the toolkit is loaded by now where something was written to GitHub. */
async function main(): Promise<void> {
  const answer = await run().catch(answerError);
  const { tell } = await import('./tell.ts');
  await tell(answer);
  process.exitCode = answer.exitCode;
}

void main();
