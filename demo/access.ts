/** How to get into the demo: shown by `npm start`, used by tests. Nothing here guards real data. */
export const demoAccess = {
  password: 'sluice-demo',
  emails: {
    acmeOwner: 'owner@acme.example',
    acmeAdmin: 'admin@acme.example',
    acmeAccountant: 'accountant@acme.example',
    acmeMember: 'member@acme.example',
    globexOwner: 'owner@globex.example',
    /** Belongs to both organizations: admin in `acme`, member in `globex`. */
    consultant: 'consultant@partners.example',
  },
  credentials: {
    acme: { organization: 'acme', key: 'acme-demo-key', secret: 'acme-demo-secret' },
    globex: { organization: 'globex', key: 'globex-demo-key', secret: 'globex-demo-secret' },
  },
} as const
