// Reads an EBNF and makes sentences of it, so that a grammar in the documentation can be held to its parser.

export type Ebnf =
  | { readonly kind: 'words'; readonly text: string }
  /** A name in capitals (a meaning with its synonyms) or a rule. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'all' | 'one'; readonly parts: readonly Ebnf[] }
  | { readonly kind: 'maybe'; readonly part: Ebnf };

/** The rules of a grammar: `name = … ;`, comments left out. */
export function parseEbnf(grammar: string): ReadonlyMap<string, Ebnf> {
  const tokens = grammar.replaceAll(/\(\*.*?\*\)/gs, '').match(/"[^"]*"|[=;,|()[\]{}]|[^\s=;,|()[\]{}"]+(?: [^\s=;,|()[\]{}"]+)*/g) ?? [];
  const rules = new Map<string, Ebnf>();
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const oneOf = (): Ebnf => {
    const parts = [inOrder()];
    while (tokens[at] === '|') {
      at += 1;
      parts.push(inOrder());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'one', parts };
  };
  const inOrder = (): Ebnf => {
    const parts = [term()];
    while (tokens[at] === ',') {
      at += 1;
      parts.push(term());
    }
    return parts.length === 1 ? parts[0]! : { kind: 'all', parts };
  };
  const term = (): Ebnf => {
    const token = next();
    if (token === '(' || token === '[' || token === '{') {
      const part = oneOf();
      next();
      return token === '(' ? part : { kind: 'maybe', part };
    }
    return token.startsWith('"') ? { kind: 'words', text: token.slice(1, -1) } : { kind: 'name', name: token };
  };
  while (at < tokens.length) {
    const name = next();
    if (next() !== '=') throw new Error(`no rule at ${name}`);
    rules.set(name, oneOf());
    next();
  }
  return rules;
}

/** Every name that a rule uses. */
export function namesIn(node: Ebnf): readonly string[] {
  if (node.kind === 'name') return [node.name];
  if (node.kind === 'words') return [];
  return node.kind === 'maybe' ? namesIn(node.part) : node.parts.flatMap(namesIn);
}

export interface Maker {
  readonly rules: ReadonlyMap<string, Ebnf>;
  /** What stands for a name that is no rule. */
  readonly leaf: (name: string) => string;
  readonly pick: (parts: readonly Ebnf[]) => Ebnf;
  /** Whether what is optional is there. */
  readonly chance: () => boolean;
  /** Told of every alternative that is taken. */
  readonly took: (part: Ebnf) => void;
}

/** One sentence. What may repeat comes once or not at all. */
export function makeSentence(node: Ebnf, maker: Maker): string {
  maker.took(node);
  switch (node.kind) {
    case 'words':
      return node.text;
    case 'name': {
      const rule = maker.rules.get(node.name);
      return rule === undefined ? maker.leaf(node.name) : makeSentence(rule, maker);
    }
    case 'all':
      return node.parts.map((part) => makeSentence(part, maker)).filter(Boolean).join(' ');
    case 'one':
      return makeSentence(maker.pick(node.parts), maker);
    case 'maybe':
      return maker.chance() ? makeSentence(node.part, maker) : '';
  }
}

/** Every node of a grammar, so that a test can tell what was never taken. */
export function nodesOf(node: Ebnf): readonly Ebnf[] {
  if (node.kind === 'words' || node.kind === 'name') return [node];
  return [node, ...(node.kind === 'maybe' ? nodesOf(node.part) : node.parts.flatMap(nodesOf))];
}
