// Which pull requests a trigger about a whole repository concerns: each becomes an errand of its own.
import { touchedChanges } from '../../src/flows/sweep.ts';
import type { Trigger } from '../../src/model/trigger.ts';
import type { ForgeReader, OpenChange } from '../../src/ports/forge.ts';
import { readLinked } from '../ledger/links.ts';
import type { Linked } from '../ledger/links.ts';
import type { Db } from '../store/database.ts';
import type { Errand } from './queue.ts';
import { keyOfChange, keyOfRepo } from './work-key.ts';

export type Sweep = Trigger & { readonly kind: 'sweep' };

export interface SpreadTools {
  readonly db: Db;
  readonly reader: Pick<ForgeReader, 'readOpenChanges'>;
  readonly installation: number;
}

/** For one turn, whose triggers are all of one repository: its list is read once, however many issues were edited. */
export function createSpread({ db, reader, installation }: SpreadTools): (sweep: Sweep) => Promise<readonly Errand[]> {
  let listed: Promise<readonly OpenChange[]> | null = null;
  const near = async (sweep: Sweep): Promise<readonly Linked[]> => {
    if (sweep.issue !== null && !(await hasChecks(db, sweep.repo))) return [];
    listed ??= reader.readOpenChanges(sweep.repo);
    return touchedChanges(await listed, sweep, Infinity).map((change) => ({ change, installation }));
  };
  return async (sweep) => {
    const far = sweep.issue === null ? [] : await readLinked(db, { ...sweep.repo, number: sweep.issue });
    const errands = [...(await near(sweep)), ...far].map((linked) => errandTo(linked, sweep.event));
    return [...new Map(errands.map((errand) => [errand.key, errand])).values()];
  };
}

function errandTo({ change, installation }: Linked, because: string): Errand {
  return { key: keyOfChange(change), installation, urgent: false, look: { kind: 'change', ...change, because } };
}

/** A check stands on every pull request that was ever open: where there is none, issues concern nobody, and cost no request. */
async function hasChecks(db: Db, repo: Sweep['repo']): Promise<boolean> {
  return (await db.selectFrom('check_run').where('repo', '=', keyOfRepo(repo)).select('repo').limit(1).executeTakeFirst()) !== undefined;
}
