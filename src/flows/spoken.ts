// What people told Yardstick in comments, with what each may do; permissions are read only for those who gave a command.
import { parseCommands } from '../gate/commands.ts';
import type { Comment } from '../model/change.ts';
import type { GivenCommand } from '../model/gate.ts';
import type { Inquiry } from './inquiry.ts';

/** More people than this giving commands on one pull request is no conversation; the first ones are heard. */
const SPEAKERS_MAX = 20;

/** The commands in the order they were given; undefined while a permission has to be read. */
export function hearCommands(inquiry: Inquiry, comments: readonly Comment[]): readonly GivenCommand[] | undefined {
  const spoken = comments
    .filter((comment) => !comment.mine && comment.author !== null && comment.body.includes('/yardstick'))
    .map((comment) => ({ comment, commands: parseCommands(comment.body) }))
    .filter(({ commands }) => commands.length > 0);
  const logins = [...new Set(spoken.map(({ comment }) => comment.author?.login ?? ''))].slice(0, SPEAKERS_MAX);
  const permissions = inquiry.askAll(logins.map((login) => ({ kind: 'permission', login }) as const));
  if (permissions === undefined) return undefined;
  const permissionOf = new Map(logins.map((login, index) => [login, permissions[index] ?? 'none']));
  return spoken.flatMap(({ comment, commands }) =>
    commands.map((command): GivenCommand => ({
      command,
      by: comment.author,
      permission: permissionOf.get(comment.author?.login ?? '') ?? 'none',
      teams: [],
      commentId: comment.id,
      at: comment.createdAt,
      editor: comment.editor,
    })),
  );
}
