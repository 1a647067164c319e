/** The looks of a call: stage, tiles, controls, prompt, notices. Loaded with the engine; colours come from the tokens of `video-chat-room.styles.ts`. */
import {css, unsafeCSS} from 'lit';
import {MAX_SIDE} from './tile-layout.js';

/** A style attribute would be simpler, and a strict content security policy forbids it. */
const sides = unsafeCSS(
  Array.from(
    {length: MAX_SIDE - 1},
    (_, index) =>
      `[data-columns='${index + 2}']{--_columns:${index + 2}}[data-rows='${index + 2}']{--_rows:${index + 2}}`,
  ).join(''),
);

export const callStyles = css`
  .card[data-tone='busy'] .mark,
  .knock {
    position: relative;
  }
  [data-tone='busy'] .mark::after,
  .knock::before,
  .knock::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid var(--_accent);
    border-radius: inherit;
    animation: ripple 2s ease-out infinite;
  }
  .knock {
    inline-size: 0.875rem;
    block-size: 0.875rem;
    margin: 0.625rem;
    border-radius: 50%;
    background: var(--_accent);
  }
  .knock::after {
    animation-delay: 1s;
  }
  @keyframes ripple {
    from {
      transform: scale(1);
      opacity: 0.7;
    }
    to {
      transform: scale(2.2);
      opacity: 0;
    }
  }
  .stage {
    position: relative;
    min-block-size: 0;
    min-inline-size: 0;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    background: var(--_stage);
    border-radius: inherit;
    overflow: hidden;
  }
  .stage:focus {
    outline: none;
  }
  .tiles {
    position: relative;
    min-block-size: 0;
    margin: var(--_gap);
    margin-block-end: 0;
    display: flex;
    flex-wrap: wrap;
    gap: var(--_gap);
    justify-content: center;
    align-content: center;
    --_columns: 1;
    --_rows: 1;
  }
  ${sides}
  .tile {
    --_tint: #4d7a86;
    position: relative;
    inline-size: calc((100% - (var(--_columns) - 1) * var(--_gap)) / var(--_columns));
    block-size: calc((100% - (var(--_rows) - 1) * var(--_gap)) / var(--_rows));
    display: grid;
    place-items: center;
    overflow: hidden;
    border-radius: var(--_radius-s);
    background: light-dark(
      color-mix(in oklab, var(--_tint) 24%, #ffffff),
      color-mix(in oklab, var(--_tint) 30%, #12181a)
    );
  }
  [data-hue='1'] {
    --_tint: #7a6aa8;
  }
  [data-hue='2'] {
    --_tint: #a8675c;
  }
  [data-hue='3'] {
    --_tint: #5e8a56;
  }
  [data-hue='4'] {
    --_tint: #a17c3c;
  }
  [data-hue='5'] {
    --_tint: #4a72ad;
  }
  .tile > * {
    grid-area: 1 / 1;
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
    letter-spacing: 0.01em;
    color: #ffffff;
    background: color-mix(in oklab, var(--_tint, #4d7a86) 78%, #10181a);
  }
  .tile {
    container: tile / size;
  }
  .avatar {
    inline-size: clamp(2.25rem, 34cqmin, 7rem);
    font-size: clamp(0.875rem, 12cqmin, 2.5rem);
  }
  [data-layout='duo'] [data-own] {
    position: absolute;
    inset-block-end: 0.75rem;
    inset-inline-end: 0.75rem;
    inline-size: clamp(5.25rem, 24cqi, 13rem);
    block-size: auto;
    aspect-ratio: 4 / 3;
    box-shadow:
      0 0 0 2px var(--_stage),
      0 6px 20px rgb(0 0 0 / 0.25);
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
    font-weight: 550;
    color: #ffffff;
    background: rgb(12 20 22 / 0.72);
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
  .veil {
    inline-size: 100%;
    block-size: 100%;
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.625rem;
    font-weight: 550;
    font-size: 0.9375em;
    color: #ffffff;
    background: rgb(12 20 22 / 0.66);
    z-index: 1;
  }
  .veil + .name {
    z-index: 1;
  }
  .spinner {
    flex: none;
    inline-size: 1em;
    block-size: 1em;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    border-radius: 50%;
    animation: spin 0.9s linear infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(1turn);
    }
  }
  .lobby {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 0.625rem;
    padding: 0.875rem clamp(0.875rem, 4cqi, 1.75rem) 0.25rem;
    text-align: center;
  }
  .lobby-room {
    max-inline-size: 100%;
    padding: 0.125rem 0.75rem;
    font-weight: 600;
    color: var(--_accent);
    background: var(--_soft);
    border-radius: 999px;
    overflow-wrap: anywhere;
  }
  .lobby .button {
    margin-block-start: 0.25rem;
    background: var(--_surface);
  }
  .stage[data-lobby] {
    grid-template: minmax(0, 1fr) auto auto / minmax(0, 1fr);
  }
  .bar {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    align-items: center;
    gap: 0.75rem;
    padding: 0.75rem clamp(0.75rem, 2cqi, 1.25rem);
  }
  .where {
    display: grid;
    line-height: 1.3;
    min-inline-size: 0;
  }
  .room-name {
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .signal {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .controls {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.625rem;
  }
  .control {
    position: relative;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-inline-size: 3rem;
    min-block-size: 3rem;
    padding: 0;
    font: inherit;
    font-weight: 600;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: 999px;
    cursor: pointer;
    transition: background 0.15s;
  }
  .control .icon {
    inline-size: 1.375rem;
    block-size: 1.375rem;
  }
  .control:hover {
    background: color-mix(in oklab, var(--_text) 9%, var(--_surface));
  }
  .control[data-off] {
    color: var(--_surface);
    background: var(--_text);
    border-color: transparent;
  }
  .control[data-off]:hover {
    background: color-mix(in oklab, var(--_text) 85%, var(--_surface));
  }
  .control[data-problem]::after {
    content: '!';
    position: absolute;
    inset-block-start: -0.25rem;
    inset-inline-end: -0.25rem;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    font-size: 0.875rem;
    font-weight: 750;
    line-height: 1.25rem;
    color: var(--_on-danger);
    background: var(--_danger);
    border-radius: 50%;
    box-shadow: 0 0 0 2px var(--_stage);
  }
  .leave {
    padding-inline: 1.125rem;
    color: var(--_on-danger);
    background: var(--_danger);
    border-color: transparent;
  }
  .leave:hover {
    background: color-mix(in oklab, var(--_danger) 86%, var(--_text));
  }
  .prompt {
    position: absolute;
    z-index: 3;
    inset-block-start: clamp(0.5rem, 3cqi, 1.25rem);
    inset-inline: 0.5rem;
    margin-inline: auto;
    max-inline-size: 26rem;
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.875rem;
    padding: 1rem;
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
    box-shadow:
      0 1px 2px rgb(0 0 0 / 0.12),
      0 12px 36px rgb(0 0 0 / 0.22);
    animation: arrive 0.25s ease-out;
  }
  @keyframes arrive {
    from {
      transform: translateY(-0.75rem);
      opacity: 0;
    }
  }
  .caller {
    inline-size: 2.75rem;
    block-size: 2.75rem;
    align-self: center;
  }
  .prompt-title {
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  .prompt-words .text {
    font-size: 0.875em;
  }
  .prompt-actions {
    grid-column: 1 / -1;
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 0.625rem;
  }
  .notices {
    position: absolute;
    z-index: 2;
    inset-block-end: 4.75rem;
    inset-inline: 0.75rem;
    display: grid;
    justify-items: center;
    gap: 0.5rem;
    pointer-events: none;
  }
  .notice {
    pointer-events: auto;
    display: flex;
    align-items: center;
    gap: 0.5rem;
    max-inline-size: min(100%, 32rem);
    padding: 0.25rem 0.25rem 0.25rem 0.875rem;
    padding-inline: 0.875rem 0.25rem;
    font-size: 0.9375em;
    line-height: 1.35;
    color: light-dark(#f3f7f7, #12191b);
    background: light-dark(#223033, #dfe8e8);
    border-radius: 0.875rem;
    box-shadow: 0 6px 20px rgb(0 0 0 / 0.22);
    animation: rise 0.2s ease-out;
  }
  @keyframes rise {
    from {
      transform: translateY(0.5rem);
      opacity: 0;
    }
  }
  .notice[data-problem] {
    border-inline-start: 4px solid light-dark(#ff8a93, #bf2f3f);
  }
  .dismiss {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 2.25rem;
    block-size: 2.25rem;
    padding: 0;
    font: inherit;
    color: inherit;
    background: transparent;
    border: 0;
    border-radius: 50%;
    cursor: pointer;
  }
  .dismiss:hover {
    background: color-mix(in oklab, currentColor 15%, transparent);
  }
  .dismiss:focus-visible {
    outline-color: currentColor;
    outline-offset: -3px;
  }
  .dismiss .icon {
    inline-size: 1rem;
    block-size: 1rem;
  }
  .hear {
    position: absolute;
    z-index: 2;
    inset-block-start: 50%;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: fit-content;
    translate: 0 -50%;
    box-shadow: 0 6px 24px rgb(0 0 0 / 0.3);
  }
  @container room (width >= 40rem) {
    .stage[data-lobby] {
      grid-template: minmax(0, 1fr) auto / minmax(0, 1.6fr) minmax(15rem, 1fr);
    }
    .stage[data-lobby] .bar {
      grid-column: 1 / -1;
    }
  }
  @container room (width < 36rem) {
    .bar {
      grid-template-columns: minmax(0, 1fr);
      padding-block: 0.625rem;
    }
    .where {
      position: absolute;
      z-index: 1;
      inset-block-start: calc(var(--_gap) + 0.5rem);
      inset-inline-start: calc(var(--_gap) + 0.5rem);
      max-inline-size: calc(100% - 2 * var(--_gap) - 1rem);
      padding: 0.125rem 0.625rem;
      font-size: 0.875em;
      color: #ffffff;
      background: rgb(12 20 22 / 0.72);
      border-radius: 0.5rem;
    }
    .signal {
      color: inherit;
    }
    .stage[data-lobby] .where {
      display: none;
    }
    .notices {
      inset-block-end: 5rem;
    }
  }
  @container room (width < 18rem) {
    .leave {
      padding: 0;
    }
    .control-label {
      position: absolute;
      clip-path: inset(50%);
    }
    .controls {
      gap: 0.5rem;
    }
    [data-layout='duo'] [data-own] .name {
      display: none;
    }
  }
  @container room (height < 22rem) {
    .stage[data-lobby] .text,
    .knock {
      display: none;
    }
    .bar {
      padding-block: 0.375rem;
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
  @media (forced-colors: active) {
    .tile,
    .prompt,
    .notice,
    .control {
      border: 1px solid CanvasText;
    }
    .control[data-off] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
`;
