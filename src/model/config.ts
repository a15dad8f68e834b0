// The configuration as the engine reads it: complete, with every default filled in.

export type Mode = 'enforce' | 'advise' | 'observe';
export type Preset = 'terraform' | 'kubernetes' | 'helm' | 'cloudformation' | 'pulumi' | 'serverless' | 'compose';
export type MetricKind = 'gauge' | 'count' | 'rate' | 'cost' | 'events';
export type SourceType =
  | 'prometheus' | 'datadog' | 'cloudwatch' | 'newrelic' | 'influxdb' | 'graphite' | 'postgresql'
  | 'opencost' | 'github' | 'http' | 'csv' | 'manual' | 'evidence';

/** A metric of the catalogue, or a template of it when `parameters` is not empty. */
export interface Metric {
  readonly name: string;
  /** ms, s, %, req/s, GiB, USD/month, count … */
  readonly unit: string | null;
  readonly better: 'lower' | 'higher' | null;
  readonly kind: MetricKind;
  readonly source: string | null;
  readonly query: string | null;
  /** For kind `rate`: bad events and all events. */
  readonly bad: string | null;
  readonly total: string | null;
  /** A query that counts the samples behind each value: where it gives nothing or 0, the value only repeats an old one. */
  readonly samples: string | null;
  /** Parameter name → the values allowed, or a pattern they must match whole. */
  readonly parameters: ReadonlyMap<string, { readonly values: readonly string[] | null; readonly pattern: string | null }>;
  readonly aggregate: 'median' | 'mean' | 'p95' | 'max' | null;
  /** Seconds between two values, for metrics that come per run or per day; null: continuous. */
  readonly cadence: number | null;
  readonly public: boolean;
}

export interface Source {
  readonly name: string;
  readonly type: SourceType;
  readonly url: string | null;
  /** Sent with each request; secrets only as `${YARDSTICK_NAME}`, expanded when the request is made. */
  readonly headers: ReadonlyMap<string, string>;
  /** Where the vendor's versions speak differently: InfluxDB 1 or 2. */
  readonly version: number | null;
  /** InfluxDB 1: the database of queries that name none. */
  readonly database: string | null;
  /** AWS: the region, which also signs requests to Amazon Managed Prometheus. New Relic: `eu`. */
  readonly region: string | null;
  /** New Relic: the account's number. InfluxDB 2: the organisation. */
  readonly account: string | null;
}

/** Why a metric of a repository is not asked: nobody offers its source, or its operator alone writes queries on it. */
export interface Withheld {
  readonly source: string;
  readonly why: 'source' | 'query';
}

/** A rule's roll-out: its own mode, from a date on (ISO date, UTC). */
export interface RuleRollout {
  readonly mode: Mode | 'off';
  readonly from: string | null;
}

export interface Config {
  readonly mode: Mode;
  readonly scope: {
    readonly labels: readonly string[];
    /** gitignore-style globs; a path that matches is in scope. */
    readonly paths: readonly string[];
    readonly presets: readonly Preset[];
    /** A monthly cost increase (in the report's currency) from which a change is in scope; null: never by cost. */
    readonly costIncrease: number | null;
    /** Globs of paths that are not production. */
    readonly nonProduction: readonly string[];
    /** Globs that win over `nonProduction`. */
    readonly production: readonly string[];
  };
  readonly exempt: {
    readonly authors: readonly string[];
    readonly labels: readonly string[];
    readonly paths: readonly string[];
    /** Dependency bots by authenticated login. */
    readonly bots: readonly string[];
  };
  readonly tiers: {
    readonly autoBet: { readonly factor: number; readonly monthlyCost: number };
    readonly light: { readonly factor: number; readonly monthlyCost: number };
  };
  readonly incidentLabels: readonly string[];
  readonly cost: {
    /** Where a cost report is expected; null: none is. */
    readonly expected: 'file' | 'artifact' | 'comment' | null;
    readonly file: string | null;
    readonly artifact: string | null;
    /** The bot whose comment is read. */
    readonly bot: string;
  };
  readonly labels: {
    readonly needed: string;
    readonly linked: string;
    readonly waived: string;
    /** What the labels of the measured outcome begin with: `outcome: `. */
    readonly outcomePrefix: string;
  };
  readonly waivers: {
    /** Logins, `@org/team` slugs or permissions (`write`, `maintain`, `admin`) that may waive. */
    readonly allow: readonly string[];
    readonly byAuthor: boolean;
  };
  readonly defaults: {
    /** Seconds. */
    readonly window: number;
    readonly settle: number;
    readonly environment: string;
  };
  readonly rules: ReadonlyMap<string, RuleRollout>;
  readonly metrics: ReadonlyMap<string, Metric>;
  readonly sources: ReadonlyMap<string, Source>;
  /** What the operator of the App offers; null where the repository's own sources are asked, as in an Action. */
  readonly offer: Offer | null;
  /** Metrics that the repository defines and the operator does not let it ask, with the source that they name. */
  readonly withheld: ReadonlyMap<string, Withheld>;
  /** Path globs → service name, for templates and the draft. */
  readonly services: ReadonlyMap<string, readonly string[]>;
  /** Where hypothesis files live (globs). */
  readonly hypothesisFiles: readonly string[];
  /** Hosts from which `evidence:` URLs are fetched; others are shown, and the owner gives the value. */
  readonly evidenceHosts: readonly string[];
}

/** What the operator of an App gives a repository: the only sources that are asked, and metrics on them. */
export interface Offer {
  readonly sources: Config['sources'];
  readonly metrics: Config['metrics'];
  /** Names of the sources on which the repository may write queries of its own. */
  readonly open: ReadonlySet<string>;
}

/** Where the effective configuration came from, shown to people. */
export interface ConfigSource {
  readonly kind: 'repository' | 'organisation' | 'defaults';
  /** `owner/repo:path@ref`; null for the defaults. */
  readonly place: string | null;
}
