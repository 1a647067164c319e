/** What the bundle renames must not be a property of anything that a browser gives. */
import {expect} from 'chai';
import {INTERNAL_NAMES} from '../../scripts/lib/internal-names.mjs';

it('no internal name is one of the platform’s', () => {
  const known = new Set<string>();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    known.add(name);
    const value: unknown = Reflect.get(globalThis, name);
    if (typeof value !== 'function') continue;
    const prototype: unknown = Reflect.get(value, 'prototype');
    for (const owner of [value, prototype]) {
      if (owner === null || owner === undefined) continue;
      for (const property of Object.getOwnPropertyNames(owner)) known.add(property);
    }
  }
  expect(known.size).to.be.greaterThan(2000);
  expect(INTERNAL_NAMES.filter((name) => known.has(name))).to.deep.equal([]);
});
