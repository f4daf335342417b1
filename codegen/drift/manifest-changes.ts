import {
  byCodeUnit,
  isSame,
  listAt,
  member,
  objectAt,
  textAt,
  type Json,
  type JsonObject,
} from '../json.ts'
import { MANIFEST_FORMAT } from '../output/manifest.ts'
import { tell, worstFirst, type Change, type Difference } from './change.ts'
import { compareIntents, comparePrompts } from './intent-changes.ts'
import { compareMembers } from './member-changes.ts'
import { compareOldTools } from './old-manifest.ts'
import { compareResearch } from './research-changes.ts'
import { describeMove } from './schema-limits.ts'
import { diffTexts } from './text-diff.ts'
import { compareTools } from './tool-changes.ts'

/** What became of a connector since its last manifest. */
export type Drift = {
  /** The worst first. */
  readonly changes: readonly Change[]
  /** Why not everything could be compared; `null` where it could. */
  readonly note: string | null
}

/** Nothing to tell: for a connector that is generated for the first time. */
export const NO_DRIFT: Drift = { changes: [], note: null }

/** Compares two manifests and judges every difference; what is no manifest has no tools. */
export function compareManifests(before: Json, after: Json): Drift {
  const [old, fresh] = [objectAt(before), objectAt(after)]
  const isOld = old['format'] !== MANIFEST_FORMAT
  const connector = isOld
    ? []
    : [
        ...compareConnectors(objectAt(old['connector']), objectAt(fresh['connector'])),
        ...compareOffers(objectAt(old['offers']), objectAt(fresh['offers'])),
      ]
  const changes = [
    ...connector.map((each): Change => ({ tool: null, ...each })),
    ...compareCatalogues(
      objectAt(old['tools']),
      objectAt(fresh['tools']),
      isOld ? compareOldTools : compareTools,
    ),
  ]
  const note = 'the last manifest is of an older format; only hashes can be compared'
  return { changes: worstFirst(changes), note: isOld ? note : null }
}

function compareCatalogues(
  before: JsonObject,
  after: JsonObject,
  compare: (before: JsonObject, after: JsonObject) => readonly Difference[],
): readonly Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort(byCodeUnit)
  return names.flatMap((tool): readonly Change[] => {
    const [left, right] = [member(before, tool), member(after, tool)]
    if (right === undefined) return [{ tool, ...tell('breaking', '', 'is gone') }]
    if (left === undefined) return [{ tool, ...tellNew(objectAt(right)) }]
    return compare(objectAt(left), objectAt(right)).map((each) => ({ tool, ...each }))
  })
}

/** A new tool's texts are read by models from now on, so they are shown. */
function tellNew(tool: JsonObject): Difference {
  const texts = [tool['description'], tool['instructions']]
    .map(textAt)
    .filter((text) => text !== '')
  const kind = tool['public'] === true ? 'risky' : 'additive'
  const what = tool['public'] === true ? 'is new, and public: offered without a token' : 'is new'
  return tell(kind, '', what, diffTexts('', texts.join('\n')))
}

function compareConnectors(before: JsonObject, after: JsonObject): readonly Difference[] {
  const namespaces = [before, after].map((each) => objectAt(each['namespaces']))
  const [old = {}, fresh = {}] = namespaces
  return [
    ...compareMembers(before['upstream'], after['upstream'], 'risky', 'upstream'),
    ...compareText(before, after, 'instructions', 'the instructions changed'),
    ...Object.keys(fresh).flatMap((name) =>
      name in old
        ? compareText(
            objectAt(old[name]),
            objectAt(fresh[name]),
            'description',
            `namespace ${JSON.stringify(name)}: the description changed`,
          )
        : [],
    ),
    ...(isSame(before['title'], after['title']) ? [] : [tell('cosmetic', '', 'the title changed')]),
  ]
}

/** What is read by its URI, how tools are found, what is asked in one go, and what is searched. */
function compareOffers(before: JsonObject, after: JsonObject): readonly Difference[] {
  const [old, fresh] = [before, after].map(({ prefixes }) => listAt(prefixes))
  const gone = (old ?? []).filter((prefix) => fresh?.includes(prefix) !== true)
  const more = (fresh ?? []).filter((prefix) => old?.includes(prefix) !== true)
  const isMoved = 'catalogue' in before && !isSame(before['catalogue'], after['catalogue'])
  const move = describeMove(before['catalogue'], after['catalogue'])
  return [
    ...gone.map((prefix) =>
      tell('breaking', '', `nothing below ${JSON.stringify(prefix)} is read`),
    ),
    ...more.map((prefix) =>
      tell('risky', '', `what is below ${JSON.stringify(prefix)} is read now`),
    ),
    ...(isMoved ? [tell('risky', '', `the kind of catalogue ${move}`)] : []),
    ...compareIntents(before['intents'], after['intents']),
    ...comparePrompts(before['prompts'], after['prompts']),
    ...compareResearch(before['research'], after['research']),
  ]
}

function compareText(
  before: JsonObject,
  after: JsonObject,
  key: string,
  what: string,
): readonly Difference[] {
  const [old, fresh] = [textAt(before[key]), textAt(after[key])]
  return old === fresh ? [] : [tell('risky', '', what, diffTexts(old, fresh))]
}
