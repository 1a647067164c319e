/** The looks of what lies over a screen: prompt and notices, and the place of both. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const overlayStyles = css`
  /* What is missing is told above; this stays on its button. */
  .control[data-problem]::after {
    content: '!';
    position: absolute;
    inset-block-start: -0.25rem;
    inset-inline-end: -0.25rem;
    inline-size: 1.25rem;
    font-size: 0.875rem;
    line-height: 1.25rem;
    color: var(--_on-danger);
    background: var(--_danger);
    border-radius: 50%;
    box-shadow: 0 0 0 2px var(--_stage);
  }
  .overlay {
    grid-area: 1 / 1;
    position: relative;
    z-index: 3;
    align-self: start;
    min-inline-size: 0;
    margin: var(--_space);
    pointer-events: none;
  }
  .overlay,
  .notices {
    display: grid;
    justify-items: center;
    gap: var(--_space);
    grid-template-columns: minmax(0, 1fr);
  }
  .base:has(.prompt) .lobby > :not([name='invite']) {
    visibility: hidden;
  }
  .prompt,
  .notice {
    pointer-events: auto;
    box-shadow: var(--_shadow);
    animation: arrive 0.25s ease-out;
  }
  .prompt {
    inline-size: min(100%, 26rem);
    display: flex;
    flex-wrap: wrap;
    gap: var(--_pad);
    padding: var(--_pad);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  @keyframes arrive {
    from {
      transform: translateY(-0.75rem);
      opacity: 0;
    }
  }
  .caller {
    inline-size: 2.75rem;
    align-self: center;
  }
  .prompt-words {
    flex: 1 1 8rem;
  }
  .prompt-actions {
    flex: 1 0 100%;
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space);
  }
  .prompt-actions * {
    flex: 1;
  }
  .notice {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    max-inline-size: min(100%, 32rem);
    padding: 0.25rem;
    padding-inline-start: 0.875rem;
    font-size: 0.9375em;
    line-height: 1.35;
    color: var(--_surface);
    background: var(--_text);
    border-radius: var(--_radius-s);
    forced-color-adjust: none;
  }
  .notice > span {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  .notice[data-problem] {
    border-inline-start: 4px solid light-dark(#ff8a93, #bf2f3f);
  }
  .dismiss {
    flex: none;
    min-block-size: 0;
    padding: 0.625rem;
    font-size: 0.8125rem;
    border: 0;
    border-radius: 50%;
  }
  .dismiss:focus-visible {
    outline-color: currentColor;
    outline-offset: -3px;
  }
`;
