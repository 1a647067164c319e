/** The looks of what forms add to a card: fields, facts, the line between two ways in. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const formStyles = css`
  .facts {
    display: grid;
    gap: var(--_space);
    list-style: none;
    text-align: start;
    font-size: 0.9375em;
    color: var(--_muted);
  }
  .facts li {
    display: flex;
    gap: var(--_space);
  }
  .facts .icon {
    align-self: start;
    margin-block-start: 0.1em;
    color: var(--_accent);
  }
  .divider {
    display: flex;
    align-items: center;
    gap: var(--_space);
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .divider::before,
  .divider::after {
    content: '';
    flex: 1;
    border-block-start: 1px solid var(--_border);
  }
  .row {
    display: flex;
    align-items: end;
    gap: var(--_space);
  }
  .row .field {
    flex: 1;
  }
  .field {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0.25rem 0.5rem;
    align-items: baseline;
    text-align: start;
  }
  label {
    font-size: 0.9375em;
    font-weight: 600;
  }
  .hint {
    grid-area: 1 / 2;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  input {
    grid-column: 1 / -1;
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    font: inherit;
    color: inherit;
    text-overflow: ellipsis;
    background: transparent;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius-s);
  }
  input::placeholder {
    color: var(--_muted);
    opacity: 1;
  }
  input[aria-invalid] {
    border-color: var(--_danger-text);
  }
  .problem {
    margin-block-start: -0.375rem;
    text-align: start;
    font-size: 0.9375em;
    color: var(--_danger-text);
  }
  /* Out of the way, but there: a live region that is not displayed is none. */
  .problem:empty {
    position: absolute;
  }
`;
