/**
 * The tables of the demo. Money is whole cents, days are `YYYY-MM-DD`, flags are 0 or 1.
 * Everything that belongs to an organization carries its id, so that every query can name it.
 */
export const SCHEMA = `
CREATE TABLE organizations (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, plan TEXT NOT NULL,
  base_currency TEXT NOT NULL, time_zone TEXT NOT NULL
) STRICT;

CREATE TABLE members (
  id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  locale TEXT NOT NULL, password_hash TEXT NOT NULL
) STRICT;

CREATE TABLE memberships (
  organization_id TEXT NOT NULL REFERENCES organizations, member_id TEXT NOT NULL REFERENCES members,
  role TEXT NOT NULL, PRIMARY KEY (organization_id, member_id)
) STRICT;

CREATE TABLE api_credentials (
  key_hash TEXT PRIMARY KEY, secret_hash TEXT NOT NULL,
  organization_id TEXT NOT NULL REFERENCES organizations
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY, member_id TEXT NOT NULL REFERENCES members
) STRICT;

CREATE TABLE session_tokens (
  hash TEXT PRIMARY KEY, session_id TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
  kind TEXT NOT NULL, expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE cost_groups (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  code TEXT NOT NULL, name TEXT NOT NULL, parent_id TEXT REFERENCES cost_groups,
  depth INTEGER NOT NULL, description TEXT, UNIQUE (organization_id, code)
) STRICT;

CREATE TABLE tax_groups (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  name TEXT NOT NULL, country TEXT NOT NULL, kind TEXT NOT NULL, rate REAL NOT NULL,
  valid_from TEXT NOT NULL, valid_to TEXT
) STRICT;

CREATE TABLE counterparties (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  name TEXT NOT NULL, legal_name TEXT, roles TEXT NOT NULL, country TEXT NOT NULL, tax_id TEXT,
  currency TEXT NOT NULL, email TEXT, tags TEXT NOT NULL, payment_term_days INTEGER NOT NULL,
  street TEXT, postal_code TEXT, city TEXT, iban TEXT,
  cost_group_id TEXT REFERENCES cost_groups, created_at TEXT NOT NULL,
  UNIQUE (organization_id, tax_id)
) STRICT;

CREATE TABLE contacts (
  counterparty_id TEXT NOT NULL REFERENCES counterparties ON DELETE CASCADE,
  rank INTEGER NOT NULL, name TEXT NOT NULL, email TEXT, phone TEXT, position TEXT,
  PRIMARY KEY (counterparty_id, rank)
) STRICT;

CREATE TABLE projects (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  code TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, billing_type TEXT NOT NULL,
  client_id TEXT REFERENCES counterparties, start_date TEXT NOT NULL, end_date TEXT,
  budget_cents INTEGER, currency TEXT NOT NULL, metadata TEXT NOT NULL,
  UNIQUE (organization_id, code)
) STRICT;

CREATE TABLE bank_accounts (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  name TEXT NOT NULL, bank_name TEXT NOT NULL, iban TEXT NOT NULL, currency TEXT NOT NULL,
  opening_cents INTEGER NOT NULL, status TEXT NOT NULL, is_default INTEGER NOT NULL
) STRICT;

CREATE TABLE contracts (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  number TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL,
  counterparty_id TEXT NOT NULL REFERENCES counterparties, project_id TEXT REFERENCES projects,
  value_cents INTEGER NOT NULL, currency TEXT NOT NULL, start_date TEXT NOT NULL, end_date TEXT,
  billing_interval TEXT NOT NULL, auto_renews INTEGER NOT NULL, notice_period_days INTEGER,
  signed_on TEXT, description TEXT, UNIQUE (organization_id, number)
) STRICT;

CREATE TABLE invoices (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  number TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL,
  counterparty_id TEXT NOT NULL REFERENCES counterparties, project_id TEXT REFERENCES projects,
  issue_date TEXT NOT NULL, due_date TEXT NOT NULL, currency TEXT NOT NULL,
  net_cents INTEGER NOT NULL, tax_cents INTEGER NOT NULL, total_cents INTEGER NOT NULL,
  paid_cents INTEGER NOT NULL, archived INTEGER NOT NULL, note TEXT,
  created_at TEXT NOT NULL, updated_at TEXT NOT NULL, UNIQUE (organization_id, kind, number)
) STRICT;
CREATE INDEX invoices_by_counterparty ON invoices (counterparty_id);

CREATE TABLE invoice_lines (
  invoice_id TEXT NOT NULL REFERENCES invoices ON DELETE CASCADE, position INTEGER NOT NULL,
  description TEXT NOT NULL, quantity REAL NOT NULL, unit TEXT NOT NULL,
  unit_price_cents INTEGER NOT NULL, tax_group_id TEXT NOT NULL REFERENCES tax_groups,
  tax_rate REAL NOT NULL, net_cents INTEGER NOT NULL, tax_cents INTEGER NOT NULL,
  PRIMARY KEY (invoice_id, position)
) STRICT;

CREATE TABLE schedule_lines (
  id TEXT PRIMARY KEY, contract_id TEXT NOT NULL REFERENCES contracts ON DELETE CASCADE,
  position INTEGER NOT NULL, description TEXT NOT NULL, due_date TEXT NOT NULL,
  amount_cents INTEGER NOT NULL, invoice_id TEXT REFERENCES invoices ON DELETE SET NULL
) STRICT;
CREATE INDEX schedule_lines_by_contract ON schedule_lines (contract_id);
CREATE INDEX schedule_lines_by_invoice ON schedule_lines (invoice_id);

CREATE TABLE transactions (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  bank_account_id TEXT NOT NULL REFERENCES bank_accounts, direction TEXT NOT NULL,
  booked_on TEXT NOT NULL, value_date TEXT, amount_cents INTEGER NOT NULL, currency TEXT NOT NULL,
  description TEXT NOT NULL, counterparty_id TEXT REFERENCES counterparties,
  cost_group_id TEXT REFERENCES cost_groups, project_id TEXT REFERENCES projects,
  invoice_id TEXT REFERENCES invoices, note TEXT
) STRICT;
CREATE INDEX transactions_by_day ON transactions (organization_id, booked_on, id);
CREATE INDEX transactions_by_account ON transactions (bank_account_id);
CREATE INDEX transactions_by_counterparty ON transactions (counterparty_id);
CREATE INDEX transactions_by_invoice ON transactions (invoice_id);

CREATE TABLE payments (
  id TEXT PRIMARY KEY, invoice_id TEXT NOT NULL REFERENCES invoices,
  paid_on TEXT NOT NULL, amount_cents INTEGER NOT NULL, method TEXT NOT NULL,
  transaction_id TEXT REFERENCES transactions
) STRICT;
CREATE INDEX payments_by_invoice ON payments (invoice_id);

CREATE TABLE attachments (
  id TEXT PRIMARY KEY, organization_id TEXT NOT NULL REFERENCES organizations,
  subject_type TEXT NOT NULL, subject_id TEXT NOT NULL, file_name TEXT NOT NULL,
  content_type TEXT NOT NULL, size INTEGER NOT NULL, sha256 TEXT NOT NULL, description TEXT,
  uploaded_at TEXT NOT NULL, uploaded_by TEXT NOT NULL REFERENCES members, content BLOB NOT NULL
) STRICT;
CREATE INDEX attachments_by_subject ON attachments (subject_id);
`
