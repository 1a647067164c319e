/** The texts of the panel of the files, in English. Loaded with it; what is said of one file is in `chat-texts.ts`. */

export const FILES_TEXTS = {
  filesEmpty: 'No files yet',
  filesHint:
    'Choose some, drop them here or paste them. They go straight to the people in this call.',
  filesOver: 'The call is over. Its files stay here until the next one.',
} as const;

export type FilesTextKey = keyof typeof FILES_TEXTS;
