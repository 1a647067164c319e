/**
 * The tokens that every screen shares, and the element's own box. They follow the page's
 * `color-scheme`; the host overrides them with `--vcr-*` on the element or on any ancestor, which
 * is why the defaults live in private names. Whatever a page's accent is, words in it and on it can
 * be read: where its lightness would not do, another is taken, of the same hue. With forced colours
 * they are the system's, so a piece that must keep its fill has only to say `forced-color-adjust`.
 */
import {css} from 'lit';

/*
 * In L*, 49 is as far from black as from white: 4.5:1 either way. `--_dark` and `--_light` are the
 * limits for words in a colour, against the palest and the deepest background that they stand on.
 */
export const tokens = css`
  :host {
    --_dark: 40;
    --_light: 72;
    --_surface: var(--vcr-color-surface, light-dark(#fff, #171d1f));
    --_stage: var(--vcr-color-stage, light-dark(#eef2f2, #0e1315));
    --_text: var(--vcr-color-text, light-dark(#182325, #e8eeee));
    --_muted: var(--vcr-color-text-muted, light-dark(#566568, #9db0b3));
    --_border: var(--vcr-color-border, light-dark(#dbe2e2, #2b3537));
    --_edge: color-mix(in oklab, var(--_muted) 75%, var(--_surface));
    --_brand: var(--vcr-color-accent, light-dark(#0b6d64, #63cdbd));
    --_on-accent: var(--vcr-color-on-accent, lch(from var(--_brand) calc((49 - l) * 999) 0 0));
    --_accent: light-dark(
      lch(from var(--_brand) min(l, var(--_dark)) c h),
      lch(from var(--_brand) max(l, var(--_light)) c h)
    );
    --_danger: var(--vcr-color-danger, light-dark(#bf2f3f, #c93545));
    --_on-danger: var(--vcr-color-on-danger, lch(from var(--_danger) calc((49 - l) * 999) 0 0));
    --_danger-text: light-dark(
      lch(from var(--_danger) min(l, var(--_dark)) c h),
      lch(from var(--_danger) max(l, var(--_light)) c h)
    );
    --_soft: color-mix(in oklab, var(--_brand) 10%, var(--_surface));
    --_scrim: rgb(12 20 22 / 0.72);
    --_shadow: var(--vcr-shadow, 0 8px 32px rgb(0 0 0 / 0.25));
    --_radius: var(--vcr-radius, 16px);
    --_radius-s: calc(var(--_radius) * 0.625);
    --_round: var(--vcr-radius-round, 999px);
    --_space: var(--vcr-space, 0.625rem);
    --_pad: calc(var(--_space) * 1.6);
    --_gap: var(--vcr-gap, var(--_space));
    display: block;
    block-size: clamp(27rem, 60vmin, 40rem);
    min-inline-size: min(15rem, 100%);
    font-family: var(--vcr-font, inherit);
    font-size: var(--vcr-font-size, 1rem);
    /* A page’s rule for every element goes before this one, and would make a height of the width. */
    writing-mode: horizontal-tb !important;
  }
  @media (prefers-contrast: more), (forced-colors: active) {
    :host {
      --_dark: 24;
      --_light: 91;
      --_muted: var(--_text);
      --_edge: var(--_text);
      --_border: var(--_text);
      --_scrim: #000;
    }
  }
  @media (forced-colors: active) {
    :host {
      --_surface: Canvas;
      --_text: CanvasText;
      --_brand: Highlight;
      --_on-accent: HighlightText;
      --_accent: CanvasText;
      --_danger-text: CanvasText;
    }
  }
`;
