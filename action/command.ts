// The input `command` over what the event says: a workflow may ask for one flow only.
import type { RepoRef } from '../src/model/change.ts';
import type { Trigger } from '../src/model/trigger.ts';
import type { Inputs } from './inputs.ts';

/** The trigger that the command leaves of the event's; `export` is no trigger, and leaves the event's alone. */
export function obey(trigger: Trigger, command: Inputs['command'], home: RepoRef): Trigger {
  const { event, delivery, at } = trigger;
  switch (command) {
    case 'auto': case 'export':
      return trigger;
    case 'gate':
      return trigger.kind === 'tend' ? { kind: 'ignored', reason: 'nothing is gated on this event, and `command: gate` asks for nothing else', event, delivery, at } : trigger;
    case 'lock':
      return tendOf(trigger, { home, change: trigger.kind === 'tend' || trigger.kind === 'gate' ? trigger.change : null, because: 'command lock' });
    case 'deploy': case 'measure':
      return tendOf(trigger, { home, change: null, because: `command ${command}` });
  }
}

function tendOf({ event, delivery, at }: Trigger, { home, change, because }: { readonly home: RepoRef; readonly change: (Trigger & { kind: 'tend' })['change']; readonly because: string }): Trigger {
  return { kind: 'tend', repo: home, change, issue: null, because, openChanges: 'left', event, delivery, at };
}
