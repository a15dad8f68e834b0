// The image without Docker: what the Dockerfile says is done to a folder, which then is the root of what runs, read-only, as its user and without a right.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const REPO = join(import.meta.dirname, '../..');

/** Whether this machine lets us: root, and a mount of our own. */
export const CAN_MOUNT = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** The instructions of each stage. */
export function readDockerfile(): readonly (readonly Instruction[])[] {
  const lines = readFileSync(join(REPO, 'Dockerfile'), 'utf8').replaceAll(/^#.*\n/gm, '').replaceAll(/\\\n/g, ' ').split('\n').filter((line) => line.trim() !== '');
  const stages: Instruction[][] = [];
  for (const line of lines) {
    const [, word = '', rest = ''] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    if (word === 'FROM') stages.push([]);
    stages.at(-1)?.push({ word, rest });
  }
  return stages;
}

export interface Image {
  readonly env: Readonly<Record<string, string>>;
  /** What CMD and HEALTHCHECK run. */
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
  /** Starts a program in it, as its user; the root can't be written but for its volume. */
  readonly start: (command: readonly string[], env: Readonly<Record<string, string>>) => ChildProcess;
  readonly remove: () => void;
}

export function buildImage(): Image {
  const [build = [], image = []] = readDockerfile();
  const root = mkdtempSync(join(tmpdir(), 'yardstick-image-'));
  chmodSync(root, 0o755);
  const built = join(root, '.build');
  buildStage(build, built);
  layBase(root);
  const env: Record<string, string> = { PATH: '/usr/local/bin:/usr/bin:/bin' };
  let workdir = '/';
  for (const { word, rest } of image) {
    const words = rest.split(/\s+/);
    if (word === 'WORKDIR') mkdirSync(join(root, (workdir = rest)), { recursive: true });
    if (word === 'COPY') {
      const [from, ...paths] = words;
      if (from !== '--from=build') throw new Error(`COPY ${rest}: only from the first stage`);
      for (const path of paths.slice(0, -1)) cpSync(join(built, path.replace(/^\/build\//, '')), join(root, workdir, paths.at(-1) ?? ''), { recursive: true, dereference: true });
    }
    if (word === 'ENV') Object.assign(env, Object.fromEntries(words.map((pair) => pair.split('='))));
    if (word === 'RUN') run(root, { command: ['/bin/sh', '-c', rest], cwd: workdir });
  }
  rmSync(built, { recursive: true, force: true });
  const listOf = (word: string): readonly string[] => JSON.parse(/\[.*\]/.exec(image.find((each) => each.word === word)?.rest ?? '')?.[0] ?? '[]') as string[];
  return {
    env, command: listOf('CMD'), healthcheck: listOf('HEALTHCHECK'),
    start: (command, more) => spawn('unshare', ['--mount', 'sh', '-c', inside(root, { workdir, readOnly: true }), 'sh', ...command], { env: { ...env, ...more }, stdio: ['ignore', 'pipe', 'pipe'] }),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The first stage: what .dockerignore lets through, and its builds. `npm ci` has been run: its folder is lent. */
function buildStage(stage: readonly Instruction[], to: string): void {
  const left = readFileSync(join(REPO, '.dockerignore'), 'utf8').trim().split('\n');
  const sent = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: REPO, encoding: 'utf8' }).split('\0').filter((file) => file !== '' && !left.some((rule) => file.split('/').some((part) => part === rule.replace('**/', ''))));
  for (const file of sent) {
    mkdirSync(dirname(join(to, file)), { recursive: true });
    copyFileSync(join(REPO, file), join(to, file));
  }
  symlinkSync(join(REPO, 'node_modules'), join(to, 'node_modules'));
  const env = { ...process.env, PATH: `${join(REPO, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` };
  for (const { word, rest } of stage) if (word === 'RUN' && !rest.startsWith('npm ci')) execFileSync('sh', ['-c', rest], { cwd: to, env, stdio: 'pipe' });
}

/** What `node:24-slim` brings: a system, Node and its user. */
function layBase(root: string): void {
  for (const folder of ['usr/local/bin', 'usr/bin', 'usr/lib', 'usr/lib64', 'usr/sbin', 'etc', 'dev', 'proc', 'tmp']) mkdirSync(join(root, folder), { recursive: true });
  for (const folder of ['bin', 'lib', 'lib64', 'sbin']) symlinkSync(`usr/${folder}`, join(root, folder));
  copyFileSync(join(REPO, 'node_modules/node/bin/node'), join(root, 'usr/local/bin/node'));
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0::/:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n');
  writeFileSync(join(root, 'etc/group'), 'root:x:0:\nnode:x:1000:\n');
  writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
}

function run(root: string, { command, cwd }: { readonly command: readonly string[]; readonly cwd: string }): void {
  execFileSync('unshare', ['--mount', 'sh', '-c', inside(root, { workdir: cwd, readOnly: false }), 'sh', ...command], { stdio: 'pipe' });
}

/** Lends the system's programs, and gives everything up that a container does. */
function inside(root: string, { workdir, readOnly }: { readonly workdir: string; readonly readOnly: boolean }): string {
  const lent = ['usr/bin', 'usr/lib', 'usr/lib64', 'usr/sbin'].map((folder) => `mount --bind /${folder} ${root}/${folder}; mount -o remount,bind,ro ${root}/${folder}`);
  const user = readOnly ? 'setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all' : '';
  const closed = readOnly ? [`mount --bind ${root}/data ${root}/data`, `mount -o remount,bind,ro ${root}`] : [];
  return ['set -e', `mount --bind ${root} ${root}`, ...lent, `mount --rbind /dev ${root}/dev`, `mount -t proc proc ${root}/proc || true`, ...closed, `exec /usr/sbin/chroot ${root} ${user} sh -c 'cd ${workdir}; exec "$@"' sh "$@"`].join('\n');
}
