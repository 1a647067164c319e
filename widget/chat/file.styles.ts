/** The looks of a file in the conversation. Colours come from `../tokens.styles.ts`. */
import {css} from 'lit';

export const fileStyles = css`
  .file {
    inline-size: min(100%, 20rem);
    min-inline-size: 0;
    display: grid;
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    overflow: hidden;
  }
  .preview {
    display: block;
    max-inline-size: 100%;
    max-block-size: 15rem;
    inline-size: 100%;
    block-size: auto;
    object-fit: contain;
    background: var(--_stage);
  }
  .preview:not([data-drawn]) {
    block-size: 8rem;
  }
  .file-row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem 0.625rem;
    padding: 0.625rem 0.75rem;
  }
  .file-row > .icon {
    color: var(--_accent);
  }
  .file-words {
    flex: 1 1 6rem;
    min-inline-size: 0;
    display: grid;
    line-height: 1.35;
  }
  .file-name {
    /* A name of the other direction begins where the lines below it begin. */
    justify-self: start;
    font-size: 0.9375em;
    font-weight: 600;
    overflow-wrap: anywhere;
    overflow: clip;
  }
  .file-state,
  .file-note {
    font-size: 0.8125em;
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  .file[data-status='failed'] .file-state {
    color: var(--_danger-text);
  }
  .file .small {
    min-inline-size: 2.125rem;
  }
  .file button.small:has(> .icon) {
    padding: 0;
    border-color: transparent;
    border-radius: 50%;
    color: var(--_muted);
  }
  .progress {
    appearance: none;
    inline-size: 100%;
    block-size: 0.25rem;
    border: 0;
    color: var(--_accent);
    background: var(--_stage);
  }
  .progress::-webkit-progress-bar {
    background: var(--_stage);
  }
  .progress::-webkit-progress-value {
    background: var(--_accent);
  }
  .progress::-moz-progress-bar {
    background: var(--_accent);
  }
  @media (forced-colors: active) {
    .progress {
      --_accent: Highlight;
      --_stage: Canvas;
      forced-color-adjust: none;
      block-size: 0.5rem;
      border: 1px solid CanvasText;
    }
  }
`;
