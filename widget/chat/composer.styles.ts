/** The looks of the field to write in, with its buttons and its switch. Colours come from `../tokens.styles.ts`. */
import {css} from 'lit';

export const composerStyles = css`
  .composer {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: end;
    gap: 0.375rem;
  }
  .round {
    inline-size: 2.75rem;
    padding: 0;
    border-radius: 50%;
  }
  .attach {
    border-color: transparent;
    color: var(--_muted);
  }
  .composer [aria-disabled='true'] {
    opacity: 0.5;
    cursor: not-allowed;
  }
  .field-box {
    display: grid;
    max-block-size: 8rem;
    overflow: hidden;
  }
  .mirror,
  .message-input {
    grid-area: 1 / 1;
    min-inline-size: 0;
    min-block-size: 2.75rem;
    margin: 0;
    padding: 0.5625rem 0.875rem;
    font: inherit;
    font-size: max(16px, 0.9375em);
    line-height: 1.45;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    border: 1px solid transparent;
  }
  .mirror {
    max-block-size: 8rem;
    overflow: hidden;
    visibility: hidden;
  }
  .message-input {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    resize: none;
    overflow: hidden auto;
    color: inherit;
    background: transparent;
    border-color: var(--_edge);
    border-radius: min(var(--_round), 1.375rem);
  }
  .message-input::placeholder {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--_muted);
    opacity: 1;
  }
  .message-input:focus-visible {
    outline-width: 2px;
    outline-offset: -2px;
  }
  .message-input[aria-invalid] {
    border-color: var(--_danger-text);
  }
  @container room (width < 18rem) {
    .attach {
      inline-size: 2rem;
    }
    .mirror,
    .message-input {
      padding-inline: 0.625rem;
    }
  }
  .live-typing {
    inline-size: fit-content;
    min-block-size: 1.5rem;
    margin-block-start: 0.25rem;
    padding-inline: 0.5rem;
    display: flex;
    align-items: center;
    gap: 0.375rem;
    font-size: 0.8125em;
    font-weight: 400;
    line-height: 1.3;
    color: var(--_muted);
    cursor: pointer;
  }
  .live-typing input {
    flex: none;
    inline-size: 1rem;
    min-block-size: 1rem;
    margin: 0;
    padding: 0;
    accent-color: var(--_accent);
    cursor: inherit;
  }
  .composer-problem,
  .call-over {
    grid-column: 1 / -1;
    padding-inline: 0.5rem;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .composer-problem[hidden] {
    display: none;
  }
  .composer:has([aria-invalid]) .composer-problem {
    color: var(--_danger-text);
  }
`;
