import { readPathWords, wordsOf } from './path-words.ts'
import { nounKey, splitWords } from '../tool/words.ts'

/** What an operation says about itself. */
export type OperationTexts = {
  readonly path: string
  readonly operationId: string | null
  readonly tags: readonly string[]
  /** Plain text on one line; the description where there is no summary. */
  readonly summary: string
}

/** Verbs that announce a read; a sentence that begins with one is believed. */
const READING = new Set([
  ...['get', 'gets', 'list', 'lists', 'read', 'reads', 'retrieve', 'retrieves', 'fetch', 'fetches'],
  ...[
    'show',
    'shows',
    'find',
    'finds',
    'search',
    'searches',
    'query',
    'queries',
    'check',
    'checks',
  ],
  ...['return', 'returns', 'describe', 'describes', 'view', 'views', 'lookup', 'looks', 'look'],
  ...['download', 'downloads', 'export', 'exports', 'count', 'counts', 'preview', 'previews'],
  ...['inspect', 'inspects', 'obtain', 'obtains', 'browse', 'load', 'loads', 'provides', 'provide'],
  ...['display', 'displays', 'compare', 'compares', 'head', 'explain', 'calculate', 'calculates'],
  ...['enumerate', 'enumerates', 'validate', 'validates', 'determine', 'determines', 'receive'],
  ...['gives', 'tells', 'answers', 'all', 'information', 'details', 'retreive', 'retreives'],
  ...['can', 'is', 'has', 'are', 'does', 'whether', 'see', 'contains', 'resolve', 'resolves'],
])

/** Verbs that announce a change, and are hardly ever a noun. */
const CHANGING = new Set([
  ...['logout', 'logoff', 'signout', 'signoff', 'delete', 'destroy', 'remove', 'purge', 'erase'],
  ...['wipe', 'send', 'resend', 'cancel', 'activate', 'deactivate', 'reactivate', 'revoke'],
  ...['reset', 'set', 'subscribe', 'unsubscribe', 'resubscribe', 'approve', 'disapprove', 'verify'],
  ...['confirm', 'enable', 'disable', 'restart', 'reboot', 'shutdown', 'terminate', 'create'],
  ...['add', 'insert', 'update', 'modify', 'edit', 'upsert', 'overwrite', 'replace', 'rename'],
  ...['upload', 'publish', 'unpublish', 'unarchive', 'unlock', 'install', 'uninstall', 'execute'],
  ...['invoke', 'regenerate', 'unregister', 'deregister', 'unfollow', 'unstar', 'unlink', 'assign'],
  ...['unassign', 'detach', 'submit', 'accept', 'reject', 'decline', 'suspend', 'notify'],
  ...['acknowledge', 'ack', 'dismiss', 'enqueue', 'rotate', 'flush', 'clear', 'rollback', 'deploy'],
  ...[
    'redeploy',
    'undeploy',
    'toggle',
    'indicate',
    'redeem',
    'exchange',
    'impersonate',
    'unban',
    'unmute',
  ],
  ...['rerun', 'retrigger', 'requeue', 'unsuspend', 'unset', 'untag', 'unpin', 'unmark'],
])

/** Verbs that could be a noun: in a name, only where nothing says that it reads. */
const PERHAPS_CHANGING = new Set([
  ...['run', 'start', 'stop', 'mark', 'trigger', 'sync', 'reindex', 'push', 'join', 'leave'],
  ...['move', 'pay', 'kick', 'kill', 'mute', 'pause', 'resume', 'restore', 'apply', 'merge'],
  ...['refresh', 'renew', 'expire', 'launch', 'clone', 'drop', 'retry', 'abort', 'finish'],
  ...['connect', 'follow', 'test', 'consume', 'request'],
])

/** Verbs that are nouns more often: only in a sentence that goes on with an object. */
const SELDOM_CHANGING = new Set([
  ...['open', 'close', 'import', 'invite', 'copy', 'transfer', 'archive', 'lock', 'star', 'like'],
  ...['charge', 'ship', 'book', 'void', 'claim', 'capture', 'refund', 'ban', 'register', 'grant'],
  ...['release', 'signal', 'commit', 'snooze', 'pin', 'schedule', 'fork', 'extend', 'post', 'put'],
  ...['patch', 'complete', 'end', 'switch', 'allow', 'block', 'log', 'sign', 'attach', 'link'],
  ...['tag', 'vote', 'share'],
])

/** What follows a verb and hardly ever follows a noun. */
const OBJECT_FOLLOWS = /^(?:a|an|the|this|that|all|any|your|my|its|current|one|some|several|new)$/

/** Where people sign in: pages and redirects for a browser, not data. */
const SIGN_IN = new Set(['login', 'signin', 'authorize', 'authorise', 'callback'])

/** How a sentence may begin before it comes to its verb. */
const PREAMBLE =
  /^(?:(?:please )?use (?=this|the)|you can use (?=this|the))?(?:(?:this|the) )?(?:(?:api|rest)? ?(?:endpoint|method|operation|call|request|route|resource|service|api) )?(?:(?:is|can be) used |(?:which |that )?(?:allows|enables|lets)(?: (?:you|an?|the|users?|clients?|apps?|callers?))* |will |may )?(?:to |for )?(?:\w+ly )?/

