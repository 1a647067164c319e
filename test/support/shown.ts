/** How a table's rows are called in the names of tests. */

/** Enough of a value to find its row again. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value, (_key, each: unknown) =>
    ['bigint', 'symbol', 'function'].includes(typeof each) ? String(each) : each,
  );
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}
