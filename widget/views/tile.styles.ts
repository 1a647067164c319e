/** The looks of one tile: picture, initials, name, veil. Its size is the stage's business. */
import {css} from 'lit';

export const tileStyles = css`
  .tile {
    container: tile / size;
    position: relative;
    inline-size: calc((100% - (var(--_columns) - 1) * var(--_gap)) / var(--_columns));
    block-size: calc((100% - (var(--_rows) - 1) * var(--_gap)) / var(--_rows));
    display: grid;
    place-items: center;
    border-radius: var(--_radius-s);
    background: light-dark(
      color-mix(in oklab, var(--_tint) 24%, #fff),
      color-mix(in oklab, var(--_tint) 30%, #12181a)
    );
  }
  [inert] {
    position: absolute;
    opacity: 0.01;
  }
  [data-hue] {
    --_tint: #4d7a86;
  }
  [data-hue='1'] {
    --_tint: #7a6aa8;
  }
  [data-hue='2'] {
    --_tint: #a85c74;
  }
  [data-hue='3'] {
    --_tint: #5e8a56;
  }
  [data-hue='4'] {
    --_tint: #94628f;
  }
  [data-hue='5'] {
    --_tint: #4a72ad;
  }
  .tile > * {
    grid-area: 1 / 1;
  }
  /* In a small one they would stand out. A picture that moves needs no more than its own corners. */
  .tile:has(.avatar, .veil) {
    overflow: hidden;
  }
  video {
    inline-size: 100%;
    block-size: 100%;
    min-block-size: 0;
    object-fit: cover;
    border-radius: inherit;
  }
  [data-own] video {
    transform: scaleX(-1);
  }
  [data-camera-off] video {
    visibility: hidden;
  }
  .avatar,
  .caller {
    display: grid;
    place-items: center;
    aspect-ratio: 1;
    border-radius: 50%;
    font-weight: 600;
    color: #fff;
    background: color-mix(in oklab, var(--_tint) 78%, #10181a);
  }
  .avatar {
    inline-size: clamp(2.25rem, 34cqmin, 7rem);
    font-size: clamp(0.875rem, 12cqmin, 2.5rem);
  }
  .name {
    position: absolute;
    inset-block-end: 0.5rem;
    inset-inline-start: 0.5rem;
    max-inline-size: calc(100% - 1rem);
    display: flex;
    align-items: center;
    gap: 0.375rem;
    padding: 0.125rem 0.5rem;
    font-size: 0.8125em;
    border-radius: 0.5rem;
  }
  .name > span:first-child:not(.mark-off),
  .mark-off + span {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .mark-off {
    display: inline-flex;
    color: #ffb3b8;
  }
  .name,
  .veil {
    font-weight: 550;
    color: #fff;
    background: var(--_scrim);
  }
  .veil {
    z-index: 1;
    place-self: stretch;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--_space);
    padding-block-end: 1.875rem;
    font-size: 0.9375em;
  }
  .veil + .name {
    z-index: 1;
  }
  .spinner {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    border: 2px solid;
    border-radius: 50%;
    /* A quarter of the ring is open. Forced colours would paint a transparent part of the border. */
    clip-path: inset(0 15% 0 0);
    animation: spin 0.9s linear infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }
  @container tile (width < 11rem) {
    .veil {
      flex-direction: column;
      gap: 0.25rem;
      font-size: 0.75em;
    }
  }
  @container tile (height < 5rem) {
    .veil .spinner {
      display: none;
    }
  }
  @container tile (width < 8rem) {
    .name {
      inset-block-end: 0.25rem;
      inset-inline-start: 0.25rem;
      max-inline-size: calc(100% - 0.5rem);
      padding-inline: 0.375rem;
      font-size: 0.6875em;
    }
  }
  @media (forced-colors: active), (prefers-contrast: more) {
    .tile,
    .avatar,
    .caller {
      border: 1px solid;
    }
  }
`;
