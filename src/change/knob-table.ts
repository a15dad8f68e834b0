// The knob table as a page for people: docs/knobs.md.
import type { Knob } from './knob.ts';
import { KNOBS } from './knobs.ts';

const INTRO = `# Knobs

What Yardstick counts as scaling. A pull request that changes one of these in a file that existed before has a *scaling fact*, for example
"\`replicas\` 3 → 12 (×4) in charts/orders/values.yaml:14". This page is written from the table in \`src/change/knobs.ts\`; a test holds them together.

- A key is recognised by its last words in any spelling: \`replica count\` stands for \`replicaCount\`, \`replica_count\`, \`ReplicaCount\`, and \`web_replica_count\`.
  \`=\` before it means exactly these words; \`limits/cpu\` names the parents; what stands before \`:\` is the resource type, kind or block it is restricted to (\`*\` for any ending).
- A pair of name and value (Helm parameters, environment variables, database parameters, JSON patches) is read as the key that it names.
  A map per environment below a knob's name is read as that knob. A value that can only be a class or a heap (\`db.r5.large\`, \`Standard_D2s_v3\`, \`-Xmx2g\`) needs no name.
- *Small* knobs may be an auto-bet while the cost is unknown. What *can't be taken back* stands one tier higher.
- In paths, list items are written with their \`name\` (\`containers[app]\`), else with their position from 0. Terraform paths are addresses:
  \`aws_db_instance.orders.instance_class\`, \`module.rds.db_instance_class\`, \`variable.size.default\`, \`local.sizes.prod\`.
- The new thing itself is no fact: a new file (or one of which nothing stays), resource, document, container, service or template parameter, or a map's new entry with an image, a class or a display name of its own, starts at a size, it doesn't change one. Autoscalers and their
  schedules are facts also when they are new, because they act on what runs already, unless they come with their own new workload.
- No facts either: \`count\` that is 0 or 1, one expression for another, values that only moved, were re-aligned or written otherwise (\`4000m\` and \`4\`),
  comments, engine and image versions, time-outs, retries, retention, weights, body and page sizes, log sizes, alarms, probes, roll-out strategy,
  tests, documentation, CI workflows, dashboards, schemas, lock files.
- Sizes: \`nano\` < \`micro\` < \`small\` < \`medium\` < \`large\` < \`xlarge\` < \`2xlarge\` …, each step twice the one before; the same size in another family is factor 1, "changed".
  Google's, Azure's and other clouds' sizes by their number of CPUs. Across clouds there is no factor.
`;

/** The whole page. */
export function renderKnobTable(): string {
  const rows = KNOBS.map(row).join('\n');
  return `${INTRO}\n| knob | scales | small | can be taken back | takes effect | recognised by |\n|---|---|---|---|---|---|\n${rows}\n`;
}

function row(knob: Knob): string {
  const keys = knob.keys.map((key) => `\`${key.replaceAll('|', '\\|')}\``).join(', ');
  const effect = { rollout: 'with the roll-out', 'maintenance-window': 'in the maintenance window, unless `apply_immediately`', 'next-start': 'at the next start' }[knob.timing ?? 'rollout'];
  return `| \`${knob.id}\` | ${knob.scales} | ${knob.small === true ? 'yes' : ''} | ${knob.reversible === false ? '**no**' : 'yes'} | ${effect} | ${keys} |`;
}
