// An App of one file's own, on a store of its own: started before its tests and gone after them.
import { afterAll, beforeAll } from 'vitest';
import type { App } from '../../app/app.ts';
import type { Stage } from '../e2e/stage.ts';
import { HAS_POSTGRES, startPostgres } from './postgres.ts';
import { removeFolder, runApp, settingsFor } from './running-app.ts';

/** The stores on which an App can be had here. */
export const STORES = [...(HAS_POSTGRES ? (['PostgreSQL'] as const) : []), 'the embedded database'] as const;

/** @param store PostgreSQL where there is one, unless said */
export function useApp(stage: Stage, store: (typeof STORES)[number] = STORES[0]): () => App {
  const opened = new AsyncDisposableStack();
  let app: App | null = null;
  beforeAll(async () => {
    const postgres = store === 'PostgreSQL' ? await startPostgres() : null;
    if (postgres !== null) opened.defer(postgres.stop);
    const settings = settingsFor(stage.github(), postgres && (await postgres.database()));
    opened.defer(() => removeFolder(settings));
    app = await runApp(stage.github(), settings);
    opened.defer(app.stop);
  }, 180_000);
  afterAll(() => opened.disposeAsync());
  return () => {
    if (app === null) throw new Error('the App is not there yet');
    return app;
  };
}
