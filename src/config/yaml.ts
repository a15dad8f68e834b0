// YAML text → a value with positions, or the problems of its syntax. Hostile text is refused in linear time.
import { YAMLException, parseEvents, type Event } from 'js-yaml';
import type { Problem } from '../model/problem.ts';
import { compose } from './compose.ts';
import type { Fault } from './faults.ts';
import { MAX_CONFIG_LENGTH, MAX_DEPTH, MAX_PROBLEMS } from './limits.ts';
import { createPlaces, type Node } from './node.ts';

/** `root` is null for a file without content; where `whole` is false nothing can be said about its meaning. */
export interface YamlReading {
  readonly root: Node | null;
  readonly whole: boolean;
  readonly problems: readonly Problem[];
}

/** Reads the only document of a text. `file` names it in places. Of syntax errors the first is told. */
export function parseYaml(text: string, file: string): YamlReading {
  const refused = refuse(text);
  if (refused !== null) return failed([refused], text, file);
  const events = readEvents(text);
  if ('code' in events) return failed([events], text, file);
  const { faults, ...composed } = compose(events, text);
  return { ...failed(faults, text, file), ...composed };
}

/** What is seen without parsing: size, and signs of text that is not UTF-8. */
function refuse(text: string): Fault | null {
  if (text.length > MAX_CONFIG_LENGTH) {
    return {
      code: 'too-large', offset: 0, found: `${text.length} characters`, expected: `at most ${MAX_CONFIG_LENGTH} characters (512 KiB)`,
      remedy: 'use metric templates with parameters, or move what is shared into a file that this one `extends`',
    };
  }
  const broken = text.search(/\uFFFD|\p{Cc}(?<![\t\n\r\u0085])/u);
  if (broken < 0) return null;
  return {
    code: 'not-utf-8', offset: broken, found: text[broken] === '\uFFFD' ? 'bytes that are not UTF-8' : 'a control character', expected: 'text in UTF-8',
    remedy: 'save the file as UTF-8 (not UTF-16, not Latin-1)',
  };
}

function readEvents(text: string): readonly Event[] | Fault {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const offset = Math.min(error.mark?.position ?? 0, text.length);
    return { code: 'yaml-syntax', offset, found: error.reason, expected: 'YAML 1.2', remedy: syntaxRemedy(error.reason, text, offset) };
  }
}

/** Mistakes that people make again and again, by what stands at the place or what the parser says. */
function syntaxRemedy(reason: string, text: string, offset: number): string {
  if (reason.includes('tab character') || text[offset] === '\t') return 'indent with spaces instead of tabs';
  if (reason.includes('maxDepth')) return 'no option lies that deep: nest less';
  if (reason.includes('end of the stream within')) return 'close the quote or bracket that is left open';
  if (/^[%@`]/.test(text.slice(offset, offset + 1))) return `put text that starts with \`${text[offset]}\` in quotes`;
  if (reason.includes('indentation') || reason.includes('multiline key')) return 'line the keys of one mapping up in the same column; put text that holds `: ` in quotes';
  return 'mend this line; put text with `: `, ` #` or leading special characters in quotes';
}

function failed(faults: readonly Fault[], text: string, file: string): YamlReading {
  const place = createPlaces(text, file);
  const problems = faults.slice(0, MAX_PROBLEMS).map(({ offset, ...rest }): Problem => ({ ...rest, place: place(offset) }));
  return { root: null, whole: false, problems };
}
