/** The day the demo data was made for; "overdue" and every balance are as of this day. */
export const TODAY = '2026-11-20'

/** The moment that new and changed records are stamped with, so that writes are repeatable too. */
export const NOW = `${TODAY}T12:00:00Z`
