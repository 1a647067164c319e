/** The looks of the list of shortcuts. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const shortcutsStyles = css`
  .dialog {
    inline-size: min(24rem, calc(100vi - 2rem));
    max-block-size: calc(100vb - 2rem);
    padding: 1.5rem;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_border);
    border-radius: var(--_radius);
  }
  .dialog[open] {
    display: grid;
    gap: 1rem;
  }
  .dialog::backdrop {
    background: rgb(12 20 22 / 0.5);
  }
  .dialog-hint {
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .dialog .button {
    justify-self: end;
  }
  .shortcuts {
    display: grid;
    gap: 0.625rem;
    margin: 0;
  }
  .shortcuts > div {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 1rem;
  }
  .shortcuts dd {
    margin: 0;
  }
  kbd {
    display: inline-block;
    min-inline-size: 2rem;
    padding: 0.125rem 0.5rem;
    font: inherit;
    font-weight: 600;
    text-align: center;
    background: var(--_soft);
    border: 1px solid var(--_edge);
    border-radius: 0.375rem;
  }
`;
