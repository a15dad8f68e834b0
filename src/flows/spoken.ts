// What people told Yardstick in comments, with what each may do; permissions are read only for those who gave a command.
import { parseCommands } from '../gate/commands.ts';
import { mayCommand } from '../gate/spoken-lines.ts';
import type { Comment } from '../model/change.ts';
import type { Config } from '../model/config.ts';
import type { GivenCommand } from '../model/gate.ts';
import type { Inquiry } from './inquiry.ts';
import { readStanding } from './standing.ts';

/** More people than this giving commands on one pull request is no conversation; the first ones are heard. */
const SPEAKERS_MAX = 20;

/** The commands in the order they were given; undefined while a permission has to be read. */
export function hearCommands(inquiry: Inquiry, comments: readonly Comment[], config: Config): readonly GivenCommand[] | undefined {
  const spoken = comments
    .filter((comment) => !comment.mine && comment.author !== null && mayCommand(comment.body))
    .map((comment) => ({ comment, commands: parseCommands(comment.body) }))
    .filter(({ commands }) => commands.length > 0);
  const speakers = [...new Map(spoken.flatMap(({ comment: { author } }) => (author === null ? [] : [[author.login, author] as const]))).values()].slice(0, SPEAKERS_MAX);
  const standings = speakers.map((speaker) => readStanding(inquiry, speaker, config));
  if (standings.includes(undefined)) return undefined;
  const known = new Map(speakers.map(({ login }, index) => [login, standings[index]]));
  return spoken.flatMap(({ comment: { author, id, createdAt, editor }, commands }) => {
    const standing = known.get(author?.login ?? '') ?? { by: author, permission: 'none', teams: [], unreadTeams: [] };
    return commands.map((command): GivenCommand => ({ ...standing, command, commentId: id, at: createdAt, editor }));
  });
}
