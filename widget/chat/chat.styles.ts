/** The looks of the conversation: messages, what is under them, the zone for dropped files. Colours come from `../tokens.styles.ts`. */
import {css} from 'lit';

export const chatStyles = css`
  .chat {
    position: relative;
    min-block-size: 0;
    min-inline-size: 0;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    background: var(--_surface);
  }
  .log {
    overflow: hidden auto;
    overscroll-behavior: contain;
    padding: 0 var(--_pad);
  }
  .log:focus-visible {
    outline-offset: -3px;
    border-radius: var(--_radius-s);
  }
  .log-content {
    min-block-size: 100%;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: end;
    gap: 0.875rem;
    padding-block: 0.5rem;
  }
  .log-content:has(> .chat-empty) {
    align-content: center;
  }
  .chat-empty {
    padding: 1rem;
    text-align: center;
    text-wrap: balance;
    font-size: 0.9375em;
    color: var(--_muted);
  }
  .group {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: 0.25rem;
  }
  .group[data-own] {
    justify-items: end;
  }
  .who {
    max-inline-size: 100%;
    padding-inline: 0.25rem;
    font-size: 0.8125em;
    line-height: 1.4;
    color: var(--_muted);
    overflow: clip;
    overflow-wrap: anywhere;
  }
  .who-name {
    font-weight: 600;
    color: var(--_text);
  }
  .who :is(time, .who-note) {
    margin-inline-start: 0.375rem;
    white-space: nowrap;
  }
  .message {
    max-inline-size: min(100%, 34rem);
    padding: 0.4375rem 0.75rem;
    font-size: 0.9375em;
    line-height: 1.45;
    background: var(--_stage);
    border-radius: var(--_radius);
    border-start-start-radius: calc(var(--_radius) * 0.3);
    overflow: clip;
  }
  .message ~ .message {
    border-start-start-radius: var(--_radius);
  }
  [data-own] > .message {
    background: var(--_soft);
    border-start-start-radius: var(--_radius);
    border-start-end-radius: calc(var(--_radius) * 0.3);
  }
  [data-own] > .message ~ .message {
    border-start-end-radius: var(--_radius);
  }
  .message[data-draft] {
    background: none;
    outline: 1px dashed var(--_edge);
    outline-offset: -1px;
  }
  .words {
    display: block;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    /* Whatever the page allows of itself: people copy addresses. */
    -webkit-user-select: text;
    user-select: text;
  }
  .words a {
    color: var(--_accent);
    text-decoration: underline;
    text-underline-offset: 0.15em;
  }
  .more {
    min-block-size: 1.5rem;
    padding: 0;
    font: inherit;
    font-weight: 600;
    color: var(--_accent);
    background: none;
    border: 0;
    border-radius: 0.25rem;
    cursor: pointer;
  }
  [data-unsent] > .message {
    background: none;
    box-shadow: inset 0 0 0 1px var(--_danger-text);
  }
  .unsent-reason {
    font-size: 0.8125em;
    color: var(--_danger-text);
  }
  .unsent-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.375rem;
  }
  .small {
    min-block-size: 2.125rem;
    padding: 0.25rem 0.75rem;
    gap: 0.375rem;
    font-size: 0.8125em;
    text-decoration: none;
    border-color: var(--_border);
  }

  .chat-foot {
    position: relative;
    min-inline-size: 0;
    padding: 0 0.75rem 0.75rem;
  }
  .typing {
    min-block-size: 1.375rem;
    padding-inline: 0.5rem;
    font-size: 0.8125em;
    line-height: 1.375rem;
    color: var(--_muted);
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .new-messages {
    position: absolute;
    inset-block-end: calc(100% + 0.25rem);
    inset-inline: 0;
    inline-size: fit-content;
    min-block-size: 2.25rem;
    margin-inline: auto;
    padding: 0.25rem 0.875rem;
    font-size: 0.8125em;
    --_fill: var(--_surface);
    color: var(--_accent);
    border-color: var(--_border);
    border-radius: var(--_round);
    box-shadow: var(--_shadow);
  }
  .new-messages .icon {
    inline-size: 1em;
  }

  .stage > .chat {
    margin: var(--_gap);
    margin-block-end: 0;
    border: 1px solid var(--_border);
    border-radius: var(--_radius-s);
    overflow: hidden;
  }
  .stage > .chat .log-content,
  .stage > .chat .chat-foot {
    inline-size: min(100%, 46rem);
    margin-inline: auto;
  }
  .drop-zone {
    position: absolute;
    z-index: 4;
    inset: 0.5rem;
    display: grid;
    place-items: center;
    padding: 1rem;
    text-align: center;
    font-weight: 600;
    color: var(--_accent);
    background: color-mix(in oklab, var(--_surface) 88%, transparent);
    border: 2px dashed currentColor;
    border-radius: var(--_radius);
    pointer-events: none;
  }
  .drop-zone[data-refused] {
    color: var(--_muted);
  }
  @container room (width < 18rem) {
    .who-note {
      display: none;
    }
  }
  @container room (width < 36rem) {
    .stage > .chat {
      margin: 0;
      padding-block-start: 2.25rem;
      border: 0;
      border-radius: 0;
    }
  }
  /* Where the field takes nearly all of it, all of it is scrolled. */
  @container room (height < 20rem) {
    .chat,
    .stage > .chat {
      grid-template-rows: minmax(5rem, 1fr) auto;
      overflow: auto;
    }
  }
  @media (prefers-contrast: more) {
    .drop-zone {
      background: var(--_surface);
    }
  }
  @media (forced-colors: active), (prefers-contrast: more) {
    .message {
      border: 1px solid;
    }
    .message[data-draft] {
      border-style: dashed;
      outline: none;
    }
  }
`;
