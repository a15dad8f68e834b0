// Gives Node 20 and 21 what the engine uses of Node 22: the command runs on whatever Node a person has.

/** As ES2024 defines it. */
function groupBy<Key, Item>(items: Iterable<Item>, keyOf: (item: Item, index: number) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

if (typeof (Map as Partial<MapConstructor>).groupBy !== 'function') Object.defineProperty(Map, 'groupBy', { value: groupBy, writable: true, configurable: true });
