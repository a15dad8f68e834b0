// Evidence of a load test or drill: what a check run or an artefact of this repository says, or a URL on a host that the configuration lists.
import { SetupError, TransientError } from '../errors.ts';
import { expectOk } from '../github/answers.ts';
import { readArtifact } from '../github/artifact.ts';
import { at, count, list, record, text, type Json } from '../github/json.ts';
import { repoPath } from '../github/paths.ts';
import { path, type Transport } from '../github/transport.ts';
import type { EvidenceQuery, EvidenceReader, EvidenceReading } from '../ports/metrics.ts';
import { findValue } from './evidence-value.ts';
import { createAsk, type AskOptions } from './request.ts';

export function createEvidenceReader(transport: Transport, options: AskOptions): EvidenceReader {
  return {
    readEvidence: async (query) => {
      try {
        return /^https?:\/\//i.test(query.source) ? await readUrl(query, options) : await readOwn(query, transport);
      } catch (error) {
        if (error instanceof TransientError) return { kind: 'failed', lasting: 'transient', message: error.message, remedy: null };
        if (error instanceof SetupError) return { kind: 'failed', lasting: 'setup', message: error.message, remedy: error.remedy };
        throw error;
      }
    },
  };
}

/** The address was written by the pull request's author: only listed hosts are asked, and no secret goes along. */
async function readUrl({ source, metric, hosts }: EvidenceQuery, options: AskOptions): Promise<EvidenceReading> {
  const url = URL.canParse(source) ? new URL(source) : null;
  if (url === null || url.username !== '' || url.password !== '' || source.length > 2000) return { kind: 'owner', why: 'the address can’t be read' };
  if (!hosts.includes(url.host.toLowerCase())) return { kind: 'owner', why: `${url.host} is not in \`evidence-hosts\` of the configuration` };
  const ask = createAsk({ name: url.host, type: 'evidence', url: url.origin, headers: new Map(), version: null, database: null, region: null, account: null }, options);
  return valueIn(await ask({ method: 'GET', path: url.pathname + url.search, headers: { accept: 'application/json, text/plain, */*;q=0.1' } }), { metric, from: url.host, passed: null });
}

/** A check run or an artefact of this name, at the first commit that has one. */
async function readOwn(query: EvidenceQuery, transport: Transport): Promise<EvidenceReading> {
  let nothing: EvidenceReading = { kind: 'absent', why: 'no check run and no artefact has this name' };
  for (const sha of query.commits) {
    const check = await readCheck(query, transport, sha);
    if (check?.kind === 'value') return check;
    const artifact = await readArtifactAt(query, { transport, sha, passed: check?.kind === 'ended' ? check.passed : null });
    if (artifact.kind !== 'absent') return artifact;
    if (check?.kind === 'ended') nothing = { kind: 'absent', why: check.why };
    else if (artifact.why !== '') nothing = artifact;
  }
  return nothing;
}

type CheckReading = Extract<EvidenceReading, { kind: 'value' }> | { readonly kind: 'ended'; readonly passed: boolean | null; readonly why: string } | null;

async function readCheck({ repo, source, metric }: EvidenceQuery, transport: Transport, sha: string): Promise<CheckReading> {
  const response = await transport({ method: 'GET', path: `${repoPath(repo)}${path`/commits/${sha}/check-runs`}`, query: { check_name: source, per_page: 100 } });
  if (response.status === 404 || response.status === 422) return null;
  const newest = list(at(expectOk(response, `check runs of ${sha.slice(0, 7)} in ${repo.owner}/${repo.repo}`), 'check_runs')).map(record).toSorted((a, b) => (count(b['id']) ?? 0) - (count(a['id']) ?? 0))[0];
  if (newest === undefined) return null;
  const from = `check run ${source} at ${sha.slice(0, 7)}`;
  if (newest['status'] !== 'completed') return { kind: 'ended', passed: null, why: `${from} is not over yet` };
  const passed = ['success', 'neutral'].includes(text(newest['conclusion']) ?? '');
  const reading = valueIn(outputOf(newest), { metric, from, passed });
  return reading.kind === 'value' ? reading : { kind: 'ended', passed, why: reading.why };
}

function outputOf(check: Json): string {
  return ['title', 'summary', 'text'].map((part) => text(at(check, 'output', part)) ?? '').join('\n');
}

async function readArtifactAt({ repo, source, metric }: EvidenceQuery, { transport, sha, passed }: { readonly transport: Transport; readonly sha: string; readonly passed: boolean | null }): Promise<Extract<EvidenceReading, { kind: 'value' | 'absent' }>> {
  const from = `artefact ${source} at ${sha.slice(0, 7)}`;
  const reading = await readArtifact(transport, { repo, sha }, source);
  switch (reading.kind) {
    case 'absent': return { kind: 'absent', why: '' };
    case 'text': return valueIn(reading.text, { metric, from, passed });
    case 'unreadable': return { kind: 'absent', why: `${from} can’t be read: ${reading.why}` };
    case 'forbidden': throw new SetupError(reading.why, 'Give the token the permission `actions: read`.');
  }
}

function valueIn(told: string, { metric, from, passed }: { readonly metric: EvidenceQuery['metric']; readonly from: string; readonly passed: boolean | null }): Extract<EvidenceReading, { kind: 'value' | 'absent' }> {
  const value = findValue(told, metric);
  return typeof value === 'string' ? { kind: 'absent', why: `${from}: ${value}` } : { kind: 'value', value, from, passed };
}
