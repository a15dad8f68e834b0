// Kills the App ten times while a burst comes in, on both stores: `npm run bench:kills -- [deliveries]`. What was acknowledged has one check in the end, and no more.
import { rememberingGitHub } from './app-recall.ts';
import { persist } from './app-load.ts';
import { start } from './app-server.ts';
import type { Running } from './app-server.ts';
import { CONNECTIONS, FILES, onStage } from './app-stage.ts';
import type { Stage, Store } from './app-stage.ts';

const KILLS = 10;
const PATIENCE_MS = 900_000;

const deliveries = Number(process.argv[2] ?? 5000);

await onStage(async (stage) => {
  for (const store of ['postgresql', 'embedded'] as const) await killOn(stage, store);
});

async function killOn({ github, appOn, target, shots }: Stage, store: Store): Promise<void> {
  await github.reset(FILES);
  const remembering = await rememberingGitHub(github.url);
  const server = appOn(store);
  const open = () => start({ ...server, env: { ...server.env, GITHUB_API_URL: remembering.url } });
  let app = await open();
  let killed = 0;
  let again: Promise<void> = Promise.resolve();
  const bury = async (dead: Running): Promise<void> => {
    await dead.kill();
    app = await open();
  };
  // Whoever gets no answer sends it again, by the same id, as people do by GitHub's button: in the end all are acknowledged.
  const { unanswered } = await persist(target(), shots(deliveries), { connections: CONNECTIONS, onAnswer: (answered) => {
    if (killed >= KILLS || answered < ((killed + 1) * deliveries) / (KILLS + 1)) return;
    killed += 1;
    again = again.then(() => bury(app));
  } });
  await again;
  const began = performance.now();
  while (remembering.told.size < deliveries && performance.now() - began < PATIENCE_MS) await pause(500);
  const drained = (performance.now() - began) / 1000;
  // Whatever would be told twice has had its time.
  await pause(20_000);
  const twice = [...remembering.told.values()].filter((runs) => runs.length > 1).length;
  console.log(`${store}: ${deliveries} deliveries acknowledged over ${killed} kills (${unanswered} tries without an answer), ${remembering.told.size} heads have a check ${drained.toFixed(0)} s later, ${twice} of them two`);
  await app.stop();
  remembering.close();
  if (remembering.told.size !== deliveries || twice > 0) process.exitCode = 1;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
