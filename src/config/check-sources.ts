// Checks of sources: an address that can be asked, no secret in the file, no other secret of the runner.
import { entriesAt, textAt, type CheckFinding } from './finding.ts';
import { quote } from './issues.ts';
import { nodeAt, type Node, type Path } from './node.ts';

/** Kinds of source that can't be asked without an address. */
const NEEDS_URL = new Set(['prometheus', 'influxdb', 'graphite', 'postgresql', 'opencost', 'http', 'csv']);

export function checkUrls(root: Node): readonly CheckFinding[] {
  return entriesAt(root, ['sources']).flatMap(([name]) => {
    const type = textAt(root, ['sources', name, 'type']);
    const at = ['sources', name, 'url'];
    const url = textAt(root, at);
    if (url === null) {
      const needed = type !== null && NEEDS_URL.has(type) && nodeAt(root, at) === null;
      return needed ? [{ code: 'missing-option', at: ['sources', name], found: 'no `url`', expected: `\`url\` (a source of type \`${type}\` has an address)`, remedy: 'add `url:`, or `url: ${YARDSTICK_NAME}` to take it from the environment' }] : [];
    }
    const fault = type === 'csv' && !url.includes('://') ? null : faultOfUrl(url, type);
    return [...(fault === null ? [] : [{ code: 'invalid-url', at, found: `"${quote(url.replace(/\/\/[^/@]{0,2000}@/, '//…@'))}"`, ...fault }]), ...foreignVariables(url, at)];
  });
}

const SCHEMES: Readonly<Record<string, readonly string[]>> = { postgresql: ['postgres:', 'postgresql:'] };

function faultOfUrl(url: string, type: string | null): { expected: string; remedy: string } | null {
  if (url.startsWith('${')) return null;
  const schemes = SCHEMES[type ?? ''] ?? ['https:', 'http:'];
  const filled = url.replaceAll(/\$\{[A-Z0-9_]{1,80}\}/g, 'x').replaceAll(/[{}]/g, '');
  const parsed = URL.canParse(filled) ? new URL(filled) : null;
  if (parsed === null || !schemes.includes(parsed.protocol)) return { expected: `an address that starts with ${schemes.map((scheme) => `\`${scheme}//\``).join(' or ')}`, remedy: 'write the whole address, with its scheme' };
  if (parsed.password !== '' && !url.includes('${')) return { expected: 'an address without a password', remedy: 'take the secret from the environment: `${YARDSTICK_NAME}`' };
  return null;
}

export function checkHeaders(root: Node): readonly CheckFinding[] {
  return entriesAt(root, ['sources']).flatMap(([name]) => entriesAt(root, ['sources', name, 'headers']).flatMap(([header]) => {
    const at = ['sources', name, 'headers', header];
    const value = textAt(root, at) ?? '';
    const isHeader = /^[A-Za-z0-9-]{1,80}$/.test(header) && !/[\r\n]/.test(value);
    return [...(isHeader ? [] : [{ code: 'invalid-header', at, found: `the header \`${quote(header)}\``, expected: 'letters, digits and `-` as name, one line as value', remedy: 'for example `Authorization: Bearer ${YARDSTICK_TOKEN}`' }]), ...foreignVariables(value, at)];
  }));
}

/** What a vendor can't be asked without, beside its address. */
export function checkVendors(root: Node): readonly CheckFinding[] {
  return entriesAt(root, ['sources']).flatMap(([name]) => {
    const at = ['sources', name];
    const type = textAt(root, [...at, 'type']);
    const version = nodeAt(root, [...at, 'version']);
    const asked = version?.kind === 'scalar' ? version.value : null;
    if (version !== null && type === 'influxdb' && asked !== 1 && asked !== 2) return [{ code: 'unknown-version', at: [...at, 'version'], found: `InfluxDB ${quote(String(asked))}`, expected: '`1` (InfluxQL) or `2` (Flux)', remedy: 'InfluxDB 3 answers InfluxQL too: write `version: 1`' }];
    const needed = type === 'newrelic' ? 'the account’s number' : type === 'influxdb' && asked === 2 ? 'the organisation' : null;
    if (needed === null || nodeAt(root, [...at, 'account']) !== null) return [];
    return [{ code: 'missing-option', at, found: 'no `account`', expected: `\`account\`: ${needed}`, remedy: type === 'newrelic' ? "add `account: '1234567'`" : 'add `account: acme`' }];
  });
}

/** Only variables named YARDSTICK_* are ever filled in: a configuration can't read other secrets of the runner. */
function foreignVariables(text: string, at: Path): readonly CheckFinding[] {
  return [...text.matchAll(/\$\{([^}]{0,200})\}/g)].filter(([, name = '']) => !/^YARDSTICK_[A-Z0-9_]+$/.test(name)).map(([whole, name = '']) => ({
    code: 'foreign-variable', at, found: `\`${quote(whole)}\``, expected: 'a variable whose name starts with `YARDSTICK_`', remedy: `rename it, for example \`\${YARDSTICK_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_').slice(0, 40) || 'TOKEN'}}\``,
  }));
}
