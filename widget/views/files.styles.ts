/** The looks of the panel of the files. That of one file is `chat/file.styles.ts`. Colours come from `tokens.styles.ts`. */
import {css} from 'lit';

export const filesStyles = css`
  .files {
    position: relative;
    min-block-size: 0;
    min-inline-size: 0;
    display: grid;
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
  }
  .files-scroll {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 0.875rem;
    padding: 0.25rem var(--_pad) 0.75rem;
    overflow: hidden auto;
    overscroll-behavior: contain;
  }
  .files-scroll:focus-visible {
    outline-offset: -3px;
    border-radius: var(--_radius-s);
  }
  .file-list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.625rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .file-list .file {
    inline-size: 100%;
  }
  .files-empty {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 0.375rem;
    padding: 1rem var(--_pad);
    text-align: center;
    text-wrap: balance;
    overflow: auto;
  }
  .files-title {
    font-weight: 650;
  }
  .files-foot {
    display: grid;
    gap: 0.5rem;
    padding: 0.75rem var(--_pad) var(--_pad);
    border-block-start: 1px solid var(--_border);
  }
  .files-problem {
    font-size: 0.8125em;
    text-align: center;
    color: var(--_muted);
  }
  /* Where the button takes nearly all of it, all of it is scrolled. */
  @container room (height < 20rem) {
    .files {
      grid-template-rows: minmax(5rem, 1fr) auto;
      overflow: auto;
    }
  }
`;
