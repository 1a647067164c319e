/** The looks of the check before a call. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const checkStyles = css`
  .check {
    justify-self: stretch;
    margin: 0;
    padding: 0;
    list-style: none;
    text-align: start;
  }
  .check-step {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0.125rem 0.75rem;
    padding-block: 0.3125rem;
    font-size: 0.9375em;
    line-height: 1.4;
    border-block-end: 1px solid var(--_border);
  }
  .check-name {
    font-weight: 600;
  }
  .check-outcome::before {
    content: '';
    display: inline-block;
    inline-size: 0.5em;
    block-size: 0.5em;
    margin-inline-end: 0.5em;
    border: 0.125em solid currentColor;
    border-radius: 50%;
    forced-color-adjust: preserve-parent-color;
  }
  [data-outcome='ok'] .check-outcome::before {
    background: currentColor;
  }
  [data-outcome='ok'] .check-outcome {
    color: var(--_accent);
  }
  [data-outcome='failed'] .check-outcome {
    color: var(--_danger-text);
  }
  [data-outcome='failed'] .check-outcome::before {
    border-radius: 0;
    background: currentColor;
  }
  .check-outcome,
  .check-cause {
    font-size: 0.9375em;
  }
  .check-cause {
    grid-column: 1 / -1;
    margin: 0;
    color: var(--_muted);
  }
`;
