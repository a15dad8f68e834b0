// The App's program: serves, or does what its first words say.
import { runCommand } from './commands/table.ts';

await runCommand(process.argv.slice(2));
