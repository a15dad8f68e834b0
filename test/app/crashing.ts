// Loaded before the App: at SIGUSR2 something breaks that nobody catches, in the thread that CRASH names.
import { BroadcastChannel, isMainThread } from 'node:worker_threads';

const channel = new BroadcastChannel('crash');
const crash = (): void => {
  if (process.env['CRASH']?.startsWith(isMainThread ? 'door' : 'desk') !== true) return;
  if (process.env['CRASH'].endsWith('rejection')) void Promise.reject(new Error('broken: https://user:hunter2@host/'));
  else throw new Error('broken: https://user:hunter2@host/');
};
channel.addEventListener('message', crash);
channel.unref();
if (isMainThread) {
  process.on('SIGUSR2', () => {
    channel.postMessage('now');
    crash();
  });
}
