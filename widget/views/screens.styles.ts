/**
 * The looks of a stage on which screens are shared: they have the large place, the cameras become a
 * strip below them, or beside them where the box is wide. Colours come from `tokens.styles.ts`.
 */
import {css} from 'lit';

export const screensStyles = css`
  .control[data-sharing] {
    --_fill: var(--_brand);
    color: var(--_on-accent);
    border-color: transparent;
    forced-color-adjust: none;
  }
  .stage:has(.screens) {
    grid-template: minmax(0, 1fr) auto auto / minmax(0, 1fr);
  }
  .screens {
    min-block-size: 0;
    margin: var(--_gap);
    margin-block-end: 0;
    display: grid;
    grid: auto-flow minmax(0, 1fr) / repeat(auto-fit, minmax(min(100%, 20rem), 1fr));
    gap: var(--_gap);
  }
  .screens .tile {
    inline-size: 100%;
    block-size: 100%;
    background: #0c1416;
  }
  .screens video {
    position: absolute;
    object-fit: contain;
  }
  .screens + .tiles {
    block-size: clamp(3.5rem, 20cqb, 8rem);
  }
  .screens + .tiles .tile {
    max-inline-size: 14rem;
  }
  .screens + [data-layout='duo'] [data-own] {
    position: relative;
    inset: auto;
    z-index: auto;
    inline-size: calc((100% - (var(--_columns) - 1) * var(--_gap)) / var(--_columns));
    block-size: calc((100% - (var(--_rows) - 1) * var(--_gap)) / var(--_rows));
    aspect-ratio: auto;
    box-shadow: none;
  }
  @container room (aspect-ratio < 4 / 5) {
    .screens + .tiles {
      block-size: clamp(3.5rem, 30cqb, 14rem);
    }
  }
  @container room (width >= 30rem) and (aspect-ratio > 4 / 3) {
    .stage:has(.screens) {
      grid-template: minmax(0, 1fr) auto / minmax(0, 1fr) clamp(8rem, 18cqi, 14rem);
    }
    .stage:has(.screens) .bar {
      grid-column: 1 / -1;
    }
    .screens + .tiles {
      block-size: auto;
      margin-inline-start: 0;
    }
    .screens + .tiles .tile {
      max-inline-size: none;
      max-block-size: 10rem;
    }
  }
  @container tile (width < 6rem) {
    .tiles .veil {
      font-size: 0;
    }
    .tiles .spinner {
      display: block;
      font-size: 0.875rem;
    }
  }
  /* "Восстанавливаем" is as wide as that, and the tile too low for a second line of it. */
  @container tile (width < 7rem) {
    .screens + .tiles .veil {
      font-size: 0;
    }
    .screens + .tiles .spinner {
      display: block;
      font-size: 0.875rem;
    }
  }
  @container tile (height < 3.5rem) {
    .screens + .tiles .name {
      inset-block-end: 0.125rem;
      inset-inline-start: 0.125rem;
      max-inline-size: calc(100% - 0.25rem);
      padding: 0 0.25rem;
      font-size: 0.625em;
    }
  }
`;