/**
 * Says why an operation looks as if it changed something, judged by the verbs at the start of its
 * summary, of its operationId and of the last step of its path; `null` if nothing does.
 *
 * A summary that begins like a read wins over the rest, as people wrote it. A noun never counts:
 * `/deleted-items`, `/runs` and `List sent emails` are reads.
 */
export function judgeChange(texts: OperationTexts): string | null {
  const summary = judgeSentence(texts.summary)
  if (summary?.says === 'changes') return `its text begins with "${summary.word}"`
  if (summary?.says === 'reads') return null
  const own = readOwnWords(texts)
  const id = judgeName(own.id)
  const step = judgeName(own.step)
  if (id?.says === 'changes') return `its operationId says "${id.word}"`
  if (step?.says === 'changes') return `its path ends in "${own.step.join('-')}"`
  if (id?.says === 'reads') return null
  if (id?.says === 'perhaps') return `its operationId says "${id.word}"`
  return step?.says === 'perhaps' ? `its path ends in "${own.step.join('-')}"` : null
}

/** Steps that open a connection instead of answering. */
const STREAM_STEPS = new Set([
  ...['ws', 'websocket', 'websockets', 'stream', 'watch', 'attach', 'exec', 'portforward', 'tail'],
])
const STREAM_VERBS = new Set([
  'watch',
  'watches',
  'stream',
  'streams',
  'connect',
  'monitor',
  'tail',
])

/** Says why an operation looks as if its answer had no end; `null` if nothing does. */
export function judgeStream({ path, summary, operationId }: OperationTexts): string | null {
  const [verb = ''] = summary.toLowerCase().match(/[a-z]+/g) ?? []
  if (STREAM_VERBS.has(verb)) return `its text begins with "${verb}"`
  if (READING.has(verb)) return readStreamStep(path)
  const [first = ''] = splitWords(operationId ?? '')
  if (first === 'watch' || first === 'stream') return `its operationId says "${first}"`
  return readStreamStep(path)
}

function readStreamStep(path: string): string | null {
  const last = readPathWords(path).steps.at(-1)
  const step = last?.kind === 'word' ? last.words.join('') : ''
  return STREAM_STEPS.has(step) ? `its path ends in "${step}"` : null
}

/** Answers whether an operation is a page of signing in, which the connector does itself. */
export function isSignIn({ path }: Pick<OperationTexts, 'path'>): boolean {
  const last = wordsOf(readPathWords(path).steps).at(-1) ?? []
  return SIGN_IN.has(last.join(''))
}

type Judgement = { readonly says: 'reads' | 'changes' | 'perhaps'; readonly word: string }

function judgeSentence(text: string): Judgement | null {
  const sentence = text.slice(0, 500).toLowerCase().replace(PREAMBLE, '')
  const [first = '', second = ''] = sentence.match(/[a-z]+(?:-[a-z]+)?/g) ?? []
  if (READING.has(first)) return { says: 'reads', word: first }
  if (`${first} ${second}` === 'log out' || `${first} ${second}` === 'logs out') {
    return { says: 'changes', word: `${first} ${second}` }
  }
  const verb = [first, first.replace(/s$/, ''), first.replace(/es$/, '')].find((form) =>
    [CHANGING, PERHAPS_CHANGING, SELDOM_CHANGING].some((verbs) => verbs.has(form)),
  )
  if (verb === undefined) return null
  const isVerb = (CHANGING.has(verb) && second !== 'of') || OBJECT_FOLLOWS.test(second)
  return isVerb ? { says: 'changes', word: first } : null
}

/** `cancel`, `send-email`, `mark-as-read` and `setPresence` say what they do; `start-date` does not. */
function judgeName(words: readonly string[]): Judgement | null {
  const [first = '', second] = words
  const joined = words.join('')
  if (CHANGING.has(joined)) return { says: 'changes', word: joined }
  if (READING.has(first)) return { says: 'reads', word: first }
  if (CHANGING.has(first)) return { says: 'changes', word: first }
  if (!PERHAPS_CHANGING.has(first)) return null
  if (second === undefined) return { says: 'perhaps', word: first }
  return /^(?:as|all|out|in|off|on|up)$/.test(second) ? { says: 'changes', word: first } : null
}

/** What remains of an operationId, and of the path's end, once the words of the resource are gone. */
function readOwnWords({ path, operationId, tags }: OperationTexts) {
  const { steps } = readPathWords(path)
  const all = wordsOf(steps)
  const last = all.at(-1) ?? []
  const nouns = new Set([...tags.map(splitWords), ...all.slice(0, -1)].flat().map(toNoun))
  const id = splitWords(operationId ?? '')
  const start = id.findIndex((word) => !nouns.has(toNoun(word)) && !/^v\d+$/.test(word))
  return {
    id: start === -1 ? [] : id.slice(start),
    // An argument behind it makes a verb the name of a collection: `/imports/{id}`.
    step: steps.at(-1)?.kind === 'word' ? last : [],
  }
}

function toNoun(word: string): string {
  return nounKey([word])
}
