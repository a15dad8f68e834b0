// Lists of GitHub's REST API, page after page, until the asker has seen enough.
import { expectOk } from './answers.ts';
import { at, list } from './json.ts';
import type { ApiRequest, Transport } from './transport.ts';

const PAGE = 100;

export interface PagedList {
  readonly path: string;
  /** Where the answer keeps the list; it is the list itself unless said. */
  readonly under?: string;
  readonly query: NonNullable<ApiRequest['query']>;
  /** What is listed, in words. */
  readonly subject: string;
  readonly pagesMax: number;
  /** Whether the rest of the list is of no interest after this page. */
  readonly isEnough?: (entries: readonly unknown[]) => boolean;
}

/** Reads pages of a hundred entries, in order. */
export async function readPages(transport: Transport, { path, under, query, subject, pagesMax, isEnough }: PagedList): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    const body = expectOk(await transport({ method: 'GET', path, query: { ...query, per_page: PAGE, page } }), subject);
    const entries = list(under === undefined ? body : at(body, under));
    found.push(...entries);
    if (entries.length < PAGE || isEnough?.(entries)) break;
  }
  return found;
}
