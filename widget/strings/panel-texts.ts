/** The texts of the frame beside a call, in English. Loaded once a call is connected, or with the first panel. */

export const PANEL_TEXTS = {
  close: 'Close',
  files: 'Files',
  filesOfCall: 'Files of this call',
} as const;

export type PanelTextKey = keyof typeof PANEL_TEXTS;
