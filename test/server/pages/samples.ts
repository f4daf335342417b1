import { createPages } from '../../../server/pages/render.ts'
import * as texts from '../../../server/pages/texts.ts'
import type { ConsentView, SignInView } from '../../../server/pages/views.ts'

const FORM = { action: '/oauth/interaction/one', csrf: 'csrf-value' }
const REFERENCE = 'f3b9a6b2-5b0c-4c0a-9a55-0f1d5c1f6a11'

/** A sign-in page as most people see it. */
export const SIGN_IN: SignInView = {
  ...FORM,
  clientName: 'Claude',
  redirectHost: 'claude.ai',
  realmName: null,
  fields: [
    { name: 'username', label: 'E-mail address', type: 'email', autocomplete: 'username' },
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' },
  ],
  values: {},
  problem: null,
}

/** A consent page with one organization to approve, one not, and a client that somebody checked. */
export const CONSENT: ConsentView = {
  ...FORM,
  connectorTitle: 'Flowtly',
  client: {
    name: 'Claude',
    redirectHost: 'claude.ai',
    isLoopback: false,
    isVerified: true,
    identifier: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
  },
  member: { name: 'Olga Owner', email: 'owner@acme.example' },
  organizations: [
    { id: 'acme', name: 'Acme', role: 'owner', canApprove: true, note: null, isSelected: true },
    { id: 'nw', name: 'Northwind', role: 'admin', canApprove: true, note: null, isSelected: false },
    { id: 'gx', name: 'Globex', role: 'member', canApprove: false, note: null, isSelected: false },
  ],
  scopes: [
    {
      name: 'invoices:read',
      title: 'Invoices',
      description: 'Sales and purchase invoices, with their lines, taxes and payments.',
      isChosen: true,
    },
    {
      name: 'bankAccounts:read',
      title: 'Bank accounts',
      description: 'Bank accounts with currency and current balance. Hidden from the role member.',
      isChosen: true,
    },
    {
      name: 'projects:read',
      title: 'Projects',
      description: 'What invoices and costs are booked to.',
      isChosen: false,
    },
  ],
  approverRoles: ['owner', 'admin'],
  problem: null,
}

const LONG = 'Unabsehbarverwaltungsgesellschaft'.repeat(8)

/** Text that tries to leave its place: markup, quotes, direction overrides, marks, sheer length. */
export const HOSTILE = `"'><script>alert(1)</script>&amp;\u202Egnp.exe\u2066\u0000\u0336 ${LONG}`

/** Every page in every state that changes what is on it. */
export const SAMPLES: readonly (readonly [name: string, html: string])[] = (() => {
  const pages = createPages({ title: 'Flowtly' })
  const elsewhere = { ...FORM, clientName: 'Claude', redirectHost: 'claude.ai' }
  const notApprover = texts.notApprover({
    email: 'member@acme.example',
    organizations: [
      { name: 'Acme', role: 'member' },
      { name: 'Globex', role: 'auditor' },
    ],
    approverRoles: ['owner', 'admin'],
  })
  const problems = {
    expired: texts.expired(),
    'upstream-down': texts.upstreamDown(),
    'too-many-attempts': texts.tooManyAttempts({ minutes: 15 }),
    'pending-activation': texts.pendingActivation({ organization: 'Acme' }),
    'switched-off': texts.switchedOff({ organization: 'Acme' }),
    maintenance: texts.underMaintenance({
      message: 'We are moving to a new data centre. Back at noon UTC.',
    }),
    'maintenance-hostile': texts.underMaintenance({ message: HOSTILE }),
    'refused-by-server': texts.refusedByServer({ error: 'invalid_client', description: HOSTILE }),
    'server-error': texts.serverError(),
  }
  const [only] = CONSENT.organizations
  return [
    ['sign-in', pages.signIn(SIGN_IN)],
    [
      'sign-in-again',
      pages.signIn({
        ...SIGN_IN,
        realmName: 'Acme',
        values: { username: 'owner@acme.example', password: 'never shown' },
        problem: texts.wrongCredentials(),
      }),
    ],
    [
      'sign-in-elsewhere',
      pages.signInElsewhere({ ...elsewhere, providerHost: 'login.flowtly.example', problem: null }),
    ],
    [
      'sign-in-elsewhere-again',
      pages.signInElsewhere({
        ...elsewhere,
        providerHost: 'login.flowtly.example',
        problem: texts.signInNotCompleted(),
      }),
    ],
    ['consent', pages.consent(CONSENT)],
    [
      'consent-unverified',
      pages.consent({
        ...CONSENT,
        client: {
          name: 'Claude Code',
          redirectHost: 'localhost:53682',
          isLoopback: true,
          isVerified: false,
          identifier: null,
        },
        organizations: only === undefined ? [] : [only],
        problem: texts.chooseScope(),
      }),
    ],
    [
      'consent-hostile',
      pages.consent({
        ...CONSENT,
        client: {
          name: HOSTILE,
          redirectHost: `${'claude.ai.'.repeat(20)}evil.example`,
          isLoopback: false,
          isVerified: false,
          identifier: `https://evil.example/${LONG}`,
        },
        member: { name: HOSTILE, email: `${LONG}@evil.example` },
        organizations: CONSENT.organizations.map((each) => ({
          ...each,
          name: HOSTILE,
          role: HOSTILE,
        })),
        scopes: CONSENT.scopes.map((each) => ({ ...each, title: HOSTILE, description: HOSTILE })),
      }),
    ],
    ...Object.entries(problems).map(
      ([name, text]) =>
        [name, pages.problem({ ...text, reference: REFERENCE, action: null })] as const,
    ),
    [
      'problem-with-link',
      pages.problem({
        ...texts.expired(),
        reference: null,
        action: { href: '/', label: 'About this connector' },
      }),
    ],
    [
      'no-organization',
      pages.problemWithCancel({
        ...texts.noOrganization({ email: 'new@acme.example' }),
        ...FORM,
        reference: null,
      }),
    ],
    [
      'client-of-others',
      pages.problemWithCancel({
        ...texts.clientOfOthers({ email: 'owner@globex.example' }),
        ...FORM,
        reference: REFERENCE,
      }),
    ],
    ['not-approver', pages.problemWithCancel({ ...notApprover, ...FORM, reference: REFERENCE })],
  ]
})()
