/** Changing frozen values: what has not changed stays the same object. Knows nothing of calls. */

/** The same object if nothing in `change` differs. */
export function merge<T extends object>(value: T, change: Partial<T>): T {
  const keys = Object.keys(change) as (keyof T)[];
  return keys.every((key) => Object.is(value[key], change[key]))
    ? value
    : freeze({...value, ...change});
}

export function freeze<T extends object>(value: T): T {
  Object.values(value).forEach((member) => Array.isArray(member) && Object.freeze(member));
  return Object.freeze(value);
}
