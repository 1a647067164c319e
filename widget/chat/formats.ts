/** Times, sizes and shares of a whole as the reader's language writes them. Knows no texts. */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

export class Formats {
  readonly locale: string;
  readonly #time: Intl.DateTimeFormat;
  readonly #percent: Intl.NumberFormat;

  /** @param locale BCP 47. */
  constructor(locale: string) {
    this.locale = locale;
    this.#time = new Intl.DateTimeFormat(locale, {hour: 'numeric', minute: '2-digit'});
    this.#percent = new Intl.NumberFormat(locale, {style: 'percent'});
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
    return new Intl.NumberFormat(this.locale, {
      style: 'unit',
      unit: UNITS[step] ?? 'byte',
      unitDisplay: step === 0 ? 'long' : 'short',
      maximumFractionDigits: bytes / 1000 ** step < 10 ? 1 : 0,
    }).format(bytes / 1000 ** step);
  }
}
