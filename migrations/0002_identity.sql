-- Users, their sessions and passwords: the tables of the sign-in library, in a schema of their own, and the staff.
-- Column names are the library's. Session tokens are stored as they are; the cookie is signed besides.

create table purser_auth."user" (
  "id" uuid primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);

create table purser_auth."session" (
  "id" uuid primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references purser_auth."user" ("id") on delete cascade,
  "activeAccountId" text
);
create index "session_userId_idx" on purser_auth."session" ("userId");

create table purser_auth."account" (
  "id" uuid primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references purser_auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on purser_auth."account" ("userId");

create table purser_auth."verification" (
  "id" uuid primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null,
  "updatedAt" timestamptz not null
);
create index "verification_identifier_idx" on purser_auth."verification" ("identifier");

create table purser.staff (
  user_id uuid primary key references purser_auth."user" ("id"),
  role text not null check (role in ('owner', 'finance', 'support', 'read_only')),
  created_at timestamptz not null
);
call purser.protect_system_table('purser.staff');
