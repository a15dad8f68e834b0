// GitHub for reading: one row a method, each in a file of its own.
import type { RepoRef } from '../model/change.ts';
import type { ForgeReader, TextReading } from '../ports/forge.ts';
import { readSight } from './access.ts';
import { readApproval } from './approval.ts';
import { readArtifact } from './artifact.ts';
import { readChange } from './change.ts';
import { readCommentsById } from './comments-by-id.ts';
import { readContains } from './contains.ts';
import { readConversation } from './conversation.ts';
import { readDashboard } from './dashboard.ts';
import { readDeployments } from './deployments.ts';
import { readFiles } from './files.ts';
import { UNKNOWN_VIEWER } from './graph.ts';
import { readIssue } from './issue.ts';
import { readLabelled } from './labelled.ts';
import { readLastMerged } from './last-merged.ts';
import { readMembership } from './membership.ts';
import { readMergedSince } from './merged-changes.ts';
import { readOlderText } from './older-text.ts';
import { readChangesWith, readHead, readOpenChanges } from './open-changes.ts';
import { readOwnCheck } from './own-check.ts';
import { isSameRepo } from './paths.ts';
import { readOwnReactions } from './own-reactions.ts';
import { readPermission } from './permission.ts';
import { readReleases } from './releases.ts';
import { readRevisions } from './revisions.ts';
import { readText, TEXT_MAX } from './text.ts';
import type { Transport } from './transport.ts';

export interface ReaderOptions {
  /** The one repository that the token is known to read (a workflow's own); null where it may read others, as a person's does. */
  readonly home: RepoRef | null;
}

/** A forge reader over any transport. */
export function createForgeReader(transport: Transport, { home }: ReaderOptions): ForgeReader {
  const state = { viewer: UNKNOWN_VIEWER };
  const elsewhere = (repo: RepoRef): boolean => home === null || !isSameRepo(repo, home);
  return {
    readChange: async (ref, options) => {
      const page = await readChange(transport, ref, options);
      state.viewer = page.viewer;
      return page;
    },
    readHead: (ref) => readHead(transport, ref),
    readFiles: (ref, page) => readFiles(transport, ref, page),
    readText: async (repo, file, ref) => {
      const reading = await readText(transport, { repo, file }, { ref, max: TEXT_MAX });
      return home !== null && elsewhere(repo) ? asSeenFrom(home, `${repo.owner}/${repo.repo}:${file}`, reading) : reading;
    },
    readIssue: (repo, number) => readIssue(transport, { repo, number, forbidden: elsewhere(repo) ? cannotRead(`${repo.owner}/${repo.repo}#${number}`, home) : null }),
    readAccess: async (repo, login) => ({ sight: await readSight(transport, repo, login), why: whyHidden(home) }),
    readPermission: (repo, login) => readPermission(transport, repo, login),
    readMembership: (team, login) => readMembership(transport, team, login),
    readArtifact: (repo, headSha, name) => readArtifact(transport, { repo, sha: headSha }, name),
    readOwnReactions: (repo, commentId) => readOwnReactions(transport, { repo, commentId }, state.viewer),
    readOwnCheck: (repo, headSha, name) => readOwnCheck(transport, { repo, sha: headSha }, name),
    readOlderText: (repo, file, at) => readOlderText(transport, { repo, file }, at),
    readLastMerged: (repo) => readLastMerged(transport, repo),
    readOpenChanges: (repo) => readOpenChanges(transport, repo),
    readChangesWith: (repo, sha) => readChangesWith(transport, repo, sha),
    readDashboard: async (repo) => {
      const { dashboard, viewer } = await readDashboard(transport, repo);
      state.viewer = viewer;
      return dashboard;
    },
    readCommentsById: (repo, nodeIds) => readCommentsById(transport, repo, nodeIds),
    readRevisions: (repo, nodeIds) => readRevisions(transport, repo, nodeIds),
    readConversation: (ref) => readConversation(transport, ref),
    readApproval: (ref) => readApproval(transport, ref),
    readDeployments: (repo, of) => readDeployments(transport, repo, of),
    readReleases: (repo, since) => readReleases(transport, repo, since),
    readContains: (repo, at) => readContains(transport, repo, at),
    readLabelled: (repo, label) => readLabelled(transport, repo, label),
    readMergedSince: (repo, since) => readMergedSince(transport, repo, since),
  };
}

/** GitHub hides what a token may not read behind 404: elsewhere, "absent" can mean either. */
function asSeenFrom(home: RepoRef | null, name: string, reading: TextReading): TextReading {
  return reading.kind === 'absent' || reading.kind === 'forbidden' ? { kind: 'forbidden', why: cannotRead(name, home) } : reading;
}

function cannotRead(name: string, home: RepoRef | null): string {
  return `Cannot read ${name}: ${whyHidden(home)}.`;
}

function whyHidden(home: RepoRef | null): string {
  return home === null ? 'it does not exist, or the author of this pull request or this token may not read it' : "this workflow's token reads only its own repository";
}
