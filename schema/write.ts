// `npm run schema`: writes what is generated: the JSON Schema, the table of options, the page about knobs and the words of criteria.
import { readFileSync, writeFileSync } from 'node:fs';
import { renderKnobTable } from '../src/change/knob-table.ts';
import { renderJsonSchema, renderOffersSchema } from '../src/config/json-schema.ts';
import { renderOptionTable } from '../src/config/reference-table.ts';
import { renderWordTable } from '../src/hypothesis/criterion/word-table.ts';


/** Puts a table between its markers. */
function fillIn(page: string, name: string, table: string): void {
  const place = new URL(`../docs/${page}`, import.meta.url);
  const documentation = readFileSync(place, 'utf8');
  const marked = new RegExp(`<!-- ${name} -->[^]*<!-- /${name} -->`);
  if (!marked.test(documentation)) throw new Error(`docs/${page} has lost its \`<!-- ${name} -->\` markers`);
  writeFileSync(place, documentation.replace(marked, () => `<!-- ${name} -->\n${table}\n<!-- /${name} -->`));
}

writeFileSync(new URL('./yardstick.schema.json', import.meta.url), renderJsonSchema());
writeFileSync(new URL('./yardstick-sources.schema.json', import.meta.url), renderOffersSchema());
fillIn('configuration.md', 'options', renderOptionTable());
fillIn('criteria.md', 'words', renderWordTable());
writeFileSync(new URL('../docs/knobs.md', import.meta.url), renderKnobTable());
console.log('schema/*.schema.json, the tables in docs/configuration.md and docs/criteria.md, and docs/knobs.md are written');
