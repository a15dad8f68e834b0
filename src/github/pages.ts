// Lists of GitHub's REST API, page after page, until the asker has seen enough.
import { expectOk } from './answers.ts';
import { list } from './json.ts';
import type { ApiRequest, Transport } from './transport.ts';

const PAGE = 100;

export interface PagedList {
  readonly path: string;
  readonly query: NonNullable<ApiRequest['query']>;
  /** What is listed, in words. */
  readonly subject: string;
  readonly pagesMax: number;
  /** Whether the rest of the list is of no interest after this page. */
  readonly isEnough?: (entries: readonly unknown[]) => boolean;
}

/** Reads pages of a hundred entries, in order. */
export async function readPages(transport: Transport, { path, query, subject, pagesMax, isEnough }: PagedList): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    const entries = list(expectOk(await transport({ method: 'GET', path, query: { ...query, per_page: PAGE, page } }), subject));
    found.push(...entries);
    if (entries.length < PAGE || isEnough?.(entries)) break;
  }
  return found;
}
