/**
 * The tokens that every screen shares, and the element's own box. They follow the page's
 * `color-scheme`; the host overrides them with `--vcr-*` on the element or on any ancestor, which
 * is why the defaults live in private names.
 */
import {css} from 'lit';

export const tokens = css`
  :host {
    --_surface: var(--vcr-color-surface, light-dark(#fff, #171d1f));
    --_stage: var(--vcr-color-stage, light-dark(#eef2f2, #0e1315));
    --_text: var(--vcr-color-text, light-dark(#182325, #e8eeee));
    --_muted: var(--vcr-color-text-muted, light-dark(#566568, #9db0b3));
    --_border: var(--vcr-color-border, light-dark(#dbe2e2, #2b3537));
    --_edge: light-dark(#7d8c8f, #6d8083);
    --_accent: var(--vcr-color-accent, light-dark(#0b6d64, #63cdbd));
    --_on-accent: var(--vcr-color-on-accent, light-dark(#fff, #04231f));
    --_danger: var(--vcr-color-danger, light-dark(#bf2f3f, #d43c4c));
    --_danger-text: var(--vcr-color-danger, light-dark(#bf2f3f, #ff9aa2));
    --_on-danger: var(--vcr-color-on-danger, #fff);
    --_soft: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
    --_radius: var(--vcr-radius, 16px);
    --_radius-s: calc(var(--_radius) * 0.625);
    --_gap: var(--vcr-gap, 10px);
    display: block;
    block-size: clamp(27rem, 60vmin, 40rem);
    min-inline-size: min(15rem, 100%);
    font-family: var(--vcr-font, inherit);
    font-size: var(--vcr-font-size, 1rem);
    line-height: 1.5;
    color: var(--_text);
    text-align: start;
  }
`;
