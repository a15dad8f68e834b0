// An entry of the index as a row without names: a third of the size, checked field by field when it comes back.
import * as z from 'zod/mini';
import type { LedgerEntry } from '../model/experiment.ts';
import { isInstant } from '../quantity/instant.ts';

const TITLE_MAX = 140;
const PATHS_MAX = 12;
const NAMES_MAX = 24;

const number = z.int().check(z.nonnegative());
const text = z.string().check(z.maxLength(1_000));
const texts = z.array(text);
const instant = z.string().check(z.refine(isInstant));
const place = z.nullable(z.tuple([number, number, text]));

const row = z.tuple([
  text, text, z.enum(['locked', 'measuring', 'judged', 'decided', 'withdrawn']), z.enum(['improve', 'save', 'insure', 'oblige', 'repair', 'step']), z.literal([0, 1]),
  place, place, z.array(number), z.nullable(instant),
  z.nullable(z.enum(['validated', 'refuted', 'inconclusive', 'held', 'broke', 'not exercised', 'no harm', 'harm', 'withdrawn'])), z.nullable(instant), z.nullable(z.tuple([number, number])),
  z.nullable(z.number().check(z.minimum(0), z.maximum(1))), texts, texts, texts, z.nullable(z.number()), z.nullable(text),
]);

type Row = z.infer<typeof row>;

/** Long lists are cut: the record has them whole. */
export function toRow(entry: LedgerEntry): Row {
  const { key, title, stage, intent, silent, home, copy, changes, dueAt, outcome, endedAt, told, odds, metrics, knobs, paths, monthlyCost, currency } = entry;
  return [
    key, [...title].slice(0, TITLE_MAX).join(''), stage, intent, silent ? 1 : 0, placeRow(home), placeRow(copy), [...changes], dueAt, outcome, endedAt,
    told === null ? null : [told.number, told.commentId], odds, metrics.slice(0, NAMES_MAX), knobs.slice(0, NAMES_MAX), paths.slice(0, PATHS_MAX), monthlyCost, currency,
  ];
}

/** Null for what is no row. */
export function parseRow(value: unknown): LedgerEntry | null {
  const read = row.safeParse(value);
  if (!read.success) return null;
  const [key, title, stage, intent, silent, home, copy, changes, dueAt, outcome, endedAt, told, odds, metrics, knobs, paths, monthlyCost, currency] = read.data;
  return {
    key, title, stage, intent, silent: silent === 1, home: toPlace(home), copy: toPlace(copy), changes, dueAt, outcome, endedAt,
    told: told === null ? null : { number: told[0], commentId: told[1] }, odds, metrics, knobs, paths, monthlyCost, currency,
  };
}

function placeRow(place: LedgerEntry['home']): Row[5] {
  return place === null ? null : [place.number, place.commentId, place.nodeId];
}

function toPlace(place: Row[5]): LedgerEntry['home'] {
  return place === null ? null : { number: place[0], commentId: place[1], nodeId: place[2] };
}
