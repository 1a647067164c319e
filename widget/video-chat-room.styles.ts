/** The looks of the element outside a call, and of what every screen shares: buttons, fields, focus. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';
import {tokens} from './tokens.styles.js';
import {formStyles} from './views/form.styles.js';

export const styles = [
  tokens,
  formStyles,
  css`
    :host([hidden]) {
      display: none;
    }
    *,
    ::before,
    ::after {
      box-sizing: border-box;
    }
    /*
     * What a page's headline, its code or a page that is read from top to bottom would hand down, or its
     * rule for every element: nothing of it but the letters, their size and what hides the whole.
     */
    .base {
      all: initial;
      box-sizing: border-box;
      font-size: inherit;
      color-scheme: inherit;
      -webkit-text-size-adjust: inherit;
      font-family: inherit;
      visibility: inherit;
      pointer-events: inherit;
      color: var(--_text);
      line-height: 1.5;
      container: room / size;
      position: relative;
      block-size: 100%;
      overflow: hidden;
      display: grid;
      grid-template: minmax(0, 1fr) / minmax(0, 1fr) auto;
      background: var(--_surface);
      border: 1px solid var(--_border);
      border-radius: var(--_radius);
    }
    /* Until its language has come, though not for ever. */
    .base[data-awaiting] {
      animation: 2s awaited;
    }
    @keyframes awaited {
      from,
      to {
        visibility: hidden;
      }
    }
    .main {
      grid-area: 1 / 1;
      container: room / size;
      overflow: auto;
      display: grid;
      border-radius: inherit;
    }
    ::slotted(*) {
      place-self: center;
    }
    ::slotted([slot='background']) {
      grid-area: 1 / 1;
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
    }
    .card {
      margin: auto;
      inline-size: min(100%, 25rem);
      padding: clamp(var(--_pad), 6cqi, 2 * var(--_pad));
      display: grid;
      gap: var(--_pad);
      text-align: center;
      background: var(--_surface);
      border-radius: var(--_radius);
    }
    .mark {
      justify-self: center;
      display: grid;
      place-items: center;
      inline-size: 3.25rem;
      aspect-ratio: 1;
      border-radius: 36%;
      color: var(--_accent);
      background: var(--_soft);
      forced-color-adjust: none;
    }
    .mark .icon {
      inline-size: 1.625rem;
    }
    [data-tone='danger'] .mark {
      color: var(--_danger-text);
      background: color-mix(in oklab, var(--_danger) 14%, var(--_surface));
    }
    .icon {
      flex: none;
      inline-size: 1.25em;
      aspect-ratio: 1;
      fill: none;
      stroke: currentColor;
      stroke-width: 1.8;
      stroke-linecap: round;
      stroke-linejoin: round;
    }
    svg {
      display: block;
      block-size: 100%;
    }
    h2,
    p,
    ul {
      margin: 0;
      padding: 0;
    }
    h2 {
      font-family: var(--vcr-heading-font, inherit);
      font-size: 1.0625em;
      font-weight: var(--vcr-heading-weight, 650);
      line-height: 1.3;
      text-wrap: balance;
      overflow-wrap: anywhere;
    }
    [data-focus]:focus {
      outline: none;
    }
    .heading {
      font-size: 1.3125em;
    }
    .text {
      font-size: 0.9375em;
      color: var(--_muted);
      text-wrap: pretty;
      overflow-wrap: anywhere;
    }
    .button {
      display: inline-flex;
      align-items: center;
      justify-content: center;
      gap: 0.5rem;
      min-block-size: 2.75rem;
      padding: 0.5rem var(--_pad);
      font: inherit;
      font-weight: 600;
      line-height: 1.2;
      color: inherit;
      background: var(--_fill, transparent);
      border: 1px solid var(--_edge);
      border-radius: var(--_radius-s);
      cursor: pointer;
      transition: var(--vcr-duration, 0.15s);
      transition-property: background, transform;
    }
    .button:hover {
      background: color-mix(in oklab, currentColor 10%, var(--_fill, transparent));
    }
    .button:active {
      transform: scale(0.98);
    }
    .primary {
      --_fill: var(--_brand);
      color: var(--_on-accent);
      border-color: transparent;
      forced-color-adjust: none;
    }
    .link {
      min-block-size: 1.75rem;
      padding: 0 0.5rem;
      justify-self: center;
      font-size: 0.9375em;
      font-weight: 500;
      color: var(--_muted);
      text-decoration: underline;
      border: 0;
    }
    [aria-disabled='true'] {
      opacity: 0.65;
      cursor: progress;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: center;
      gap: var(--_space);
      margin-block-start: 0.375rem;
    }
    :focus-visible {
      outline: 3px solid var(--vcr-color-focus, var(--_accent));
      outline-offset: 2px;
    }
    .visually-hidden {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
    @container room (width < 20rem) {
      .row,
      .actions {
        display: grid;
        align-items: stretch;
        justify-content: stretch;
      }
      .button {
        padding-inline: var(--_space);
      }
    }
    @container room (height < 31rem) {
      .form .mark {
        display: none;
      }
      .card {
        gap: var(--_space);
        padding-block: var(--_pad);
      }
    }
    @media (prefers-reduced-motion: reduce) {
      *,
      ::before,
      ::after {
        transition: none !important;
        animation: none !important;
      }
    }
  `,
];
