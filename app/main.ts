// The App's program: serves, or does what its first words say.
import { runCommand } from './commands/run.ts';

await runCommand(process.argv.slice(2));
