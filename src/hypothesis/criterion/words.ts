// The words of the criterion grammar: every meaning with its synonyms, in one table.

/** Phrases are parted by `|`; the longest that fits is taken. */
const PHRASES = {
  fall: 'falls|fall|drops|drop|decreases|decrease|declines|decline|shrinks|shrink|goes down|go down|comes down|come down|reduces|falling|down|is down|↓|reduced|lowered|decreased|dropped|cut|cut down|brought down',
  rise: 'rises|rise|increases|increase|grows|grow|goes up|go up|climbs|climb|gains|rising|up|is up|↑|increased|raised|grown|lifted',
  exceed: 'exceeds|exceed|exceeding|goes above|go above|goes over|go over|surpasses|surpass|rises above|rise above|rises over|climbs above|increases above|increases beyond|grows beyond|grows above',
  undercut: 'falls below|fall below|falls under|fall under|drops below|drop below|drops under|drop under|goes below|go below|goes under|decreases below|dips below|dip below|sinks below|declines below',
  reach: 'reaches|reach|achieves|achieve|hits|hit|comes to|gets to|goes to',
  reduce: 'reduce|reduces|reducing|cut|cuts|cutting|lower|lowers|lowering|decrease|decreases|decreasing|drop|drops|shrink|shrinks|bring down|brings down',
  raise: 'raise|raises|raising|increase|increases|increasing|boost|boosts|grow|grows|lift|lifts',
  bring: 'bring|brings|get|gets|move|moves|take|takes|change|changes',
  improve: 'improve|improves|improving',
  keep: 'keep|keeps|keeping|hold|holds|maintain|maintains|maintaining|limit|limits|cap|caps',
  stay: 'stays|stay|remains|remain|keeps|is kept|are kept|kept|holds|staying|is held|be kept',
  aux: 'is|are|be|being|will|shall|should|must|has to|have to|needs to|need to|is expected to|is to|gets|becomes|should be|must be|will be|to be',
  not: "not|does not|do not|doesn't|don't|is not|isn't|are not|aren't|will not|won't|must not|mustn't|should not|shouldn't|cannot|can not|can't|may not|has not|shall not|to not",
  never: 'never|at no time',
  below: '<|<=|below|under|less than|lower than|smaller than|fewer than|beneath',
  above: '>|>=|above|over|more than|greater than|higher than|larger than|beyond',
  atMost: 'at most|no more than|not more than|no greater than|not greater than|no higher than|not higher than|no larger than|maximum|maximum of|a maximum of|max|max.|up to|not above|not over|no slower than|at or below|at or under|less than or equal to|below or equal to|capped at|limited to|not exceeding',
  atLeast: 'at least|minimum of|a minimum of|at or above|greater than or equal to|more than or equal to',
  notLess: 'no less than|not less than|no lower than|not lower than|no fewer than|not fewer than|not below|not under|no smaller than',
  orLess: 'or less|or lower|or fewer|or below|or better lower|or under|or smaller|at most|max|maximum',
  orMore: 'or more|or higher|or greater|or above|or over|at least|minimum|plus',
  lower: 'lower|less|fewer|smaller|cheaper|reduction|decrease|drop|shorter',
  higher: 'higher|more|greater|larger|bigger|increase|rise|longer',
  beneath: 'below|under',
  beyond: 'above|over',
  faster: 'faster|quicker|speed-up|speedup',
  slower: 'slower',
  worse: 'worse|get worse|gets worse|worsen|worsens|degrade|degrades|degraded|regress|regresses|regressed|deteriorate|deteriorates|suffer|suffers',
  change: 'change|changes|move|moves|vary|varies',
  unchanged: 'unchanged|the same|flat|stable|steady|constant|at baseline|at the baseline|as it is|as is|equal to baseline|at its baseline|at current level|at the current level|at current levels|at today\'s level|at today\'s value|roughly the same',
  regression: 'regression|regressions|degradation|deterioration|worsening',
  increaseNoun: 'increase|rise|growth|increases|rises|uptick',
  decreaseNoun: 'decrease|drop|fall|decline|loss|reduction|decreases|drops|dip',
  changeNoun: 'change|changes|difference',
  halves: 'halves|halve|halved|is halved|cut in half|cut by half|in half',
  doubles: 'doubles|double|doubled|is doubled',
  triples: 'triples|triple|tripled|trebles|treble',
  quadruples: 'quadruples|quadruple|quadrupled',
  baseline: "baseline|the baseline|its baseline|today|today's|today's value|today's level|today's baseline|now|before|the current value|the current level|current value|current level|current|the current baseline|the present value|present value|present|currently|before the change|the value before|the old value|the status quo|its current value|its current level|its value today",
  ofItself: 'of its value|of its current value|of its baseline|of baseline|of the baseline|of today|of today\'s value|of the current value|relative|relatively|in relative terms|of current|of current level|of its level|of today\'s level|of the current level',
  points: 'percentage points|percentage point|percent points|per cent points|points|pp|pts|ppt',
  percent: 'percent|per cent|pct',
  half: 'half|one half|a half',
  third: 'a third|one third|one-third',
  twoThirds: 'two thirds|two-thirds',
  quarter: 'a quarter|one quarter|a fourth|one fourth',
  threeQuarters: 'three quarters|three-quarters|three fourths',
  factorOf: 'a factor of|a factor|factor|factor of',
  peak: 'at peak|at the peak|during peak|during the peak|at peak hours|at peak times|at peak time|in peak hours|during peak hours|during the peak hours|in the peak hours|at the peak hours|during peak times|in the busiest hours|at the busiest hours|during the busiest hours',
  busiestLead: 'at the|in the|during the|at|in|during',
  when: 'when|while|whenever|where|as long as|if',
  forEach: 'for each|for every|in each|in every|on each|on every|per',
  compared: 'compared with|compared to|in comparison with|in comparison to|relative to|versus|vs|vs.|against|as compared to|as compared with',
  forMoreThan: 'for more than|for longer than|longer than|for over|for more than a total of',
  burns: 'burns|burn|uses|use|consumes|consume|spends|spend',
  budget: 'of budget|of the budget|of its budget|of the error budget|of its error budget|of error budget|budget|error budget|of slo budget|of the slo budget',
  doneBy: 'by|no later than|not later than|not after|at or before|before|finishes by|finished by|completes by|completed by|done by|is done by|finishes before|ends by|ends before|ready by|lands by|complete by|completed before|done before',
  within: 'within|within ±|inside|in the range|in the range of|in a range of|in range|in',
  about: 'about|around|roughly|approximately|approx|approx.|circa|ca|ca.|nearly|almost|~',
  article: 'the|our|a|an|overall',
  today: "down from|up from|today|currently|now|current|current value|today's value|baseline|was|is|from|at present|value today|as of today|today it is|measured|observed",
} as const;

export type Meaning = keyof typeof PHRASES;

/** The phrases of a meaning as lists of lower-case words, longest first. */
export const WORDS: ReadonlyMap<Meaning, readonly (readonly string[])[]> = new Map(
  (Object.entries(PHRASES) as [Meaning, string][]).map(([meaning, phrases]) => [
    meaning,
    phrases.split('|').map((phrase) => phrase.split(' ')).sort((a, b) => b.length - a.length),
  ]),
);

/** The same by the first word of each phrase, so that a look at a token costs one look-up. */
export const WORDS_BY_FIRST: ReadonlyMap<Meaning, ReadonlyMap<string, readonly (readonly string[])[]>> = new Map(
  [...WORDS].map(([meaning, phrases]) => [meaning, Map.groupBy(phrases, ([first = '']) => first)]),
);
