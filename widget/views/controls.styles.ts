/** The looks of the bar below the tiles: room name and controls. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const controlsStyles = css`
  .bar {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    align-items: center;
    gap: var(--_space);
    padding: var(--_space) var(--_pad);
  }
  .where {
    display: grid;
    justify-items: start;
    line-height: 1.35;
  }
  .room-name {
    max-inline-size: 100%;
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .signal {
    display: flex;
    align-items: center;
    gap: 0.375rem;
    font-size: 0.8125em;
    color: var(--_muted);
  }
  .controls {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    justify-content: center;
    gap: var(--_space);
  }
  .control {
    --_fill: var(--_surface);
    position: relative;
    min-inline-size: 3rem;
    min-block-size: 3rem;
    padding: 0;
    border-color: var(--_border);
    border-radius: var(--_round);
  }
  .control .icon {
    inline-size: 1.375rem;
  }
  .control[data-off] {
    --_fill: var(--_text);
    color: var(--_surface);
    forced-color-adjust: none;
  }
  .leave {
    --_fill: var(--_danger);
    padding-inline: var(--_pad);
    color: var(--_on-danger);
    border-color: transparent;
  }
  @container room (width < 36rem) {
    .bar {
      grid-template-columns: minmax(0, 1fr);
      padding: var(--_space);
    }
    .where {
      position: absolute;
      z-index: 1;
      inset-block-start: 0;
      inset-inline-start: 0;
      max-inline-size: calc(100% - 2 * var(--_gap) - 1rem);
      margin: calc(var(--_gap) + 0.5rem);
      padding: 0.125rem 0.5rem;
      font-size: 0.8125em;
      border-radius: 0.5rem;
      color: #fff;
      background: var(--_scrim);
    }
    .signal {
      color: inherit;
    }
    .stage[data-lobby] .where,
    .where:not(:has(*)) {
      display: none;
    }
  }
  @container room (width < 22rem) {
    .leave {
      padding: 0;
    }
    .control-label {
      position: absolute;
      clip-path: inset(50%);
    }
    .controls {
      gap: 0.375rem;
    }
    .control {
      min-inline-size: 2.75rem;
      min-block-size: 2.75rem;
    }
  }
  @container room (width < 18rem) {
    [data-layout='duo'] [data-own] .name {
      display: none;
    }
  }
  @container room (height < 22rem) {
    .bar {
      padding-block: 0.375rem;
    }
  }
`;
