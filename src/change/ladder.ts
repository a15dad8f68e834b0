// The order of instance sizes and classes: where a class stands on its cloud's ladder, and how many steps lie between two.

/** A class, placed. `size` doubles with each step of the ladder; Infinity is the family's top, null is an unknown place. */
export interface Rung {
  /** Ladders of different clouds are never compared. */
  readonly ladder: string;
  readonly family: string;
  readonly size: number | null;
}

/** AWS sizes relative to `medium` = 1; each step doubles (https://aws.amazon.com/ec2/instance-types/). `metal` is the whole machine. */
const WORDS: ReadonlyMap<string, number> = new Map([
  ['nano', 0.125], ['micro', 0.25], ['small', 0.5], ['medium', 1], ['large', 2], ['xlarge', 4], ['metal', Infinity],
]);

/** Shared-core machines of Google, in virtual CPUs (https://cloud.google.com/compute/docs/general-purpose-machines). */
const SHARED_CORE: ReadonlyMap<string, number> = new Map([
  ['e2-micro', 0.25], ['e2-small', 0.5], ['e2-medium', 1], ['f1-micro', 0.2], ['g1-small', 0.5],
]);

/** Azure SQL's DTU objectives (https://learn.microsoft.com/azure/azure-sql/database/resource-limits-dtu-single-databases). */
const DTU: ReadonlyMap<string, number> = new Map([
  ['S0', 10], ['S1', 20], ['S2', 50], ['S3', 100], ['S4', 200], ['S6', 400], ['S7', 800], ['S9', 1600], ['S12', 3000],
]);

const LADDERS: readonly ((text: string) => Rung | null)[] = [aws, google, azure, azurePlan, named];

/** Places a class or instance type on its ladder; null if the text is none that we know. */
export function parseClass(text: string): Rung | null {
  if (text.length > 60) return null;
  for (const ladder of LADDERS) {
    const rung = ladder(text);
    if (rung !== null) return rung;
  }
  return null;
}

/** to ÷ from by size order; null where the ladders differ or a place is unknown. Same size in another family is 1. */
export function classFactor(from: Rung, to: Rung): number | null {
  if (from.ladder !== to.ladder || from.size === null || to.size === null) return null;
  if (from.size === to.size) return 1;
  const factor = to.size / from.size;
  return Number.isFinite(factor) && factor > 0 ? factor : null;
}

/** `m5.large`, `db.r6g.2xlarge`, `cache.t3.micro`, `m5.large.search`, `kafka.m5.large`, `ra3.4xlarge`, `db.serverless`. */
function aws(text: string): Rung | null {
  const match = /^(?:(?:db|cache|kafka|dax|ml|mq)\.)?([a-z]{1,8}[0-9]{1,2}[a-z]{0,6}(?:-[a-z0-9]{1,8})?)\.([a-z0-9-]{4,12})(?:\.(?:search|elasticsearch))?$/.exec(text);
  if (match !== null) {
    const size = awsSize(match[2] ?? '');
    return size === null ? null : { ladder: 'aws', family: match[1] ?? '', size };
  }
  return text === 'db.serverless' ? { ladder: 'aws', family: 'serverless', size: null } : null;
}

function awsSize(word: string): number | null {
  const multiple = /^(?:metal-)?([0-9]{1,3})(?:xlarge|xl)$/.exec(word);
  return multiple === null ? (WORDS.get(word) ?? null) : 4 * Number(multiple[1]);
}

/** `n1-standard-4`, `e2-medium`, `db-custom-2-7680`, `db-n1-highmem-8`, `g6-standard-2`; and DigitalOcean's `s-2vcpu-4gb`. */
function google(text: string): Rung | null {
  const bare = text.startsWith('db-') ? text.slice(3) : text;
  const shared = SHARED_CORE.get(bare);
  if (shared !== undefined) return { ladder: 'google', family: bare.slice(0, 2), size: shared };
  const custom = /^(?:[a-z][0-9][a-z]?-)?custom-([0-9]{1,3})-([0-9]{3,7})(?:-ext)?$/.exec(bare);
  // Twice the memory on the same CPUs is a step too: the place is the mean of both on a log scale.
  if (custom !== null) return { ladder: 'google-custom', family: 'custom', size: Math.sqrt(Number(custom[1]) * (Number(custom[2]) / 3840)) };
  const predefined = /^([a-z][0-9][a-z]?-(?:standard|highmem|highcpu|highgpu|ultramem|megamem|megagpu|dedicated|nanode|perf-optimized-N))-([0-9]{1,3})g?(?:-(?:lssd|metal))?$/.exec(bare);
  if (predefined !== null) return { ladder: 'google', family: predefined[1] ?? '', size: Number(predefined[2]) };
  const droplet = /^((?:[a-z]{1,3}[0-9]?(?:_[0-9]x)?)-)([0-9]{1,3})vcpu-([0-9]{1,4})gb(?:-[a-z-]{1,12})?$/.exec(bare);
  return droplet === null ? null : { ladder: 'droplet', family: droplet[1] ?? '', size: Math.sqrt(Number(droplet[2]) * (Number(droplet[3]) / 2)) };
}

/** `Standard_D2s_v3`, `Standard_B1ms`, `GP_Gen5_4`, `GP_Standard_D4s_v3`, `Standard_E8-4ds_v4`. */
function azure(text: string): Rung | null {
  const machine = /^(?:(?:GP|MO|B|BC)_)?(?:Standard|Basic)_([A-Z]{1,3})([0-9]{1,3})(?:-[0-9]{1,2})?([a-z]{0,4})((?:_[A-Za-z0-9]{1,8}){0,3})$/.exec(text);
  if (machine !== null) return { ladder: 'azure', family: `${machine[1]}${machine[3]}${machine[4]}`, size: Number(machine[2]) };
  const generation = /^((?:GP|MO|B|BC|HS)(?:_S)?_Gen[0-9])_([0-9]{1,3})$/.exec(text);
  return generation === null ? null : { ladder: 'azure', family: generation[1] ?? '', size: Number(generation[2]) };
}

/** App Service plans (`P1v3`, `B2`: each step doubles) and SQL objectives (`S3`). */
function azurePlan(text: string): Rung | null {
  const units = DTU.get(text);
  if (units !== undefined) return { ladder: 'azure-dtu', family: 'S', size: units };
  const plan = /^(B|P|P[1-9]m|EP|WS|Y|I)([0-9])(m?v[0-9])?$/.exec(text);
  return plan === null ? null : { ladder: 'azure-plan', family: `${plan[1]}${plan[3] ?? ''}`, size: 2 ** (Number(plan[2]) - 1) };
}

/** Sizes by bare word: `small`, `2xlarge`, Render's and Heroku's plans, Hetzner's `cx21`. */
function named(text: string): Rung | null {
  const size = awsSize(text.toLowerCase().replace(/^x-/, 'x'));
  if (size !== null) return { ladder: 'words', family: '', size };
  const dyno = /^(standard|performance)-(1x|2x|m|l|2xl)$/i.exec(text);
  if (dyno === null) return null;
  return { ladder: 'heroku', family: dyno[1] ?? '', size: ({ '1x': 1, '2x': 2, m: 5, l: 28, '2xl': 63 } as Record<string, number>)[(dyno[2] ?? '').toLowerCase()] ?? null };
}
