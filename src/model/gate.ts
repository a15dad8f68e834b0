// What the gate is told by other rooms and keeps from one run to the next.
import type { Account, Permission } from './change.ts';
import type { Command } from './command.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { Note, Problem } from './problem.ts';

/** Somebody with what they may do in the repository, as GitHub authenticates them. */
export interface Standing {
  /** null for a deleted account: it has no say. */
  readonly by: Account | null;
  readonly permission: Permission;
  /** The teams (`org/team`) of `waivers.allow` that the person belongs to. */
  readonly teams: readonly string[];
  /** Those of them whose members this token may not see. */
  readonly unreadTeams: readonly string[];
}

/** A command with who gave it. */
export interface GivenCommand extends Standing {
  readonly command: Command;
  readonly commentId: number;
  /** When the comment was written, ISO 8601. */
  readonly at: string;
  /** Who edited the comment last; null if nobody did. */
  readonly editor: string | null;
}

/** The one line (or reaction alone, when `text` is null) that answers a command. */
export interface CommandAnswer {
  readonly commentId: number;
  readonly reaction: '+1' | '-1' | 'eyes' | 'confused';
  readonly text: string | null;
}

/** The hypothesis as the flow resolved it: searched, read where it is linked, checked against the catalogue. */
export interface HypothesisFinding {
  /** What could be read of it, sound or not; null when nothing was found or nothing could be read. */
  readonly hypothesis: Hypothesis | null;
  /** All that keeps it from being sound, in the order of the text. */
  readonly problems: readonly Problem[];
  readonly notes: readonly Note[];
  /** The verdict or withdrawal it has already, in words ("validated on 2026-05-12"); null while it is open. */
  readonly ended: string | null;
  /** False when it stands in a repository that fewer people can read than this pull request: then its words aren't repeated. */
  readonly quotable: boolean;
  /** Those of `problems` that are about this pull request's own text. */
  readonly own: readonly Problem[];
}

/** `Step of #123`: the programme as it was resolved. */
export interface StepFinding {
  /** The programme as the line names it: `#123`. */
  readonly reference: string;
  readonly programme: HypothesisFinding;
}

/** What the gate remembers in its own comment. */
export interface GateState {
  /** What was in scope when a waiver was given, by the id of the waiving comment. */
  readonly waived: Readonly<Record<string, readonly string[]>>;
  /** What was in scope at the last run: a waiver that is new to the next one was given for this. null where no run remembered it. */
  readonly seen: readonly string[] | null;
}
