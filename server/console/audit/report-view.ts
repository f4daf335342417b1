import type { ChainReport } from '../../audit/verify.ts'

const NUMBER = new Intl.NumberFormat('en')

/** What a check found, in words. */
export function toReportView({ events, first, problems }: ChainReport) {
  const checked = `${NUMBER.format(events)} ${events === 1 ? 'event was' : 'events were'} checked.`
  if (problems.length > 0) {
    return {
      title: 'The record was changed',
      badge: { tone: 'bad', text: 'Broken' },
      paragraphs: [
        checked,
        'Somebody who can write to the database has changed what was recorded, or the server was started with another secret key than the record was written with. Tell the operator of this service, and keep this page.',
        'What a sink has received, and every copy that was taken before, still tells what was there.',
      ],
      problems: problems.map(({ sequence, what }) =>
        sequence === null ? toSentence(what) : `Event ${sequence}: ${what}.`,
      ),
    }
  }
  return {
    title: 'The record is whole',
    badge: { tone: 'good', text: 'As recorded' },
    paragraphs: [
      checked,
      'None was removed, altered, put in or moved.',
      ...(first > 1
        ? [`It begins with event ${first}: those before it were removed because of their age.`]
        : []),
    ],
    problems: [],
  }
}

function toSentence(what: string): string {
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}.`
}
