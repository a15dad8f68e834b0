// `npm run schema`: writes what is generated from the configuration's schema — the JSON Schema and the table in the documentation.
import { readFileSync, writeFileSync } from 'node:fs';
import { renderJsonSchema } from '../src/config/json-schema.ts';
import { renderOptionTable } from '../src/config/reference-table.ts';

const SCHEMA = new URL('./yardstick.schema.json', import.meta.url);
const DOCUMENTATION = new URL('../docs/configuration.md', import.meta.url);

writeFileSync(SCHEMA, renderJsonSchema());
const documentation = readFileSync(DOCUMENTATION, 'utf8');
const table = /<!-- options -->[^]*<!-- \/options -->/;
if (!table.test(documentation)) throw new Error('docs/configuration.md has lost its `<!-- options -->` markers');
writeFileSync(DOCUMENTATION, documentation.replace(table, () => `<!-- options -->\n${renderOptionTable()}\n<!-- /options -->`));
console.log('schema/yardstick.schema.json and the table in docs/configuration.md are written');
