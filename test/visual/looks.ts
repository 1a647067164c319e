/** In which looks every screen is drawn: themes, directions, sizes. */

export interface Look {
  /** Of its files, and of its test. */
  readonly name: string;
  readonly theme: 'light' | 'dark';
  readonly dir: 'ltr' | 'rtl';
  readonly width: number;
  readonly height: number;
  /** As a system with high contrast asks for. */
  readonly isForced?: boolean;
}

/** A narrow column of a page, a telephone, a wide part of a page. */
const SIZES = [
  [240, 400],
  [320, 560],
  [720, 480],
] as const;

/** Those of one size and direction follow each other: they are of one page. */
export const LOOKS: readonly Look[] = SIZES.flatMap(([width, height]) =>
  (['ltr', 'rtl'] as const).flatMap((dir) => {
    const size = {dir, width, height};
    const looks = [
      {...size, theme: 'light'},
      {...size, theme: 'dark'},
      // Its colours are the system's, whatever the size.
      ...(width === 320 && dir === 'ltr'
        ? [{...size, theme: 'dark', isForced: true} as const]
        : []),
    ] as const;
    return looks.map((look) => ({...look, name: nameOf(look)}));
  }),
);

function nameOf({theme, dir, width, height, isForced}: Omit<Look, 'name'>): string {
  return [`${width}x${height}`, theme, dir, ...(isForced ? ['forced'] : [])].join('-');
}
