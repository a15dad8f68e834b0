// What the readers of all formats give: settings, each a value with the path of keys that leads to it.

/** One key on the way to a value. Shared by all settings below it, so a list item's label may become known later. */
export interface Step {
  /** The key as written; empty for a list item. */
  readonly name: string;
  /** For list items and repeated blocks: the `name` inside it, once read, else null. */
  label: string | null;
  /** Position among its siblings, from 0; null where the step is a plain key. */
  readonly index: number | null;
  /** The line that opens it, and whether that line was added or removed. */
  readonly line: number;
  readonly changed: boolean;
}

/** The resource, document or file part that a setting belongs to. Filled in while reading. */
export interface Owner {
  /** `aws_db_instance`, `variable`, `Deployment`, `AWS::RDS::DBInstance`; null where nothing says so. */
  type: string | null;
  name: string | null;
  namespace: string | null;
  /** What the paths of its settings begin with: `aws_db_instance.orders`; empty for documents. */
  readonly address: readonly string[];
  /** The line that names it was added or removed with it: it did not exist on the other side. */
  fresh: boolean;
  /** Steps at the end of which it begins (CloudFormation: `Resources.Orders`), when it is a part of a document. */
  readonly within: Owner | null;
}

/** A scalar in a configuration file. */
export interface Setting {
  readonly line: number;
  readonly changed: boolean;
  readonly steps: readonly Step[];
  /** As written, without quotes and comment. */
  readonly value: string;
  /** False for an expression, a template, a reference. */
  readonly literal: boolean;
  /** False where keys above the first step are out of sight. */
  readonly rooted: boolean;
  readonly owner: Owner;
}

/** What stands around a text inside a text: a block scalar, a flow map, a heredoc. */
export interface Surroundings {
  readonly steps: readonly Step[];
  readonly owner: Owner;
  readonly rooted: boolean;
}

/** An owner of which nothing is known yet. */
export function newOwner(address: readonly string[] = []): Owner {
  return { type: null, name: null, namespace: null, address, fresh: false, within: null };
}

const IDENTIFIER = /^[A-Za-z_$][\w$-]*$/;

/** The path as a reader of the file would write it: `spec.containers[app].resources.limits.cpu`. */
export function renderPath(setting: Setting): string {
  const parts = [...setting.owner.address];
  for (const step of setting.steps) {
    if (step.index === null || step.name !== '') parts.push(step.name);
    if (step.index !== null && (step.name === '' || step.label !== null || step.index > 0)) {
      parts[Math.max(0, parts.length - 1)] = `${parts.at(-1) ?? ''}[${step.label ?? step.index}]`;
    }
  }
  return parts.map((part) => (part.includes('.') && !part.includes('[') && !IDENTIFIER.test(part) ? JSON.stringify(part) : part)).join('.');
}

const EXPRESSION = /\$\{|\{\{|\{%|<%|^[!*]|^(?:var|local|module|data|each|count|std|self|path|terraform)\.|[a-z_]\w*\(| \? |^\$|@@|^%\(/i;

/** Whether a scalar stands for itself. */
export function isLiteral(value: string, quoted: boolean): boolean {
  if (EXPRESSION.test(value)) return false;
  return quoted || /^[\w.+\-%/:, =@]*$/.test(value);
}
