/** The looks of the panel in which devices are chosen. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const devicesStyles = css`
  .devices {
    display: grid;
    align-content: start;
    gap: 1.5rem;
    padding: 0.25rem var(--_pad) var(--_pad);
    overflow: auto;
  }
  .device {
    display: grid;
    gap: 0.5rem;
  }
  .device .field {
    grid-template-columns: minmax(0, 1fr);
  }
  .device select {
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding-inline: 0.75rem 2.25rem;
    font: inherit;
    font-weight: 400;
    text-overflow: ellipsis;
    color: inherit;
    appearance: none;
    background: var(--_surface);
    /* The arrow, drawn by its two strokes. */
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(-45deg, transparent 50%, currentColor 50%);
    background-repeat: no-repeat;
    background-size: 0.3125rem 0.3125rem;
    background-position:
      calc(100% - 1.3125rem) 50%,
      calc(100% - 1rem) 50%;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
  }
  [dir='rtl'] .device select {
    background-position:
      1rem 50%,
      1.3125rem 50%;
  }
  .device select:disabled {
    color: var(--_muted);
  }
  .device .button {
    justify-self: start;
  }
  .switch {
    display: flex;
    align-items: center;
    gap: 0.625rem;
    min-block-size: 2.75rem;
  }
  .switch input {
    inline-size: 1.25rem;
    block-size: 1.25rem;
    accent-color: var(--_accent);
  }
  .device-hint {
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .own-preview {
    inline-size: 100%;
    aspect-ratio: 16 / 9;
    object-fit: cover;
    transform: scaleX(-1);
    background: var(--_stage);
    border-radius: var(--_radius-s);
  }
  .level {
    position: relative;
    block-size: 0.5rem;
    overflow: hidden;
    background: var(--_soft);
    border-radius: var(--_round);
  }
  .level::after {
    content: '';
    position: absolute;
    inset: 0;
    background: var(--_accent);
    border-radius: inherit;
    forced-color-adjust: none;
    transform: scaleX(var(--level, 0));
    transform-origin: left;
    transition: transform 0.1s linear;
  }
  [dir='rtl'] .level::after {
    transform-origin: right;
  }
  @media (prefers-reduced-motion: reduce) {
    .level::after {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    /* A drawn arrow would be taken away with the other pictures behind texts. */
    .device select {
      appearance: auto;
    }
    .level {
      border: 1px solid CanvasText;
    }
    /* The drawn arrow goes with all other backgrounds. */
    .device select {
      appearance: auto;
    }
  }
`;
