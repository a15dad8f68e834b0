// The tables of the App, as Kysely types them.
import type { ColumnType, Generated } from 'kysely';
import type { LedgerTables } from '../ledger/schema.ts';

/** Set by the database, given as text or Date, read as Date. */
type Instant = ColumnType<Date, Date | string, Date | string>;

export interface Tables extends LedgerTables {
  readonly intake: IntakeTable;
  readonly set_aside: SetAsideTable;
  readonly delivery: DeliveryTable;
  readonly look: LookTable;
  readonly link: LinkTable;
  readonly check_run: CheckRunTable;
  readonly audit: AuditTable;
  readonly round: RoundTable;
}

/** What the doors have committed and no desk has sorted yet. */
interface IntakeTable {
  readonly id: Generated<string>;
  readonly received_at: Instant;
  /** How many the frame holds. */
  readonly deliveries: number;
  readonly frame: Buffer;
}

/** What came in and cannot be stored, for a person to look at. */
interface SetAsideTable {
  readonly id: Generated<string>;
  readonly at: Instant;
  readonly frame: Buffer;
  /** In words: what is wrong with it. */
  readonly why: string;
}

/** The inbox: every webhook that was acknowledged. */
interface DeliveryTable {
  readonly id: string;
  readonly received_at: Instant;
  readonly event: string;
  readonly action: string | null;
  readonly sender: string | null;
  readonly installation: string | number | null;
  /** What is worked on one at a time; null where nothing is to be done. */
  readonly work_key: string | null;
  /** JSON, zstd; null where nothing is to be done, and when its retention is over. */
  readonly payload: Buffer | null;
  readonly done_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
  /** In words: what became of it, or why it was ignored. */
  readonly outcome: string | null;
}

/** What is to be looked at though no delivery asks for it. */
interface LookTable {
  readonly work_key: string;
  readonly kind: 'change' | 'merges' | 'records';
  readonly installation: string | number;
  readonly owner: string;
  readonly repo: string;
  readonly because: string;
  /** Of pull requests. */
  readonly numbers: number[];
  /** How often it was asked for while it waits. */
  readonly asked: number;
  readonly asked_at: Instant;
}

/** Open changes that link an issue which a list of its own repository would not lead to. */
interface LinkTable {
  /** Of the change: `owner/repo` as GitHub spells it. */
  readonly repo: string;
  readonly number: number;
  /** `owner/repo#12` in lower case. */
  readonly issue: string;
  /** Of the change's repository. */
  readonly installation: string | number;
  readonly seen_at: Instant;
}

/** The check runs that stand on heads, so that none is posted twice. */
interface CheckRunTable {
  readonly repo: string;
  readonly head_sha: string;
  readonly id: string | number;
  /** Of its content: the same again is no write. */
  readonly digest: string;
  /** Numbers of the pull requests whose verdicts went into it. */
  readonly changes: ColumnType<number[], number[] | undefined, number[]>;
  /** Grows with each verdict. */
  readonly revision: Generated<number>;
  readonly posted_at: Instant;
}

/** What one process does for all now and then. */
interface RoundTable {
  readonly name: string;
  readonly began_at: Instant;
  /** When one was last done to its end; null: never. */
  readonly ended_at: ColumnType<Date | null, Date | string | null, Date | string | null>;
}

/** Who caused what, and when. Rows are only added: a trigger of the database refuses the rest. */
interface AuditTable {
  readonly id: Generated<string>;
  readonly at: Instant;
  /** The newest that was settled by it. */
  readonly delivery: string | null;
  /** Everybody whose deliveries were settled by it, in their order: `ana, ben`. */
  readonly actor: string | null;
  readonly subject: string;
  readonly what: string;
  readonly detail: unknown;
}
