import type { ProblemText } from '../../pages/views.ts'

/** Somebody already has the record read as a whole. */
export function busy(): ProblemText {
  return {
    title: 'The record is being read already',
    paragraphs: [
      'Somebody of your organization is taking a copy of the record or having it checked, or too many others are. One at a time keeps the connector quick.',
      'Try again in a minute.',
    ],
  }
}
