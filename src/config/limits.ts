// How large a configuration may be, so that a hostile one is refused in linear time.

/** Characters of one configuration file. A thousand metrics fit into half of it. */
export const MAX_CONFIG_LENGTH = 512 * 1024;

/** Levels of nesting; the deepest option is at level 6. */
export const MAX_DEPTH = 32;

/** Values after aliases are resolved: what stops a "YAML bomb" of a few lines. */
export const MAX_NODES = 50_000;

/** Problems told of one file; whoever has more mends these first. */
export const MAX_PROBLEMS = 100;

/** Characters of foreign text quoted in a message. */
export const MAX_QUOTED = 60;

/** Entries of a list, and of a mapping of named things. */
export const MAX_ENTRIES = 2_000;

/** Characters of a glob, and its wildcards: matching takes time that grows with each of them. */
export const MAX_GLOB_LENGTH = 400;
export const MAX_GLOB_WILDCARDS = 10;

/** Characters of a parameter's pattern, and its repetitions of open length. */
export const MAX_PATTERN_LENGTH = 200;
export const MAX_PATTERN_REPETITIONS = 3;

/** Characters of a query. */
export const MAX_QUERY_LENGTH = 10_000;
