/** The looks of what lies over the tiles: prompt, notices, the tap for sound. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const overlayStyles = css`
  .overlay {
    position: absolute;
    z-index: 3;
    inset-block-start: clamp(0.5rem, 3cqi, 1.25rem);
    inset-inline: clamp(0.5rem, 3cqi, 1.25rem);
    display: grid;
    justify-items: center;
    gap: 0.625rem;
    pointer-events: none;
  }
  .prompt {
    pointer-events: auto;
    inline-size: min(100%, 26rem);
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
    display: grid;
    justify-items: center;
    gap: 0.5rem;
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
      transform: translateY(-0.5rem);
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
  @media (forced-colors: active) {
    .prompt,
    .notice {
      border: 1px solid CanvasText;
    }
  }
`;
