import type { UpstreamStatus } from '../../telemetry/status.ts'
import { toMoment, type Moment } from '../moment.ts'

/** How the upstream is doing, in words for people. */
export type HealthView = {
  /** A word, and what it looks like. */
  readonly badge: { readonly text: string; readonly tone: 'good' | 'bad' | 'quiet' }
  readonly text: string
  /** When it last answered; empty where it never did. */
  readonly lastAnswers: readonly Moment[]
}

/**
 * Says what the calls so far have shown; nobody is asked.
 *
 * @param title what the upstream is called
 */
export function toHealthView(
  { breakers, lastAnswerAt }: UpstreamStatus,
  title: string,
): HealthView {
  const lastAnswers = lastAnswerAt === null ? [] : [toMoment(lastAnswerAt)]
  const states = breakers.map(({ state }) => state)
  if (states.includes('open')) {
    return {
      badge: { text: 'Not answering', tone: 'bad' },
      text: `${title} has failed again and again, so calls are refused at once for a moment instead of waiting. It is tried again at least once a minute, and everything goes on by itself when it answers.`,
      lastAnswers,
    }
  }
  if (states.includes('half-open')) {
    return {
      badge: { text: 'Being tried again', tone: 'bad' },
      text: `${title} had failed, and single calls now find out whether it answers again.`,
      lastAnswers,
    }
  }
  if (lastAnswerAt === null) {
    return {
      badge: { text: 'Not asked yet', tone: 'quiet' },
      text: `Nothing was asked of ${title} since this server started.`,
      lastAnswers,
    }
  }
  return { badge: { text: 'Answering', tone: 'good' }, text: `${title} answers.`, lastAnswers }
}
