/** What one client accepts of a catalogue; what it does with the rest is seen in the field. */
export type ClientRules = {
  readonly client: string
  /** How this connector's server spells names for it: `invoices.list` or `invoices_list`. */
  readonly spelling: 'dotted' | 'underscored'
  readonly name: RegExp
  readonly maxNameLength: number
  /** What it counts together with the name, and up to which length; `null` where it does not. */
  readonly prefixed: {
    readonly write: (connector: string) => string
    readonly maxLength: number
  } | null
  /** Names of members, at every depth of the arguments. */
  readonly key: RegExp
  /** It passes `$defs` on to the model; otherwise what is referred to is lost. */
  readonly keepsDefinitions: boolean
  /** Of a description, and of the server's instructions; it cuts longer ones. */
  readonly maxTextBytes: number
  /** More tools are not sent to the model; `null` where it sends or finds all of them. */
  readonly maxTools: number | null
}

const SPEC_NAME = /^[a-zA-Z0-9_-]+$/
const SAFE_KEY = /^[a-zA-Z0-9_.-]{1,64}$/

const COMMON = {
  spelling: 'underscored',
  name: SPEC_NAME,
  maxNameLength: 64,
  prefixed: null,
  key: SAFE_KEY,
  keepsDefinitions: true,
  maxTextBytes: 2048,
  maxTools: null,
} as const satisfies Partial<ClientRules>

/** The clients that a catalogue is held against, in the order of the report. */
export const CLIENTS: readonly ClientRules[] = [
  { client: 'Claude.ai', ...COMMON },
  {
    client: 'Claude Code',
    ...COMMON,
    // It writes an underscore for a dot itself.
    spelling: 'dotted',
    name: /^[a-zA-Z0-9_.-]+$/,
    prefixed: { write: (connector) => `mcp__${connector}__`, maxLength: 128 },
  },
  { client: 'ChatGPT, OpenAI', ...COMMON, maxTools: 128 },
  {
    client: 'Cursor',
    ...COMMON,
    name: /^[A-Za-z0-9_]+$/,
    prefixed: { write: (connector) => connector, maxLength: 60 },
    keepsDefinitions: false,
    maxTools: 40,
  },
  { client: 'VS Code, Copilot', ...COMMON, keepsDefinitions: false, maxTools: 128 },
  {
    client: 'Gemini',
    ...COMMON,
    // Not known by its redirect address, so that it gets the names as they are, and rewrites them.
    spelling: 'dotted',
    name: /^[a-zA-Z_][a-zA-Z0-9_.-]*$/,
  },
]
