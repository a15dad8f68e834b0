// Knows documentation by its path: what can be read by people only, and therefore scales nothing.

const PROSE = /\.(?:md|mdx|markdown|rst|adoc|asciidoc|org|tex|pdf|png|jpe?g|gif|svg|webp|drawio|puml|mmd|excalidraw)$/i;
const NAMED = /^(?:licen[cs]e|copying|notice|authors|contributors|maintainers|owners|owners_aliases|codeowners|changelog|changes|history|readme|contributing|security|code_of_conduct)(?:\.[a-z]{1,8})?$/i;
const FOLDER = /(?:^|\/)(?:docs?|documentation|runbooks|adr)\//i;
/** Inside a documentation folder these are still what a tool may apply. */
const APPLIED = /\.(?:tf|tfvars|hcl|ya?ml|json|jsonnet|libsonnet|toml|ts|js|py|go|sh|rb)$/i;

/** True for prose, images and the usual files about a repository, and for text in a documentation folder. */
export function isDocumentation(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (PROSE.test(name)) return true;
  if (NAMED.test(name) && !APPLIED.test(name)) return true;
  return FOLDER.test(path) && !APPLIED.test(name);
}
