/** The looks of what lies over a screen: prompt and notices. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const overlayStyles = css`
  .prompt,
  .notice {
    pointer-events: auto;
    box-shadow: 0 8px 32px rgb(0 0 0 / 0.25);
    animation: arrive 0.25s ease-out;
  }
  .prompt {
    inline-size: min(100%, 26rem);
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0.875rem;
    padding: 1rem;
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
  .notice {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    max-inline-size: min(100%, 32rem);
    padding: 0.25rem;
    padding-inline-start: 0.875rem;
    font-size: 0.9375em;
    line-height: 1.35;
    color: light-dark(#f3f7f7, #12191b);
    background: light-dark(#223033, #dfe8e8);
    border-radius: 0.875rem;
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
  @media (forced-colors: active) {
    .notice {
      border: 1px solid;
    }
  }
`;
