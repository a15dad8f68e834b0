// When the effect began: the merge, a deployment that contains it, a release, a maintenance window, another change, or a person's word.
import type { EffectBegun, Experiment, Member } from '../model/experiment.ts';
import type { EffectStart } from '../model/hypothesis.ts';
import { isoOf } from './windows.ts';

/** Every maintenance window of a managed database comes once a week: after seven days it has come. Seconds. */
const WINDOW_PATIENCE = 7 * 86_400;

/** Something that may have started the effect of a member, oldest first. */
export interface Sign {
  /** ISO 8601. */
  readonly at: string;
  readonly text: string;
}

/** What was seen of one member's way to production. */
export interface Signs {
  /** Successful deployments to the environment that contain the merge commit. */
  readonly deployments: readonly Sign[];
  readonly releases: readonly Sign[];
  /** The effect of the change that `starts with` names. */
  readonly other: Sign | null;
  /** `/yardstick deployed`, by someone who may. */
  readonly told: Sign | null;
}

/** When one member's effect began; null while nothing shows it. A person's word counts before everything else. */
export function effectOf(member: Member, { start, signs, now }: { readonly start: EffectStart; readonly signs: Signs; readonly now: string }): EffectBegun | null {
  if (signs.told !== null) return { at: signs.told.at, how: 'told', text: signs.told.text };
  const begun = signOf(start, { member, signs });
  if (begun === null || !member.waitsForWindow) return begun;
  const latest = isoOf(Date.parse(begun.at) / 1000 + WINDOW_PATIENCE);
  return latest > now ? null : { at: latest, how: 'maintenance-window', text: `the maintenance window that came within 7 days of ${begun.text}` };
}

function signOf(start: EffectStart, { member, signs }: { readonly member: Member; readonly signs: Signs }): EffectBegun | null {
  const first = (list: readonly Sign[], how: EffectBegun['how']): EffectBegun | null => {
    const [sign] = list.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    return sign === undefined ? null : { at: sign.at, how, text: sign.text };
  };
  switch (start.kind) {
    case 'merge':
      return { at: member.mergedAt, how: 'merge', text: 'the merge' };
    case 'deployment':
      return first(signs.deployments, 'deployment');
    case 'release':
      return first(signs.releases, 'release');
    case 'change':
      return signs.other === null ? null : first([signs.other], 'first-use');
  }
}

/** The experiment with what is known of its members' effects: the first begins the clock, the last ends the time in between. */
export function withEffects(experiment: Experiment, effects: readonly (EffectBegun | null)[]): Experiment {
  const members = experiment.members.map((member, i) => ({ ...member, effect: settled(member.effect, effects[i] ?? null) }));
  const begun = members.flatMap(({ effect }) => (effect === null ? [] : [effect])).toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const [first] = begun;
  if (first === undefined) return { ...experiment, members };
  return { ...experiment, members, effect: first, lastEffectAt: begun.at(-1)?.at ?? first.at };
}

/** What was seen once stays, but for a person's word: it corrects what a deployment seemed to say. */
function settled(known: EffectBegun | null, seen: EffectBegun | null): EffectBegun | null {
  return seen?.how === 'told' ? seen : (known ?? seen);
}
