// `npm run schema`: writes what is generated: the JSON Schema, the table of options and the page about knobs.
import { readFileSync, writeFileSync } from 'node:fs';
import { renderKnobTable } from '../src/change/knob-table.ts';
import { renderJsonSchema } from '../src/config/json-schema.ts';
import { renderOptionTable } from '../src/config/reference-table.ts';

const SCHEMA = new URL('./yardstick.schema.json', import.meta.url);
const DOCUMENTATION = new URL('../docs/configuration.md', import.meta.url);

writeFileSync(SCHEMA, renderJsonSchema());
const documentation = readFileSync(DOCUMENTATION, 'utf8');
const table = /<!-- options -->[^]*<!-- \/options -->/;
if (!table.test(documentation)) throw new Error('docs/configuration.md has lost its `<!-- options -->` markers');
writeFileSync(DOCUMENTATION, documentation.replace(table, () => `<!-- options -->\n${renderOptionTable()}\n<!-- /options -->`));
writeFileSync(new URL('../docs/knobs.md', import.meta.url), renderKnobTable());
console.log('schema/yardstick.schema.json, the table in docs/configuration.md and docs/knobs.md are written');
