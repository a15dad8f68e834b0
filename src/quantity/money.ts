// Prints amounts of money the way a reviewer reads them: `$140`, `+$140/month`, `€1,200`.

const SYMBOLS: ReadonlyMap<string, string> = new Map([['USD', '$'], ['EUR', '€'], ['GBP', '£'], ['JPY', '¥'], ['INR', '₹']]);

/** An amount without its sign; cents only below 10, thousands grouped: 8.5 → `$8.50`, 1200 → `$1,200`. */
export function renderMoney(amount: number, currency: string): string {
  const size = Math.abs(amount);
  const digits = size < 10 && !Number.isInteger(size) ? size.toFixed(2) : grouped(Math.round(size));
  const symbol = SYMBOLS.get(currency.toUpperCase());
  return symbol === undefined ? `${digits} ${currency}` : `${symbol}${digits}`;
}

/** A monthly difference with its sign: `+$140/month`, `−$300/month`, `±$0/month`. */
export function renderMonthlyDelta(delta: number, currency: string): string {
  const rounded = Math.abs(delta) < 0.005 ? 0 : delta;
  const sign = rounded === 0 ? '±' : rounded > 0 ? '+' : '−';
  return `${sign}${renderMoney(rounded, currency)}/month`;
}

function grouped(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
