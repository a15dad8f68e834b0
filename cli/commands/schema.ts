// `schema`: the JSON Schema of the configuration file, for editors.
import { renderJsonSchema } from '../../src/config/json-schema.ts';
import { jsonOption, type CliCommand } from '../command.ts';
import { exitCodes } from '../exit-code.ts';

export const schema: CliCommand = {
  name: 'schema',
  arguments: '',
  summary: 'print the JSON Schema of the configuration file',
  examples: ['yardstick schema > yardstick.schema.json'],
  // The schema is JSON either way; the option is taken so that every command takes it.
  options: [jsonOption],
  run: async ({ desk }) => {
    desk.print(`${renderJsonSchema().trimEnd()}\n`);
    return exitCodes.pass;
  },
};
