// Speed and memory of `backtest`: over a clone, or over a history of 100,000 commits made for it.
// node bench/backtest.ts [DIR | COMMITS]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the issue asks for: merged pull requests a second at least, MiB at most. */
const bars = { rate: 300, memory: 250 };
const services = 40;

/** A manifest of a service; what is scaled changes, the rest gives the hunks their context. */
function manifest(service: number, replicas: number): string {
  const name = `service-${service}`;
  return `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}\n  labels:\n    app: ${name}\nspec:\n  replicas: ${replicas}\n  template:\n    spec:\n      containers:\n        - name: ${name}\n          image: registry/${name}:1.0.${replicas}\n          resources:\n            limits:\n              memory: ${256 + replicas}Mi\n              cpu: 500m\n`;
}

/** A commit as `git fast-import` takes it: one in ten is documentation, one in seven a bot's. */
function commit(index: number): string {
  const scaled = index % 10 !== 0;
  const path = scaled ? `k8s/service-${index % services}/deployment.yaml` : `docs/note-${index % services}.md`;
  const text = scaled ? manifest(index % services, 2 + (index % 17)) : `# Note ${index}\n`;
  const author = index % 7 === 0 ? 'renovate[bot] <29139614+renovate[bot]@users.noreply.github.com>' : 'Ann Ops <ann@example.org>';
  const message = `Change ${path} (#${index})\n`;
  const at = `${1_600_000_000 + index * 60} +0000`;
  return `commit refs/heads/main\nauthor ${author} ${at}\ncommitter ${author} ${at}\ndata ${Buffer.byteLength(message)}\n${message}M 644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

async function makeClone(commits: number): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'yardstick-bench-'));
  await once(spawn('git', ['init', '--quiet', '--bare', '--initial-branch=main', dir], { stdio: 'inherit' }), 'close');
  const git = spawn('git', ['-C', dir, 'fast-import', '--quiet'], { stdio: ['pipe', 'inherit', 'inherit'] });
  for (let index = 1; index <= commits; index += 1) if (!git.stdin.write(commit(index))) await once(git.stdin, 'drain');
  git.stdin.end();
  await once(git, 'close');
  return dir;
}

/** The command's own last line on stderr tells its rate and its peak. */
async function measure(dir: string): Promise<{ readonly line: string; readonly rate: number; readonly memory: number }> {
  const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, 'backtest', dir, '--json'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const lines: string[] = [];
  child.stderr.setEncoding('utf8').on('data', (text: string) => lines.push(text));
  await once(child, 'close');
  const line = lines.join('').trim();
  const [, rate, memory] = /\((\d+) a second\).* (\d+) MiB$/.exec(line) ?? [];
  return { line, rate: Number(rate ?? 0), memory: Number(memory ?? Number.POSITIVE_INFINITY) };
}

const [what = '100000'] = process.argv.slice(2);
const given = statSync(what, { throwIfNoEntry: false })?.isDirectory() ? what : null;
const dir = given ?? (await makeClone(Number(what)));
const { line, rate, memory } = await measure(dir);
if (given === null) rmSync(dir, { recursive: true, force: true });
console.log(line);
console.log(`bars: at least ${bars.rate} a second, at most ${bars.memory} MiB: ${rate >= bars.rate && memory <= bars.memory ? 'kept' : 'MISSED'}`);
process.exitCode = rate >= bars.rate && memory <= bars.memory ? 0 : 1;
