/** The looks of the panel beside a call and of the buttons that open one. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const panelStyles = css`
  .panel {
    grid-area: 1 / 2;
    z-index: 2;
    inline-size: clamp(16rem, 34cqi, 22rem);
    min-block-size: 0;
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    background: var(--_surface);
    border-inline-start: 1px solid var(--_border);
    border-start-end-radius: inherit;
    border-end-end-radius: inherit;
    overflow: hidden;
  }
  .panel-head {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    padding: 0.75rem;
    padding-inline-start: 1rem;
  }
  .panel-head > h2 {
    margin-inline-end: auto;
  }
  .panel-wait {
    place-self: center;
    font-size: 1.5em;
    color: var(--_muted);
  }
  .close {
    min-block-size: 0;
    padding: 0.625rem;
    border: 0;
    border-radius: 50%;
  }
  .badge,
  [data-badge]::after {
    content: attr(data-badge);
    min-inline-size: 1.25rem;
    padding-inline: 0.3125rem;
    font-size: 0.75rem;
    font-weight: 650;
    line-height: 1.25rem;
    text-align: center;
    color: var(--_accent);
    background: var(--_soft);
    border-radius: var(--_round);
    forced-color-adjust: none;
  }
  [data-news]::after {
    color: var(--_on-accent);
    background: var(--_brand);
  }
  [data-badge]::after {
    position: absolute;
    inset-block-start: -0.25rem;
    inset-inline-end: -0.25rem;
    box-shadow: 0 0 0 2px var(--_stage);
  }
  .control[aria-expanded='true'] {
    --_fill: var(--_soft);
    color: var(--_accent);
    border-color: var(--_accent);
    forced-color-adjust: none;
  }
  /* It would take a second row of buttons, and that from the pictures: Leave is known by its icon and colour. */
  @container room (width < 28rem) {
    [data-crowded] {
      padding: 0;
    }
    [data-crowded] .control-label {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  @container room (width < 36rem) {
    [data-crushed] {
      padding: 0;
    }
    [data-crushed] .control-label {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  .panel-bar {
    grid-area: 1 / 1;
    z-index: 1;
    place-self: start end;
    display: flex;
    gap: 0.5rem;
    padding: 0.75rem;
  }
  .panel-bar [data-badge]::after {
    box-shadow: 0 0 0 2px var(--_surface);
  }
  @container room (width < 40rem) {
    .panel {
      grid-area: auto;
      position: absolute;
      inset: 0;
      inline-size: auto;
      border: 0;
      border-radius: inherit;
    }
    .base:has(.panel) :is(.main, .panel-bar) {
      visibility: hidden;
    }
  }
  @media (forced-colors: active) {
    .control[aria-expanded='true'] {
      --_fill: var(--_brand);
      color: var(--_on-accent);
    }
  }
`;
