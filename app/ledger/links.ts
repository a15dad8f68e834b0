// Links that no list of one repository tells: from open changes to issues elsewhere, so that an edit there is heard here.
import { sql } from 'kysely';
import type { Insertable, Transaction } from 'kysely';
import { distantIssues, issueKey } from '../../src/flows/links.ts';
import type { ChangeRef, RepoRef } from '../../src/model/change.ts';
import type { Db } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { nameOf } from './write.ts';

/** Of one installation: whoever links an issue a thousand times keeps nobody else from hearing of it. */
const LINKED_MAX = 100;

/** All that one change has. */
export async function writeLinks(trx: Transaction<Tables>, { change, issues }: { readonly change: ChangeRef; readonly issues: readonly ChangeRef[] }, { installation, at }: { readonly installation: number; readonly at: Date }): Promise<void> {
  await forgetLinks(trx, [change]);
  await addLinks(trx, issues.map((issue) => ({ repo: nameOf(change), number: change.number, issue: issueKey(issue), installation, seen_at: at })));
}

async function addLinks(db: Db, rows: readonly Insertable<Tables['link']>[]): Promise<void> {
  if (rows.length === 0) return;
  await db.insertInto('link').values(rows).onConflict((conflict) => conflict.columns(['repo', 'number', 'issue']).doUpdateSet(({ ref }) => ({ installation: ref('excluded.installation'), seen_at: ref('excluded.seen_at') }))).execute();
}

export async function forgetLinks(trx: Transaction<Tables>, changes: readonly ChangeRef[]): Promise<void> {
  if (changes.length === 0) return;
  await trx.deleteFrom('link').where(({ eb, refTuple, tuple }) => eb(refTuple('repo', 'number'), 'in', changes.map((change) => tuple(nameOf(change), change.number)))).execute();
}

/** Those of changes that are open no more. @param since when the open ones were asked for: what was linked meanwhile stays */
export async function forgetClosedLinks(db: Db, repo: RepoRef, { open, since }: { readonly open: readonly number[]; readonly since: Date }): Promise<void> {
  await db.deleteFrom('link').where('repo', '=', nameOf(repo)).where('seen_at', '<', since).where(sql<boolean>`number <> all(${[...open]}::integer[])`).execute();
}

/** What the bodies of a repository's open changes say. Links of the sidebar are not told there: those that are known stay. */
export async function rebuildLinks(db: Db, repo: RepoRef, { open, installation, at }: { readonly open: readonly { readonly number: number; readonly body: string }[]; readonly installation: number; readonly at: Date }): Promise<void> {
  await db.updateTable('link').set({ seen_at: at }).where('repo', '=', nameOf(repo)).where(sql<boolean>`number = any(${open.map(({ number }) => number)}::integer[])`).execute();
  // A list that moves while its pages are read tells some twice.
  const once = [...new Map(open.map((each) => [each.number, each])).values()];
  const changes = once.map(({ number, body }) => ({ ref: { ...repo, number }, body }));
  await addLinks(db, changes.flatMap((change) => distantIssues(change, []).map((issue) => ({ repo: nameOf(repo), number: change.ref.number, issue: issueKey(issue), installation, seen_at: at }))));
}

export interface Linked {
  readonly change: ChangeRef;
  readonly installation: number;
}

/** The changes that link an issue from afar, the newest of each installation. */
export async function readLinked(db: Db, issue: ChangeRef): Promise<readonly Linked[]> {
  const { rows } = await sql<{ repo: string; number: number; installation: string | number }>`
    select repo, number, installation from (
      select repo, number, installation, row_number() over (partition by installation order by seen_at desc, number desc) as nth from link where issue = ${issueKey(issue)}
    ) as linked where nth <= ${LINKED_MAX}`.execute(db);
  return rows.map(({ repo: name, number, installation }) => {
    const [owner = '', repo = ''] = name.split('/');
    return { change: { owner, repo, number }, installation: Number(installation) };
  });
}
