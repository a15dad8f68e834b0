// Serves the App: its desk's thread loads what it needs while this one loads its own.
import { beginDeskThread } from '../desk/thread.ts';
import type { Command } from './table.ts';

export const run: Command = async ({ env }) => {
  const thread = beginDeskThread();
  try {
    const { serve } = await import('../serve.ts');
    await serve(env, thread.openDesk);
    return null;
  } catch (error) {
    await thread.abandon();
    throw error;
  }
};
