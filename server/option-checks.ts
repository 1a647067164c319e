/**
 * What the table of options cannot say of a single one: which belong together, which are misspelt,
 * and how a wrong one is told. It does not know where the values came from.
 */
import {OptionError, type NameOption} from './option-readers.js';
import {OPTION_KEYS, OPTIONS, type RelayOptionValues} from './options.js';

function fail(sentence: (name: NameOption) => string): never {
  throw new OptionError(sentence);
}

/** Checks what no single option can say of itself. */
export function checkTogether(values: RelayOptionValues): RelayOptionValues {
  const {cert, key, turnUrl, turnSecret} = values;
  if (cert !== undefined && key === undefined) {
    fail((name) => `${name('cert')} needs ${name('key')}: the private key of that certificate.`);
  }
  if (key !== undefined && cert === undefined) {
    fail((name) => `${name('key')} needs ${name('cert')}: the certificate of that key.`);
  }
  if (turnUrl.length > 0 && turnSecret === undefined) {
    const why = 'browsers refuse a TURN server without credentials';
    fail((name) => `${name('turnUrl')} needs ${name('turnSecret')}: ${why}.`);
  }
  if (turnSecret !== undefined && turnUrl.length === 0) {
    const why = 'there is no TURN server to make credentials for';
    fail((name) => `${name('turnSecret')} needs ${name('turnUrl')}: ${why}.`);
  }
  checkTokens(values);
  return {...values, https: values.https || cert !== undefined};
}

function checkTokens(values: RelayOptionValues): void {
  const {tokenSecret, jwksUrl, resumeSecret} = values;
  if (tokenSecret !== undefined && jwksUrl !== undefined) {
    fail(
      (name) =>
        `Access tokens are checked by ${name('tokenSecret')} or ${name('jwksUrl')}, not both.`,
    );
  }
  if (tokenSecret !== undefined && tokenSecret === resumeSecret) {
    const why = 'or everybody who connects is given tokens that it signs';
    fail((name) => `${name('tokenSecret')} must differ from ${name('resumeSecret')}, ${why}.`);
  }
  if (tokenSecret !== undefined || jwksUrl !== undefined) return;
  for (const key of ['requireToken', 'tokenIssuer', 'tokenAudience'] as const) {
    if (values[key] === undefined || values[key] === false) continue;
    const why = 'tokens could not be checked';
    fail((name) => `${name(key)} needs ${name('tokenSecret')} or ${name('jwksUrl')}: ${why}.`);
  }
}

/** Refuses what is misspelt: unheard, it would be a default that nobody chose. @throws {OptionError} */
export function refuseUnknown(given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const stem = name.toLowerCase();
    const near = known.find((each) => each.toLowerCase() === stem || each.startsWith(name));
    const hint = near === undefined ? '' : ` Did you mean ${near}?`;
    throw new OptionError(`There is no option ${name}.${hint}`);
  }
}

/** Options given from a program, completed and checked. @throws {OptionError} */
export function completeOptions(given: Partial<RelayOptionValues>): RelayOptionValues {
  const values: Partial<Record<keyof RelayOptionValues, unknown>> = {};
  for (const key of OPTION_KEYS) {
    values[key] = given[key] === undefined ? OPTIONS[key].fallback : readOne(key, given[key], key);
  }
  return checkTogether(values as RelayOptionValues);
}

/** @param name how the option is called where it was given, for the sentence */
export function readOne(key: keyof RelayOptionValues, value: unknown, name: string): unknown {
  try {
    return OPTIONS[key].read(value);
  } catch (error) {
    if (error instanceof OptionError) throw new OptionError(`${name} ${error.message}.`);
    throw error;
  }
}
