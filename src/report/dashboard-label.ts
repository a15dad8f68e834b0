// The label by which the hypothesis dashboard of a repository is found.
import type { LabelStyle } from '../model/effect.ts';

export const DASHBOARD_LABEL: LabelStyle = { name: 'yardstick: dashboard', color: '1d76db', description: 'Yardstick: open bets, verdicts and the index of all records' };
