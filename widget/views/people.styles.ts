/** The looks of the people: the list, its rows, the empty list, and the one who is being rung. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const peopleStyles = css`
  .people {
    min-block-size: 0;
    inline-size: 100%;
    max-inline-size: 46rem;
    margin-inline: auto;
    display: grid;
    grid-template: auto minmax(9rem, 1fr) auto / minmax(0, 1fr);
    overflow: auto;
    background: var(--_surface);
  }
  .people-top {
    display: grid;
    gap: var(--_space);
    padding: clamp(0.875rem, 4cqi, 1.5rem);
    padding-block-end: var(--_space);
  }
  .panel .people-top {
    padding: 0 var(--_pad) var(--_space);
  }
  .people-top .heading {
    display: flex;
    align-items: center;
    gap: var(--_space);
  }
  .own {
    margin-block-start: -0.5rem;
  }
  .panel .own {
    margin-block-start: 0;
  }
  .search {
    position: relative;
    display: grid;
  }
  .search .icon {
    position: absolute;
    inset-block-start: 0.75rem;
    inset-inline-start: 0.75rem;
    color: var(--_muted);
    pointer-events: none;
  }
  .search input {
    padding-inline-start: 2.5rem;
  }
  .people-list {
    list-style: none;
    overflow: auto;
    overscroll-behavior: contain;
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr));
    align-content: start;
    padding-inline: clamp(0.375rem, 2.5cqi, 1rem);
    padding-block: 0.25rem 0.5rem;
  }
  .panel .people-list {
    padding-inline: 0.5rem;
  }
  .person {
    content-visibility: auto;
    contain-intrinsic-size: auto 4rem;
    display: flex;
    align-items: center;
    gap: var(--_space);
    padding: 0.5rem;
    border-radius: var(--_radius-s);
  }
  .person:hover,
  .person:focus-within {
    background: var(--_soft);
  }
  .person .caller {
    flex: none;
    inline-size: 2.5rem;
    align-self: center;
    font-size: 0.875rem;
  }
  .person-words {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    line-height: 1.35;
  }
  .person-name {
    justify-self: start;
    max-inline-size: 100%;
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .person-status {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .person-status::before {
    content: '';
    flex: none;
    inline-size: 0.5rem;
    block-size: 0.5rem;
    border: 2px solid light-dark(#1f8a4c, #5fd08f);
    border-radius: 50%;
    background: light-dark(#1f8a4c, #5fd08f);
  }
  .person[data-status='in-call'] .person-status::before {
    border-color: var(--_edge);
    background: transparent;
  }
  .call {
    flex: none;
    min-inline-size: 2.75rem;
    padding-inline: 0.875rem;
    color: var(--_accent);
    border-color: var(--_border);
    border-radius: var(--_round);
  }
  [data-lost] .people-list {
    filter: grayscale(1);
  }
  [data-lost] .person-name {
    color: var(--_muted);
  }
  .people-empty {
    place-self: center;
    display: grid;
    gap: 0.5rem;
    padding: 1rem clamp(0.875rem, 6cqi, 2rem);
    text-align: center;
    /* The list is on its way for a moment when the way to the server has just opened. */
    animation: appear 0.3s 0.3s backwards;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .people-empty .mark {
    margin-block-end: 0.25rem;
  }
  .people-empty .button {
    justify-self: center;
    margin-block-start: 0.375rem;
  }
  .empty-title {
    font-size: 1.0625em;
    font-weight: 600;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .people-end {
    text-align: center;
  }
  .people-end:has(button, p:not(:empty)) {
    padding: 0.375rem;
    border-block-start: 1px solid var(--_border);
  }
  .notify {
    min-block-size: 2.25rem;
    padding-block: 0.25rem;
    font-size: 0.9375em;
    color: var(--_accent);
    border-color: transparent;
  }
  .calling .caller {
    position: relative;
    inline-size: 4rem;
    margin-block: 1rem;
    font-size: 1.375rem;
  }
  .calling[data-ringing] .caller::before,
  .calling[data-ringing] .caller::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid var(--_tint);
    border-radius: inherit;
    animation: ripple 2s ease-out infinite;
  }
  .calling[data-ringing] .caller::after {
    animation-delay: 1s;
  }
  .calling .heading,
  .calling .text {
    max-inline-size: 100%;
  }
  @container room (width < 26rem) {
    .call {
      padding: 0;
    }
    .call-label {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  .panel .call {
    padding: 0;
  }
  .panel .call-label {
    position: absolute;
    clip-path: inset(50%);
  }
  @container room (height < 26rem) {
    .calling .caller {
      inline-size: 2.75rem;
      margin-block: 0.5rem;
      font-size: 1rem;
    }
    .people-empty .mark {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .person-status::before {
      forced-color-adjust: none;
      border-color: CanvasText;
      background: CanvasText;
    }
    .person[data-status='in-call'] .person-status::before {
      border-color: CanvasText;
      background: Canvas;
    }
  }
`;
