/** Times, sizes and shares of a whole as the reader's language writes them. Knows no texts. */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export class Formats {
  readonly #locale: string | undefined;
  readonly #time: Intl.DateTimeFormat;
  readonly #percent: Intl.NumberFormat;

  /** @param lang BCP 47; one that there is not, or none, is the browser's. */
  constructor(lang: string) {
    this.#locale = localeOf(lang);
    this.#time = new Intl.DateTimeFormat(this.#locale, {hour: 'numeric', minute: '2-digit'});
    this.#percent = new Intl.NumberFormat(this.#locale, {style: 'percent'});
  }

  time(at: number): string {
    return this.#time.format(at);
  }

  /** Never "100 %" before it is so. */
  percent(part: number, whole: number): string {
    const share = whole > 0 ? part / whole : 0;
    return this.#percent.format(Math.floor(share * 100) / 100);
  }

  size(bytes: number): string {
    let step = 0;
    // What would be rounded up to 1000 of one unit is 1 of the next.
    while (step < UNITS.length - 1 && bytes / 1000 ** step >= 999.5) step++;
    return new Intl.NumberFormat(this.#locale, {
      style: 'unit',
      unit: UNITS[step] ?? 'byte',
      unitDisplay: step === 0 ? 'long' : 'short',
      maximumFractionDigits: bytes / 1000 ** step < 10 ? 1 : 0,
    }).format(bytes / 1000 ** step);
  }
}

/** The language in which the element stands. */
export function langOf(host: HTMLElement): string {
  const nearest = host.closest<HTMLElement>('[lang]:not([lang=""])');
  return nearest?.lang ?? document.documentElement.lang;
}

function localeOf(lang: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(lang)[0];
  } catch {
    // A page may write anything into its `lang`.
    return undefined;
  }
}
