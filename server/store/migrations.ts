/** The statements of one step, in the SQL that SQLite and PostgreSQL have in common. */
export type Migration = readonly string[]

/**
 * Every step that the schema ever took, oldest first: the number of steps is its version.
 *
 * A step that was released never changes; a new one is added at the end. Times are epoch
 * milliseconds. Indexes are partial where most rows have no value.
 */
export const MIGRATIONS: readonly Migration[] = [
  [
    `create table model (
      realm text not null,
      model text not null,
      id text not null,
      payload text not null,
      grant_id text,
      uid text,
      expires_at bigint,
      consumed_at bigint,
      answered_at bigint,
      parent_id text,
      primary key (id, model, realm)
    )`,
    'create index model_by_grant on model (grant_id) where grant_id is not null',
    'create index model_by_uid on model (uid, model, realm) where uid is not null',
    'create index model_by_parent on model (parent_id, model, realm) where parent_id is not null',
    'create index model_by_expiry on model (expires_at) where expires_at is not null',

    `create table organization (
      id text primary key,
      name text not null,
      tenant text unique,
      status text not null,
      created_at bigint not null,
      changed_at bigint not null
    )`,

    `create table member_grant (
      id text primary key,
      realm text not null,
      member_id text not null,
      member_email text not null,
      member_name text not null,
      organization_id text not null references organization (id),
      organization_name text not null,
      role text not null,
      client_id text,
      client_name text not null,
      redirect_host text,
      scopes text not null,
      credential text,
      credential_version bigint not null,
      renewal_claimed_at bigint,
      created_at bigint not null,
      last_used_at bigint,
      ended_at bigint,
      end_reason text
    )`,
    'create index member_grant_by_organization on member_grant (organization_id)',
    'create index member_grant_by_member on member_grant (member_id)',
    'create index member_grant_by_client on member_grant (client_id, realm) where client_id is not null',
    'create index member_grant_by_end on member_grant (ended_at) where ended_at is not null',

    `create table client (
      realm text not null,
      id text not null,
      kind text not null,
      type text not null,
      name text not null,
      metadata text not null,
      status text not null,
      created_at bigint not null,
      last_used_at bigint,
      granted_at bigint,
      primary key (id, realm)
    )`,
    'create index client_never_granted on client (created_at) where granted_at is null',

    `create table api_key (
      id text primary key,
      hash text not null unique,
      prefix text not null,
      name text not null,
      grant_id text not null references member_grant (id) on delete cascade,
      scopes text not null,
      created_at bigint not null,
      expires_at bigint,
      last_used_at bigint,
      revoked_at bigint
    )`,
    'create index api_key_by_grant on api_key (grant_id)',

    `create table signing_key (
      generation bigint primary key,
      sealed text not null,
      created_at bigint not null,
      signs_from bigint not null,
      verifies_until bigint
    )`,

    'create table setting (name text primary key, value text not null)',

    `create table attempt (
      key_hash text primary key,
      tries bigint not null,
      ends_at bigint not null
    )`,
    'create index attempt_by_end on attempt (ends_at)',

    `create table client_document (
      url text primary key,
      body text not null,
      fetched_at bigint not null
    )`,
  ],
  [
    'alter table organization add column rate_limit bigint',

    `create table switched_off (
      organization_id text not null,
      name text not null,
      changed_at bigint not null,
      primary key (organization_id, name)
    )`,
    'create index organization_with_limit on organization (id) where rate_limit is not null',

    `create table deployment (
      id bigint primary key check (id = 1),
      revision bigint not null,
      maintenance_since bigint,
      maintenance_message text
    )`,
    'insert into deployment (id, revision) values (1, 0)',

    `create table audit_event (
      organization_id text not null,
      sequence bigint not null,
      id text not null unique,
      at bigint not null,
      type text not null,
      outcome text not null,
      member_id text,
      client_id text,
      tool text,
      body text not null,
      hash text not null,
      primary key (organization_id, sequence)
    )`,
    'create index audit_event_by_time on audit_event (organization_id, at, sequence)',

    `create table audit_chain (
      organization_id text primary key,
      sequence bigint not null,
      hash text not null,
      pruned_sequence bigint not null,
      pruned_hash text not null,
      seal text not null
    )`,

    `create table audit_chain_count (
      name text primary key,
      chains bigint not null,
      seal text not null
    )`,
  ],
  [
    // Who switched an organization off: `operator`, or `organization`, which may undo only its own.
    'alter table organization add column switched_off_by text',
    "update organization set switched_off_by = 'operator' where status = 'disabled'",

    'alter table client add column organization_id text',
    'create index client_by_organization on client (organization_id) where organization_id is not null',

    'alter table audit_event add column facet bigint not null default 0',
    'create index audit_event_by_facet on audit_event (organization_id, facet, at, sequence)',
    `create table audit_facet (
      organization_id text not null,
      facet bigint not null,
      type text not null,
      outcome text not null,
      member_id text,
      client_id text,
      tool text,
      primary key (organization_id, facet)
    )`,

    'drop index member_grant_by_organization',
    'create index member_grant_by_time on member_grant (organization_id, created_at, id)',

    `create table console_session (
      id text primary key,
      realm text not null,
      member_id text not null,
      member_email text not null,
      member_name text not null,
      organizations text not null,
      organization_id text,
      credential text not null,
      credential_version bigint not null,
      renewal_claimed_at bigint,
      next_page text,
      pending text,
      created_at bigint not null,
      checked_at bigint not null,
      last_used_at bigint not null
    )`,
    'create index console_session_by_use on console_session (last_used_at)',

    `create table tool_text (
      organization_id text not null,
      tool text not null,
      version bigint not null,
      description text,
      instructions text,
      author_id text not null,
      author_name text not null,
      published_at bigint not null,
      replaced_at bigint,
      primary key (organization_id, tool, version)
    )`,
    `create index tool_text_shown on tool_text (organization_id)
      where replaced_at is null and description is not null`,
    `create table tool_text_draft (
      organization_id text not null,
      tool text not null,
      description text not null,
      instructions text,
      author_id text not null,
      author_name text not null,
      changed_at bigint not null,
      primary key (organization_id, tool)
    )`,
  ],
]
