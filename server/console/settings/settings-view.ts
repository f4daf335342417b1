import type { Docs } from '../../../site/docs.ts'
import type { Config } from '../../config.ts'
import type { AuditSink } from '../../config-sinks.ts'
import type { Connector } from '../../mcp/tool.ts'
import { toDisplayText } from '../../pages/display-text.ts'
import type { MemberOrganization } from '../../sign-in/members.ts'
import type { Organization } from '../../store/organizations.ts'
import { toMoment } from '../moment.ts'

/** One setting: what it is called, how it stands, and what that means; `notes` is empty or has one. */
type Setting = {
  readonly name: string
  readonly value: string
  readonly notes: readonly string[]
}

/** A group of settings. */
export type SettingGroup = {
  readonly id: string
  readonly heading: string
  readonly settings: readonly Setting[]
}

/** What the settings are read from. */
type Facts = {
  readonly config: Config
  readonly connector: Connector
  readonly docs: Docs
  /** Roles whose holders may approve a client; empty where everybody may who can sign in. */
  readonly approvers: readonly string[]
  readonly organization: MemberOrganization
  readonly known: Organization
  /** Sluice's own. */
  readonly version: string
}

const DAY_SECONDS = 86_400
const NUMBER = new Intl.NumberFormat('en')
const LIST = new Intl.ListFormat('en')

/** How the connector is set for one organization; the addresses that events go to are the operator's. */
export function toSettingGroups(facts: Facts): readonly SettingGroup[] {
  return [
    { id: 'people', heading: 'People', settings: [approval(facts), ownRole(facts)] },
    {
      id: 'access',
      heading: 'Access',
      settings: [rateLimit(facts), connections(facts), apiCredentials(facts)],
    },
    { id: 'record', heading: 'Record', settings: [retention(facts), streams(facts)] },
    {
      id: 'versions',
      heading: 'Versions',
      settings: [document(facts), synced(facts), sluice(facts)],
    },
  ]
}

function approval({ approvers }: Facts): Setting {
  const roles = approvers.map((role) => toDisplayText(role))
  return {
    name: 'Who connects AI clients',
    value: roles.length === 0 ? 'Everybody who can sign in' : `Roles: ${LIST.format(roles)}`,
    notes: [
      'The same people see this console. A role comes from where your account is, and is looked up again every minute.',
    ],
  }
}

function ownRole({ organization }: Facts): Setting {
  return { name: 'Your role', value: toDisplayText(organization.role), notes: [] }
}

function rateLimit({ config, known }: Facts): Setting {
  const limit = known.rateLimit ?? config.rateLimitPerMinute
  const whose =
    known.rateLimit === null
      ? 'The same for every organization.'
      : 'Set for your organization by the operator of this service.'
  return {
    name: 'Rate limit',
    value: `${NUMBER.format(limit)} calls of each member in any 60 seconds`,
    notes: [`${whose} All clients and keys of a member count together.`],
  }
}

function connections({ config }: Facts): Setting {
  const days = Math.floor(config.refreshTokenTtlSeconds / DAY_SECONDS)
  const unused =
    days >= 1 ? count(days, 'day') : count(Math.floor(config.refreshTokenTtlSeconds / 60), 'minute')
  return {
    name: 'Unused connections',
    value: `End after ${unused} without use`,
    notes: ['A client that is used goes on until somebody ends its connection.'],
  }
}

function apiCredentials({ config, connector }: Facts): Setting {
  const isOn = config.apiCredentials && connector.upstream.apiCredentials !== null
  return {
    name: 'API credentials in headers',
    value: isOn ? 'On' : 'Off',
    notes: [
      isOn
        ? 'Scripts may send a key and secret of the upstream’s own with each call. The upstream judges them.'
        : 'Scripts use API keys, which are made in this console.',
    ],
  }
}

function retention({ config }: Facts): Setting {
  return {
    name: 'Audit events are kept',
    value: count(config.audit.retentionDays, 'day'),
    notes: ['Events hold names and figures, never what was asked for or answered.'],
  }
}

function streams({ config }: Facts): Setting {
  const kinds = [...new Set(config.audit.sinks.map(({ kind }) => SINKS[kind]))]
  return {
    name: 'Audit events are streamed to',
    value: kinds.length === 0 ? 'Nowhere else' : LIST.format(kinds),
    notes: [],
  }
}

const SINKS: Readonly<Record<AuditSink['kind'], string>> = {
  stdout: 'the server’s own output',
  file: 'a file',
  syslog: 'syslog',
  https: 'an HTTPS address',
  otlp: 'OpenTelemetry',
}

function document({ connector }: Facts): Setting {
  const { title, version } = connector.document
  return {
    name: 'API document',
    value: `${toDisplayText(title)} ${toDisplayText(version)}`,
    notes: [],
  }
}

function synced({ docs }: Facts): Setting {
  const { syncedAt } = docs.document
  const value = syncedAt === null ? 'Not yet' : toMoment(Date.parse(syncedAt)).text
  return { name: 'Last synced', value, notes: [] }
}

function sluice({ version }: Facts): Setting {
  return { name: 'Sluice', value: version, notes: [] }
}

function count(value: number, noun: string): string {
  return `${NUMBER.format(value)} ${value === 1 ? noun : `${noun}s`}`
}
