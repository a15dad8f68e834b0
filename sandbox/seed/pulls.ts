// The pull requests of the sandbox, in the order in which they are opened and shown. One more is one file and one line here.
import { BIGGER_DATABASE } from './pulls/bigger-database.ts';
import { DEPENDENCY_BOT } from './pulls/dependency-bot.ts';
import { DOCS_ONLY } from './pulls/docs-only.ts';
import { END_OF_LIFE } from './pulls/end-of-life.ts';
import { INCIDENT } from './pulls/incident.ts';
import { LINKED_FILE } from './pulls/linked-file.ts';
import { LINKED_ISSUE } from './pulls/linked-issue.ts';
import { PROGRAMME_STEP } from './pulls/programme-step.ts';
import { REVERT } from './pulls/revert.ts';
import { SCALE_DOWN } from './pulls/scale-down.ts';
import { SCALE_UP_WITH_HYPOTHESIS } from './pulls/scale-up-with-hypothesis.ts';
import { SCALE_UP_WITHOUT_HYPOTHESIS } from './pulls/scale-up-without-hypothesis.ts';
import { SMALL_REPLICAS } from './pulls/small-replicas.ts';
import { UNREADABLE_CRITERION } from './pulls/unreadable-criterion.ts';
import type { PullSeed } from './pull.ts';

export const PULLS: readonly PullSeed[] = [
  SCALE_UP_WITHOUT_HYPOTHESIS, SCALE_UP_WITH_HYPOTHESIS, UNREADABLE_CRITERION, LINKED_ISSUE, LINKED_FILE,
  DOCS_ONLY, DEPENDENCY_BOT, REVERT, INCIDENT,
  SMALL_REPLICAS, BIGGER_DATABASE, SCALE_DOWN, END_OF_LIFE, PROGRAMME_STEP,
];
