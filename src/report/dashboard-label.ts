// The label by which the hypothesis dashboard of a repository is found.
import type { LabelStyle } from '../model/effect.ts';

export const DASHBOARD_LABEL: LabelStyle = { name: 'yardstick: dashboard', color: '1d76db', description: 'Yardstick: open bets, verdicts and the index of all records' };

/** What the issue is called when it is opened; people may call it otherwise. */
export const DASHBOARD_TITLE = 'Hypothesis dashboard';
