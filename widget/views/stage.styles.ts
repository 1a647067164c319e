/** The looks of the stage: the grid of tiles and what is said beside the own picture. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const stageStyles = css`
  [data-tone='busy'] .mark,
  .knock {
    position: relative;
  }
  [data-tone='busy'] .mark::after,
  .knock::before,
  .knock::after {
    content: '';
    position: absolute;
    inset: 0;
    border: 2px solid var(--_accent);
    border-radius: inherit;
    animation: ripple 2s ease-out infinite;
  }
  .knock {
    inline-size: 0.875rem;
    block-size: 0.875rem;
    margin: var(--_space);
    border-radius: 50%;
    background: var(--_accent);
  }
  .knock::after {
    animation-delay: 1s;
  }
  @keyframes ripple {
    to {
      transform: scale(1.8);
      opacity: 0;
    }
  }

  /*
   * Each rounded box that cuts off what it holds is one more mask for every single picture of a video: where
   * pictures are drawn without a graphics processor, three quarters of the work. Only the videos are cut.
   */
  .base:has(.stage),
  .main:has(.stage) {
    overflow: visible;
  }
  /* What a page has put there may be larger than the element, and would not be seen behind a stage. */
  .base:has(.stage) [name='background'] {
    display: none;
  }
  .stage {
    position: relative;
    min-block-size: 0;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    background: var(--_stage);
    border-radius: inherit;
  }
  .tiles {
    position: relative;
    min-block-size: 0;
    margin: var(--_gap);
    margin-block-end: 0;
    display: flex;
    flex-wrap: wrap;
    gap: var(--_gap);
    justify-content: center;
    align-content: center;
  }
  [data-layout='duo'] [data-own] {
    position: absolute;
    z-index: 2;
    inset-block-end: var(--_space);
    inset-inline-end: var(--_space);
    inline-size: clamp(5.25rem, 24cqi, 13rem);
    block-size: auto;
    aspect-ratio: 4 / 3;
    box-shadow: var(--_shadow);
  }
  .lobby {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--_space);
    padding: var(--_pad) var(--_pad) 0;
    text-align: center;
  }
  .lobby-room {
    max-inline-size: 100%;
    padding: 0.125rem var(--_space);
    font-weight: 600;
    color: var(--_accent);
    background: var(--_soft);
    border-radius: var(--_round);
    overflow-wrap: anywhere;
  }
  .lobby .button {
    --_fill: var(--_surface);
  }
  .stage[data-lobby] {
    grid-template: minmax(5rem, 1fr) auto auto / minmax(0, 1fr);
    overflow: hidden auto;
  }
  @container room (width >= 40rem) {
    .stage[data-lobby] {
      grid-template: minmax(0, 1fr) auto / minmax(0, 1.6fr) minmax(15rem, 1fr);
    }
    .stage[data-lobby] .bar,
    .lobby:first-child {
      grid-column: 1 / -1;
    }
  }
  @container room (height < 22rem) {
    .stage {
      overflow: hidden auto;
    }
    .stage[data-lobby] .text,
    .knock {
      display: none;
    }
  }
`;
